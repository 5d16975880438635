"""Who is on call at an instant, by layer, and who hands over to whom.

Turns change on the team's wall clock and are told as UTC instants by the rules of `clock`: a local time that a
change of clocks skips moves forward, one that occurs twice means the first. A turn ends as the next one begins, so
there is neither a gap nor an overlap; one that a zone skipped whole (Apia, 2011-12-30) is nobody's.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache

from stanch.core.clock import MORNING, Calendar, from_local, to_local

ALWAYS = date(2001, 1, 1)
"""From when turns are counted where nobody said it: a Monday, years before there was an issue to call for."""

WEEK = 7

PRIMARY, SECONDARY = "primary", "secondary"
"""What the first two layers are called where nobody named them."""

LEAD = "lead"
"""The last step of an escalation, which is no layer."""


@cache
def _clock(zone: str) -> Calendar:
    """The wall clock of a zone."""
    return Calendar(zone=zone)


@dataclass(frozen=True, slots=True)
class Duty:
    """Somebody on call in a layer, from `since` until just before `until`, in UTC."""

    layer: str
    login: str
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Shift:
    """A stretch of a layer that one person covers, in UTC: a turn or what is left of it, or an override (`swapped`)."""

    layer: str
    login: str
    since: datetime
    until: datetime
    swapped: bool = False

    @property
    def duty(self) -> Duty:
        return Duty(self.layer, self.login, self.since, self.until)


@dataclass(frozen=True, slots=True)
class Override:
    """Somebody covers a layer from `since` until just before `until`, in UTC, whosever turn it is."""

    layer: str
    login: str
    since: datetime
    until: datetime

    def covers(self, at: datetime) -> bool:
        return self.since <= at < self.until


@dataclass(frozen=True, slots=True)
class Layer:
    """People who take turns of so many days, the first of them from `first` on at the hour of hand-over.

    Nobody has a turn before that. `at` is a time on the wall clock of `zone`.
    """

    name: str
    people: tuple[str, ...]
    first: date = ALWAYS
    days: int = WEEK
    at: time = MORNING
    zone: str = "UTC"

    def handover(self, turn: int) -> datetime:
        """When a turn begins, in UTC; the first one is 0."""
        return from_local(self.first + timedelta(days=turn * self.days), self.at, _clock(self.zone))

    def turn(self, at: datetime) -> int | None:
        """The turn that runs at an instant: the last that has begun. None before the first."""
        passed = (to_local(at, _clock(self.zone)).date() - self.first).days // self.days
        # A clock that goes back over midnight shows the day before for a turn that has begun, and a skipped day none.
        near = (turn for turn in range(passed + 1, passed - 3, -1) if turn >= 0)
        return next((turn for turn in near if self.handover(turn) <= at), None)

    def whose(self, turn: int) -> str:
        return self.people[turn % len(self.people)]

    def in_turn(self, at: datetime) -> tuple[str, ...]:
        """Everybody of the layer, beginning with whose turn it is; before the first turn in the order of the list."""
        place = (self.turn(at) or 0) % len(self.people)
        return self.people[place:] + self.people[:place]


@dataclass(frozen=True, slots=True)
class Rota:
    """Layers in the order of escalation, what overrides them, and the last to be called. Empty: nothing is configured.

    Of two overrides of one layer at the same time the later one counts. Every layer has people. `issue` says whether
    there are hand-over issues; None leaves it to how long a turn lasts.
    """

    layers: tuple[Layer, ...] = ()
    overrides: tuple[Override, ...] = ()
    lead: str = ""
    issue: bool | None = None

    def on_call(self, at: datetime) -> tuple[Duty, ...]:
        """Who is on call at this instant, the first layer first; a layer that nobody covers then is left out."""
        found = (self.shift(layer, at) for layer in self.layers)
        return tuple(shift.duty for shift in found if shift is not None)

    def shifts(self, start: datetime, end: datetime) -> tuple[Shift, ...]:
        """Every shift that has a part in the time from `start` to just before `end`, whole, by layer and time."""
        return tuple(shift for layer in self.layers for shift in self._walk(layer, start, end))

    def shift(self, layer: Layer, at: datetime) -> Shift | None:
        """The shift that runs in a layer at this instant."""
        above = [one for one in self.overrides if one.layer == layer.name and one.since < one.until]
        rank = max((place for place, one in enumerate(above) if one.covers(at)), default=-1)
        if rank >= 0:
            one = above[rank]
            found = Shift(layer.name, one.login, one.since, one.until, swapped=True)
        else:
            turn = layer.turn(at)
            if turn is None:
                return None
            found = Shift(layer.name, layer.whose(turn), layer.handover(turn), layer.handover(turn + 1))
        return _between(found, at, above[rank + 1 :])

    def with_overrides(self, *more: Override) -> "Rota":
        """The rota with further overrides, which count before those that it has."""
        return replace(self, overrides=(*self.overrides, *more))

    def people(self) -> tuple[str, ...]:
        """Everybody who has turns, each once, layer by layer."""
        return tuple(dict.fromkeys(login for layer in self.layers for login in layer.people))

    def _walk(self, layer: Layer, start: datetime, end: datetime) -> Iterator[Shift]:
        at = start
        while at < end:
            shift = self.shift(layer, at)
            if shift is not None:
                yield shift
            at = shift.until if shift is not None else self._next_start(layer, at, end)

    def _next_start(self, layer: Layer, at: datetime, end: datetime) -> datetime:
        """When a layer that nobody covers at this instant is next covered; `end` if not before."""
        starts = [one.since for one in self.overrides if one.layer == layer.name] + [layer.handover(0)]
        return min((start for start in starts if start > at), default=end)


def _between(shift: Shift, at: datetime, above: list[Override]) -> Shift:
    """The part of a shift around an instant that the overrides above it leave."""
    since = max([shift.since, *(one.until for one in above if one.until <= at)])
    until = min([shift.until, *(one.since for one in above if one.since > at)])
    return replace(shift, since=since, until=until)
