"""Whether people spoke as often as was promised, from the first word to the end. Instants are UTC."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from stanch.core.config import Config
from stanch.core.incident import Incident
from stanch.core.severity import Severity


@dataclass(frozen=True, slots=True)
class Gap:
    """A word that was due, and came so many seconds late or not at all before things moved on."""

    due: datetime
    late: int


@dataclass(frozen=True, slots=True)
class Silences:
    """How many `words` there were after the first one, and each time that one was late; `interval` is the promise."""

    words: int
    gaps: tuple[Gap, ...]
    interval: timedelta


def spoken(incident: Incident, config: Config, until: datetime) -> Silences | None:
    """How well the promised interval was kept; None where none was promised, or it ended before a word was due."""
    said = sorted(update.at for update in incident.updates if update.at <= until)
    usual = config.promises(incident.highest).update if incident.highest is not None else None
    if usual is None:
        return None
    first = said[0] if said else incident.detected_at
    acts = sorted({first, *said, *_turns(incident, first, until)})
    gaps = tuple(_gaps((*acts, until), incident, config))
    if len(said) < 2 and not gaps:
        return None
    return Silences(max(0, len(said) - 1), gaps, usual)


def _gaps(moments: tuple[datetime, ...], incident: Incident, config: Config) -> Iterator[Gap]:
    for since, then in pairwise(moments):
        interval = _interval(incident, config, since)
        if interval is not None and then > since + interval:
            yield Gap(since + interval, int((then - since - interval).total_seconds()))


def _turns(incident: Incident, first: datetime, until: datetime) -> Iterator[datetime]:
    """When users became fine again, or ceased to be: from then on a new interval counts."""
    fine = False
    for change in incident.history:
        if change.status.users_are_fine is not fine and first <= change.at <= until:
            yield change.at
        fine = change.status.users_are_fine


def _interval(incident: Incident, config: Config, at: datetime) -> timedelta | None:
    """How often something was to be said then: by the severity that held, and more rarely once users were fine."""
    severity = _held(incident, at)
    promised = config.promises(severity).update if severity is not None else None
    if promised is None:
        return None
    changes = [change for change in incident.history if change.at <= at]
    return promised * config.calm_factor if changes and changes[-1].status.users_are_fine else promised


def _held(incident: Incident, at: datetime) -> Severity | None:
    spells = [one for one in incident.spells if one.at <= at] or list(incident.spells[:1])
    return spells[-1].severity if spells else None
