"""When nothing was recorded although users were hurt: the gaps of a timeline.

A silence counts when it is longer than 20 minutes and than the interval in which updates are promised, between
detection and resolution, while nobody had said that users are fine again.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from stanch.core.config import Config
from stanch.core.incident import Incident

LEAST = timedelta(minutes=20)


@dataclass(frozen=True, slots=True)
class Silence:
    """From one record to the next, both UTC."""

    at: datetime
    until: datetime

    @property
    def length(self) -> timedelta:
        return self.until - self.at


def silences(incident: Incident, recorded: Iterable[datetime], config: Config) -> tuple[Silence, ...]:
    """Every silence that counts, oldest first. `recorded` are the instants of the timeline."""
    longest = max(LEAST, interval(incident, config) or LEAST)
    known = sorted(recorded)
    pairs = (pair for start, end in hurting(incident) for pair in pairwise(_within(known, start, end)))
    return tuple(one for one in (Silence(*pair) for pair in pairs) if one.length > longest)


def interval(incident: Incident, config: Config) -> timedelta | None:
    """How often something was to be told while users were hurt, by the highest severity; None where nothing was."""
    return config.promises(incident.highest).update if incident.highest else None


def hurting(incident: Incident) -> Iterator[tuple[datetime, datetime | None]]:
    """When users were hurt: from detection, or from when it broke again, until they were fine; None: still."""
    since: datetime | None = incident.detected_at
    for change in incident.history:
        fine = change.status.users_are_fine or change.status.over
        if fine and since is not None:
            yield since, max(since, change.at)
            since = None
        elif not fine and since is None:
            since = change.at
    if since is not None:
        yield since, None


def _within(known: list[datetime], start: datetime, end: datetime | None) -> list[datetime]:
    inside = {at for at in known if start <= at and (end is None or at <= end)}
    return sorted(inside | {start} | ({end} if end else set()))
