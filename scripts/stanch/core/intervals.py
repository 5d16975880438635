"""How long it took from detection to each milestone, against what was promised for it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from stanch.core.clock import Promise, Within, deadline
from stanch.core.config import Config, SeverityRules
from stanch.core.incident import Incident
from stanch.core.severity import Severity


class Leg(StrEnum):
    """One stretch of an incident. All but the first two count from detection."""

    DETECT = "detect"
    REPORT = "report"
    ACKNOWLEDGE = "acknowledge"
    TELL = "tell"
    MITIGATE = "mitigate"
    RESOLVE = "resolve"


@dataclass(frozen=True, slots=True)
class Interval:
    """How long a stretch took, in seconds; None where its end is not recorded.

    `due` (UTC) is what was promised, None where nothing was; `target` the promised length in seconds, where it counts
    from detection. `late` is by how many seconds the promise was missed.
    """

    leg: Leg
    took: int | None
    due: datetime | None = None
    target: int | None = None
    late: int = 0

    def view(self) -> dict[str, object]:
        """Plain values for the templates."""
        return {"leg": self.leg.value, "took": self.took, "due": self.due, "target": self.target, "late": self.late}


def intervals(incident: Incident, config: Config) -> dict[Leg, Interval]:
    """Every stretch that has something to say, in order. Which promise counts, says the severity that held then."""
    began, opened = started(incident), incident.opened_at
    found = [Interval(Leg.DETECT, seconds(began, incident.detected_at))]
    if opened > incident.detected_at:
        found.append(Interval(Leg.REPORT, seconds(incident.detected_at, opened)))
    acknowledged = incident.acknowledged.at if incident.acknowledged else None
    told = next((update.at for update in incident.updates if update.public), None)
    resolved = incident.resolved.at if incident.resolved else None
    found.append(_kept(incident, config, Leg.ACKNOWLEDGE, acknowledged))
    tell = _kept(incident, config, Leg.TELL, told)
    found += [tell] if tell.due or told else []
    found.append(_kept(incident, config, Leg.MITIGATE, incident.fine_at))
    found.append(Interval(Leg.RESOLVE, seconds(incident.detected_at, resolved)))
    return {one.leg: one for one in found}


def started(incident: Incident) -> datetime | None:
    """The earliest thing that somebody noted of the time before detection."""
    return min((note.at for note in incident.notes if note.at < incident.detected_at), default=None)


def seconds(start: datetime | None, end: datetime | None) -> int | None:
    """From one instant to another, never less than nothing; None where one of them is not known."""
    return max(0, int((end - start).total_seconds())) if start is not None and end is not None else None


def _kept(incident: Incident, config: Config, leg: Leg, met: datetime | None) -> Interval:
    severity, since = _held(incident, met)
    took = seconds(incident.detected_at, met)
    if severity is None or incident.adopted is not None:
        return Interval(leg, took)
    promise = _promise(config.promises(severity), leg)
    due = deadline(promise, since, config.calendar)
    stopped = incident.fixed_at if leg is Leg.MITIGATE else met
    target = int(promise.amount.total_seconds()) if isinstance(promise, Within) else None
    late = seconds(due, stopped) or 0
    return Interval(leg, took, due, target if since == incident.detected_at else None, late)


def _promise(rules: SeverityRules, leg: Leg) -> Promise:
    match leg:
        case Leg.ACKNOWLEDGE:
            return rules.acknowledge
        case Leg.TELL:
            return rules.first_client_message
        case _:
            return rules.fix


def _held(incident: Incident, at: datetime | None) -> tuple[Severity | None, datetime]:
    """The severity that held at an instant, or holds now, and from when its promises count."""
    spells = [one for one in incident.spells if one.severity is not None]
    held = [one for one in spells if at is None or one.at <= at] or spells[:1]
    if not held:
        return None, incident.detected_at
    since = incident.detected_at if held[-1] is spells[0] else held[-1].at
    again = incident.reopened_at
    return held[-1].severity, again if again and since < again and (at is None or again <= at) else since
