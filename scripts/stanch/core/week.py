"""The week as the note for a hand-over tells it: what happened, what is wobbly, what to watch, what is owed.

It is written once, when the issue opens: from then on people's words stand there.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from stanch.core.clock import local_date
from stanch.core.commitment import Commitment, Kind, Owed, row_of
from stanch.core.config import Config
from stanch.core.handover import Note
from stanch.core.incident import Incident, Status
from stanch.core.reminding import stage
from stanch.core.waking import LIMIT, Wake, too_many

MOST = 20
"""Lines under one heading; how many more there are is said."""

DEBT = frozenset({Kind.CONTAINMENT, Kind.ROOT_CAUSE, Kind.REVIEW})

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Happened:
    """An incident that is open, or burned since the last note. `ended` (UTC) is when users were fine, or it was over.

    `waiting` are its hotfixes that are merged and not seen in production. `level` is 1 to 4, or 0 for a report.
    """

    number: int
    title: str
    level: int
    status: Status
    began: datetime
    ended: datetime | None
    burned: bool
    reopened: bool = False
    contained: bool = False
    services: tuple[str, ...] = ()
    waiting: tuple[int, ...] = ()

    @property
    def open(self) -> bool:
        return not self.status.over

    @property
    def burning(self) -> bool:
        return self.open and not self.status.users_are_fine


@dataclass(frozen=True, slots=True)
class Week:
    """What a sweep saw for the note: the incidents, the wake-ups, and what is owed."""

    note: Note
    happened: tuple[Happened, ...] = ()
    wakes: tuple[Wake, ...] = ()
    owed: Owed = field(default_factory=Owed)


def happened(incident: Incident, config: Config, since: datetime) -> Happened | None:
    """The incident as the note tells it; None for one that has nothing to do with the time since then.

    What gets no card is recorded, and no news; a drill is neither.
    """
    severity = incident.severity or incident.highest
    if not incident.ours or incident.drill or (severity is not None and not config.promises(severity).card):
        return None
    ended = incident.fine_at or (incident.history[-1].at if incident.history and incident.status.over else None)
    reopened = incident.reopened_at is not None and incident.reopened_at >= since
    opened = incident.declared.at if incident.declared else incident.opened_at
    burned = ended is None or ended >= since or reopened or opened >= since
    if incident.status.over and not burned:
        return None
    return Happened(
        number=incident.number,
        title=incident.title,
        level=int(severity) if severity is not None else 0,
        status=incident.status,
        began=incident.detected_at,
        ended=ended,
        burned=burned,
        reopened=reopened,
        contained=bool(incident.standing),
        services=_services(incident, config),
        waiting=tuple(one.pull for one in incident.hotfixes if one.merged and one.live_at is None)
        if incident.production_known
        else (),
    )


def _services(incident: Incident, config: Config) -> tuple[str, ...]:
    """The services that it names, as words of their own: a `web` is in no webhook."""
    said = " ".join((incident.title, *incident.form.values()))
    return tuple(name for name in config.services if re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", said, re.I))


def view(week: Week, now: datetime, config: Config) -> dict[str, object]:
    """Plain values for `issues/handover`. Instants are UTC, days the team's."""
    handover, today = week.note.handover, local_date(now, config.calendar)
    last = local_date(handover.until, config.calendar)
    rows = sorted(week.happened, key=lambda one: (one.level or 5, one.number))
    return {
        "outgoing": handover.outgoing,
        "incoming": handover.incoming,
        "since": handover.since,
        "until": handover.until,
        "told": week.note.told,
        "now": now,
        "zone": config.calendar.zone,
        "dashboard": week.owed.dashboard,
        "unread": len(week.owed.unknown),
        "happened": _shown(_told(one) for one in rows if one.burned),
        "wobbly": _shown(_told(one) for one in rows if one.open or one.reopened),
        "repeated": _repeated(rows),
        "watched": [one.number for one in rows if one.open and not one.burning],
        "waiting": [{"pull": pull, "number": one.number} for one in rows for pull in one.waiting],
        **_owed(week.owed, today, last, config),
        "wakes": _wakes(week),
        "limit": LIMIT,
    }


def _shown(rows: Iterable[Row]) -> dict[str, object]:
    """The first of many lines, and how many more there are."""
    whole = list(rows)
    return {"rows": whole[:MOST], "more": max(0, len(whole) - MOST)}


def _told(one: Happened) -> Row:
    return {
        "number": one.number,
        "title": one.title,
        "level": one.level,
        "status": one.status.value,
        "burning": one.burning,
        "fine": one.status.users_are_fine,
        "since": one.began,
        "lasted": int((one.ended - one.began).total_seconds()) if one.ended else None,
        "reopened": one.reopened,
        "contained": one.contained,
    }


def _repeated(rows: Iterable[Happened]) -> list[Row]:
    """The services with two or more incidents since the last note."""
    by_service = defaultdict[str, list[int]](list)
    for one in rows:
        for name in one.services if one.burned else ():
            by_service[name].append(one.number)
    return [{"name": name, "numbers": sorted(by_service[name])} for name in by_service if len(by_service[name]) > 1]


def _owed(owed: Owed, today: date, last: date, config: Config) -> dict[str, object]:
    """What is owed: what falls due until the end of the coming turn, the standing debt, and the action items."""
    standing = owed.open
    soon = [one for one in standing if one.due is not None and one.due <= last]
    items = [one for one in standing if one.kind is Kind.ITEM]
    return {
        "expiring": _shown(_owing(one) for one in soon if one.kind is Kind.CONTAINMENT),
        "reports": _shown(_owing(one) for one in soon if one.kind is Kind.POSTMORTEM),
        "debt": _shown(_owing(one) for one in standing if one.kind in DEBT),
        "items": len(items),
        "overdue": sum(stage(one, today, config.calendar).overdue for one in items),
        "due": _shown(_owing(one) for one in soon if one.kind is Kind.ITEM),
    }


def _owing(one: Commitment) -> Row:
    return {**row_of(one), "owners": list(one.owners)}


def _wakes(week: Week) -> list[Row]:
    """Who was woken how often: in the turn that ends and, where it is not told yet, in the one before."""
    note = week.note
    now = [one for one in week.wakes if one.at >= note.turn]
    earlier = [one for one in week.wakes if note.before <= one.at < note.turn]
    untold = any(one.at >= note.told for one in earlier)
    return [
        *_by_person(now, note.turn, before=False),
        *(_by_person(earlier, note.before, before=True) if untold else []),
    ]


def _by_person(wakes: Iterable[Wake], start: datetime, *, before: bool) -> list[Row]:
    by_login = defaultdict[str, list[Wake]](list)
    for one in sorted(wakes, key=lambda one: (one.at, one.number)):
        by_login[one.login].append(one)
    return [
        {
            "login": login,
            "count": len(found),
            "before": before,
            "too_many": too_many(found, start),
            "times": [{"at": one.at, "number": one.number} for one in found[:MOST]],
            "more": max(0, len(found) - MOST),
        }
        for login, found in by_login.items()
    ]
