"""The hand-over: one issue for each change of the primary, in which whoever leaves tells whoever comes what to know.

The instant of a hand-over is that at which a turn of the first layer ends. What only interrupts a turn, an override of
a day, hands nothing over.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from stanch.core.clock import (
    Calendar,
    at_opening,
    business_days_before,
    from_local,
    is_working_day,
    local_date,
    next_working_morning,
)
from stanch.core.login import is_login
from stanch.core.marker import instant_of, marker_of, stamp_of
from stanch.core.rota import WEEK, Layer, Rota
from stanch.core.severity import hung
from stanch.core.thread import CloseReason, Thread

LABEL = "incident-handover"
KIND = "0/handover/"
"""How the keys of hand-overs begin: they belong to the repository itself, which is thread 0."""

LATEST = timedelta(hours=24)
"""How long after a hand-over its issue is still opened: a rota that is new has no past to hand over."""

LEAD = timedelta(hours=4)
"""The least time between a morning and the hand-over for which an issue is opened on it: somebody has to fill it in."""

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Handover:
    """Whose turn ends at `since` (UTC), and who has the next one, until `until`. `day` is that of the rota's zone."""

    since: datetime
    until: datetime
    outgoing: str
    incoming: str
    day: str

    @property
    def key(self) -> str:
        return f"{KIND}{self.day}"

    @property
    def stamp(self) -> dict[str, str]:
        """What its issue remembers in its first line, whatever becomes of the rota."""
        return {
            "since": stamp_of(self.since),
            "until": stamp_of(self.until),
            "outgoing": self.outgoing,
            "incoming": self.incoming,
        }


@dataclass(frozen=True, slots=True)
class Note:
    """What the issue of a hand-over tells: of everything since `told` (UTC), when the note before it was due.

    It is opened from `opens` on. The turn that ends began at `turn`, the one before it at `before`: wake-ups are
    counted from there, because some came after that turn's own note.
    """

    handover: Handover
    opens: datetime
    told: datetime
    turn: datetime
    before: datetime


def notes(rota: Rota, calendar: Calendar, now: datetime) -> tuple[Note, ...]:
    """The notes that may be written now: for the hand-over of the last 24 hours, and for the one that comes next."""
    layer = rota.layers[0] if rota.layers else None
    turn = layer.turn(now) if layer else None
    if layer is None or turn is None or not has_issues(rota, layer):
        return ()
    found = (_note(rota, layer, calendar, nth) for nth in (turn, turn + 1) if nth > 0)
    return tuple(one for one in found if one and one.opens <= now < one.handover.since + LATEST)


def has_issues(rota: Rota, layer: Layer) -> bool:
    """Whether hand-overs of this layer get an issue: unless somebody decided, where turns last a week or longer."""
    return layer.days >= WEEK if rota.issue is None else rota.issue


def _note(rota: Rota, layer: Layer, calendar: Calendar, turn: int) -> Note | None:
    """The note for the beginning of a turn; None where nobody has anything to hand over to anybody else."""
    starts = [layer.handover(nth) for nth in range(turn - 2, turn + 2)]
    two_before, before, since, until = starts
    leaves, comes = rota.shift(layer, since - timedelta.resolution), rota.shift(layer, since)
    if leaves is None or comes is None or leaves.login.lower() == comes.login.lower():
        return None
    day = local_date(since, Calendar(zone=layer.zone)).isoformat()
    handover = Handover(since, until, leaves.login, comes.login, day)
    opens, told = _opens(since, before, calendar), _opens(before, two_before, calendar)
    return Note(handover, opens, told, before, two_before)


def _opens(since: datetime, before: datetime, calendar: Calendar) -> datetime:
    """09:00 team time of the last working day from which whoever leaves has time to fill it in; else the hand-over."""
    today = local_date(since, calendar)
    soon = is_working_day(today, calendar) and at_opening(today, calendar) + LEAD <= since
    day = today if soon else business_days_before(today, 1, calendar)
    morning = at_opening(day, calendar)
    return morning if before <= morning else since


def to_open(rota: Rota, calendar: Calendar, standing: Iterable[Thread], now: datetime) -> Note | None:
    """The note that is due and has no issue yet, as far as the newest hand-over issues tell."""
    there = tuple(standing)
    due = (one for one in notes(rota, calendar, now) if not any(_is_of(thread, one) for thread in there))
    return next(due, None)


def _is_of(thread: Thread, note: Note) -> bool:
    """Whether an issue is that of a note: by its first line or, where somebody overwrote that, by when it opened."""
    if not thread.ours:
        return False
    marker = marker_of(thread.body)
    if marker is not None:
        return marker.key == note.handover.key
    return note.opens <= thread.at < note.handover.since + LATEST


def handover_of(thread: Thread, rota: Rota, calendar: Calendar) -> Handover | None:
    """The hand-over that an issue of ours is about; None for any other thread."""
    if not thread.ours or thread.is_pull_request:
        return None
    marker = marker_of(thread.body)
    if marker is not None:
        return _stamped(marker.key, marker.stamp) if marker.key.startswith(KIND) else None
    if not hung(LABEL, thread.labels):
        return None
    return next((note.handover for note in notes(rota, calendar, thread.at)), None)


def _stamped(key: str, stamp: Mapping[str, str]) -> Handover | None:
    since, until = instant_of(stamp.get("since", "")), instant_of(stamp.get("until", ""))
    people = stamp.get("outgoing", ""), stamp.get("incoming", "")
    if since is None or until is None or not since < until or not all(map(is_login, people)):
        return None
    return Handover(since, until, *people, key.removeprefix(KIND))


def is_copy(thread: Thread, handover: Handover, standing: Iterable[Thread]) -> bool:
    """Whether two sweeps raced, and this is the later issue of the same hand-over."""
    others = (one for one in standing if one.ours and one.number < thread.number)
    return any(
        (marker := marker_of(one.body)) and marker.key == handover.key
        for one in others
        if one.reason is not CloseReason.DUPLICATE
    )


def asked_at(handover: Handover, calendar: Calendar) -> datetime:
    """When whoever left is asked to close it: 09:00 of the first working day after that of the hand-over (UTC)."""
    next_day = local_date(handover.since, calendar) + ONE_DAY
    return next_working_morning(at_opening(next_day, calendar), calendar)


def is_at_work(at: datetime, calendar: Calendar) -> bool:
    """Whether an instant lies within the team's working hours."""
    day = local_date(at, calendar)
    opening, closing = from_local(day, calendar.opening, calendar), from_local(day, calendar.closing, calendar)
    return is_working_day(day, calendar) and opening <= at < closing
