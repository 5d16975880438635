"""Whether a runbook can still be trusted: it was reviewed, or it worked, not longer ago than its rhythm says.

One that nobody owns yet, or that has no rhythm, is not stale: what was just installed raises nothing, and the linter
names what it lacks.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from stanch.core.clock import Calendar, local_date
from stanch.core.config import Config
from stanch.core.incident import Incident
from stanch.core.login import is_login
from stanch.core.runbooks.model import Runbook
from stanch.core.runbooks.use import slug

Days = Mapping[str, date]
"""A day of the team's by the name of a runbook."""


@dataclass(frozen=True, slots=True)
class Stale:
    """A runbook that was last known to be right on `known`, and was due to be read again on `since`."""

    runbook: Runbook
    known: date
    since: date

    @property
    def key(self) -> str:
        """The end of the key of the reminder: one for each time that it became stale."""
        return f"stale/{slug(self.runbook.name)}/{self.since}"


def stale(runbooks: Iterable[Runbook], worked: Days, today: date) -> tuple[Stale, ...]:
    """What is overdue to be read again, the longest overdue first. `worked` is when each last worked."""
    found = (_stale(one, worked.get(one.name)) for one in runbooks if one.owner)
    due = (one for one in found if one is not None and one.since <= today)
    return tuple(sorted(due, key=lambda one: (one.since, one.runbook.name)))


def _stale(runbook: Runbook, worked: date | None) -> Stale | None:
    known = max((day for day in (runbook.last_reviewed, worked) if day), default=None)
    since = runbook.stale_since(known)
    return Stale(runbook, known, since) if known and since else None


def worked_in(incident: Incident, calendar: Calendar) -> dict[str, date]:
    """The runbooks that worked in an incident, with the day on which that was said last; in a drill none has."""
    if incident.drill:
        return {}
    uses = sorted((use for use in incident.uses if use.worked), key=lambda use: use.at)
    return {use.runbook: local_date(use.at, calendar) for use in uses}


def newest(one: Days, other: Days) -> dict[str, date]:
    """Of both the later day."""
    return {name: max(day for day in (one.get(name), other.get(name)) if day) for name in {*one, *other}}


def untold(found: Iterable[Stale], told: Days) -> tuple[Stale, ...]:
    """What became stale since somebody was last told of it."""
    return tuple(one for one in found if told.get(one.runbook.name) != one.since)


def by_person(found: Iterable[Stale], absent: frozenset[str], config: Config) -> dict[str, list[Stale]]:
    """Who is asked to read what again: its owner, or where they cannot be reached the first of the team."""
    people: dict[str, list[Stale]] = {}
    for one in found:
        people.setdefault(_reader(one, absent, config), []).append(one)
    return people


def _reader(one: Stale, absent: frozenset[str], config: Config) -> str:
    named: Iterator[str] = (login for login in (one.runbook.owner or "", *config.people[:1]) if is_login(login))
    return next((login for login in named if login.lower() not in absent), "")


def at_most(days: Days, count: int) -> dict[str, date]:
    """The newest of them."""
    return dict(sorted(days.items(), key=lambda pair: (pair[1], pair[0]))[-count:])
