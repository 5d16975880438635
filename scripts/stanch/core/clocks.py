"""The promises that run on an incident, as absolute instants.

Targets count from detection; a severity that was raised or lowered later counts from that moment, and what is
reopened from its reopening.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from stanch.core.clock import business_days_after, deadline
from stanch.core.config import Config, SeverityRules
from stanch.core.incident import Incident, Kind, Update
from stanch.core.severity import Severity

DAYS_OF_GRACE = 2
"""Business days after mitigation at which the post-mortem clock starts although the incident is still open."""


class Promise(StrEnum):
    """What a clock promises."""

    TRIAGE = "triage"
    ACKNOWLEDGE = "acknowledge"
    FIRST_MESSAGE = "first client message"
    UPDATE = "next update"
    FIX = "fix"
    POSTMORTEM = "post-mortem"


@dataclass(frozen=True, slots=True)
class Clock:
    """One promise: due at an instant, met at another or not yet. A stopped clock runs out for nobody."""

    promise: Promise
    due: datetime
    met: datetime | None = None
    stopped: bool = False

    @property
    def late(self) -> timedelta | None:
        """By how much a promise that was met was met late; None when it was on time or is still open."""
        return self.met - self.due if self.met is not None and self.met > self.due else None


def rules_of(incident: Incident, config: Config) -> SeverityRules:
    """The rules that hold for an incident; a client report is triaged like a SEV-2."""
    return config.promises(incident.severity or Severity.SEV_2)


def clocks(incident: Incident, config: Config) -> tuple[Clock, ...]:
    """Every clock that has something to say, in the order in which they matter."""
    if incident.taken_in or not incident.ours:
        found: list[Clock | None] = []
    elif incident.kind is Kind.REPORT:
        found = [_triage(incident, config)]
    else:
        found = [_acknowledge(incident, config), update_clock(incident, config), _fix(incident, config)]
    return tuple(clock for clock in (*found, _postmortem(incident, config)) if clock is not None)


def _triage(incident: Incident, config: Config) -> Clock | None:
    start = max(incident.detected_at, incident.reopened_at or incident.detected_at)
    due = deadline(rules_of(incident, config).acknowledge, start, config.calendar)
    over = incident.resolved or (incident.history[-1] if incident.status.over and incident.history else None)
    return None if due is None else Clock(Promise.TRIAGE, due, over.at if over else None, stopped=not incident.burning)


def _acknowledge(incident: Incident, config: Config) -> Clock | None:
    met = incident.acknowledged.at if incident.acknowledged else None
    held = incident.reopened_at is not None and met is not None and met < incident.reopened_at
    start = incident.since if held else incident.promised_from
    due = deadline(rules_of(incident, config).acknowledge, start, config.calendar)
    return None if due is None else Clock(Promise.ACKNOWLEDGE, due, met, stopped=not incident.burning)


def _fix(incident: Incident, config: Config) -> Clock | None:
    due = deadline(rules_of(incident, config).fix, incident.promised_from, config.calendar)
    fixed = incident.mitigated or incident.resolved
    return None if due is None else Clock(Promise.FIX, due, fixed.at if fixed else None, stopped=not incident.burning)


def last_word(incident: Incident, *, public_only: bool = False) -> Update | None:
    """The newest thing that was told."""
    told = [update for update in incident.updates if update.public or not public_only]
    return told[-1] if told else None


def update_interval(incident: Incident, config: Config) -> timedelta | None:
    """How often something is to be told now: four times as rarely once users are fine."""
    interval = rules_of(incident, config).update
    if interval is None:
        return None
    return interval * config.calm_factor if incident.status.users_are_fine else interval


def update_clock(incident: Incident, config: Config) -> Clock | None:
    """When the next word is due: the first client message, then the next update after each one.

    None when nothing has to be told: by severity, because it is over, or because an old incident was adopted
    and nobody has spoken since.
    """
    rules, interval, last = rules_of(incident, config), update_interval(incident, config), last_word(incident)
    if interval is None or not incident.burning:
        return None
    if last is None and incident.taken_in:
        return None
    start = max(last.at, incident.promised_from) if last else incident.promised_from
    first = deadline(rules.first_client_message, start, config.calendar) if last is None else None
    due = first or start + interval
    promise = Promise.FIRST_MESSAGE if first else Promise.UPDATE
    if incident.snoozed_until and incident.snoozed_until > start:
        due = max(due, incident.snoozed_until)
    return Clock(promise, due)


def postmortem_due(incident: Incident, config: Config) -> bool:
    """Whether the severities that the incident held ask for a post-mortem."""
    if incident.highest is None or config.promises(incident.highest).postmortem is None:
        return False
    return incident.status.users_are_fine


def postmortem_start(incident: Incident, config: Config) -> datetime | None:
    """When the post-mortem clock starts: at resolution, or two business days after mitigation if still open."""
    if incident.resolved is not None:
        return incident.resolved.at
    if incident.mitigated is None:
        return None
    return business_days_after(incident.mitigated.at, DAYS_OF_GRACE, config.calendar)


def postmortem_deadline(incident: Incident, config: Config) -> datetime | None:
    """When the post-mortem is due; None while none is."""
    start = postmortem_start(incident, config)
    if start is None or incident.highest is None or not postmortem_due(incident, config):
        return None
    return deadline(config.promises(incident.highest).postmortem, start, config.calendar)


def _postmortem(incident: Incident, config: Config) -> Clock | None:
    due = postmortem_deadline(incident, config)
    return None if due is None else Clock(Promise.POSTMORTEM, due, stopped=incident.resolved is None)
