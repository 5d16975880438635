"""The end of a shift: who is on call after whoever has an incident in hand."""

from dataclasses import dataclass
from datetime import datetime

from stanch.core.hands import Part
from stanch.core.incident import Incident
from stanch.core.rota import Duty, Rota

MOST_TURNS = 60
"""Turns of one person, one after the other, beyond which nobody relieves him."""


@dataclass(frozen=True, slots=True)
class Relief:
    """At an instant (UTC) `before` goes off call in a layer, and `login` comes on."""

    at: datetime
    before: str
    login: str
    layer: str


def relief(incident: Incident, rota: Rota) -> Relief | None:
    """Who relieves whoever leads or acknowledged; None when he was not on call when he took it, or nobody follows."""
    if incident.acknowledged is None or not incident.leader:
        return None
    leader, at = incident.leader.lower(), _leads_since(incident)
    duty = next((one for one in rota.on_call(at) if one.login.lower() == leader), None)
    for _ in range(MOST_TURNS):
        if duty is None:
            return None
        following = _next(duty, rota)
        if following is not None and following.login.lower() != leader:
            return Relief(duty.until, incident.leader, following.login, duty.layer)
        duty = following
    return None


def _leads_since(incident: Incident) -> datetime:
    taken = [incident.acknowledged.at] if incident.acknowledged else []
    leader = incident.leader.lower()
    led = (hand.at for hand in incident.hands if hand.part is Part.LEAD and hand.login.lower() == leader)
    return max((*taken, *led))


def _next(duty: Duty, rota: Rota) -> Duty | None:
    return next((one for one in rota.on_call(duty.until) if one.layer == duty.layer), None)
