"""The end of a shift: who is on call after whoever has an incident in hand."""

from dataclasses import dataclass
from datetime import datetime

from stanch.core.hands import Part
from stanch.core.incident import Incident
from stanch.core.rota import Duty, Rota

MOST_TURNS = 60
"""Turns, one after the other, beyond which nobody relieves any more."""


@dataclass(frozen=True, slots=True)
class Relief:
    """At an instant (UTC) `before` goes off call in a layer. `login` comes on then or, if that is past, is on call."""

    at: datetime
    before: str
    login: str
    layer: str


def relief(incident: Incident, rota: Rota, now: datetime) -> Relief | None:
    """Who relieves whoever leads or acknowledged, at the newest end of their shift, else at the next one.

    None when they were not on call when they took it, or nobody follows.
    """
    if incident.acknowledged is None or not incident.leader:
        return None
    leader, found = incident.leader.lower(), None
    duty = next((one for one in rota.on_call(_leads_since(incident)) if one.login.lower() == leader), None)
    for _ in range(MOST_TURNS):
        following = _next(duty, rota) if duty else None
        if duty is None or following is None:
            return None
        if following.login.lower() == leader:
            found = None
        else:
            found = Relief(found.at if found else duty.until, incident.leader, following.login, duty.layer)
        if found and following.until > now:
            return found
        duty = following
    return None


def _leads_since(incident: Incident) -> datetime:
    taken = [incident.acknowledged.at] if incident.acknowledged else []
    leader = incident.leader.lower()
    led = (hand.at for hand in incident.hands if hand.part is Part.LEAD and hand.login.lower() == leader)
    return max((*taken, *led))


def _next(duty: Duty, rota: Rota) -> Duty | None:
    return next((one for one in rota.on_call(duty.until) if one.layer == duty.layer), None)
