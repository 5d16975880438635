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
    """One promise: due at an instant, met at another or not yet. A stopped clock runs out for nobody.

    `put_off` says that somebody's `/snooze` decides when it is due.
    """

    promise: Promise
    due: datetime
    met: datetime | None = None
    stopped: bool = False
    put_off: bool = False

    @property
    def late(self) -> timedelta | None:
        """By how much a promise that was met was met late; None when it was on time or is still open."""
        return self.met - self.due if self.met is not None and self.met > self.due else None


def rules_of(incident: Incident, config: Config) -> SeverityRules:
    """The rules that hold for an incident; a client report is triaged like a SEV-2."""
    return config.promises(incident.severity or Severity.SEV_2)


def tells(incident: Incident, config: Config) -> bool:
    """Whether clients are to be told of it: an incident of a severity that promises them a message."""
    return incident.kind is Kind.INCIDENT and rules_of(incident, config).first_client_message is not None


def chased(config: Config) -> frozenset[Severity]:
    """The severities of which clients are to hear at intervals."""
    told = ((severity, config.promises(severity)) for severity in Severity)
    return frozenset(one for one, rules in told if rules.first_client_message is not None and rules.update is not None)


def clocks(incident: Incident, config: Config) -> tuple[Clock, ...]:
    """Every clock that has something to say, in the order in which they matter."""
    found: list[Clock | None] = []
    if incident.kind is Kind.REPORT and not _left_alone(incident):
        found = [_triage(incident, config)]
    elif incident.kind is Kind.INCIDENT and _left_alone(incident):
        found = [update_clock(incident, config)]
    elif incident.kind is Kind.INCIDENT:
        found = [_acknowledge(incident, config), update_clock(incident, config), _fix(incident, config)]
    return tuple(clock for clock in (*found, _postmortem(incident, config)) if clock is not None)


def _left_alone(incident: Incident) -> bool:
    """Whether it was adopted when it was old, and not reopened since: only what is said then starts a clock."""
    return incident.taken_in and not _since_adoption(incident, incident.reopened_at)


def _since_adoption(incident: Incident, at: datetime | None) -> bool:
    return at is not None and (incident.adopted is None or at >= incident.adopted)


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
    return None if due is None else Clock(Promise.FIX, due, incident.fixed_at, stopped=not incident.burning)


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
    interval, last = update_interval(incident, config), last_word(incident)
    if interval is None or not incident.burning:
        return None
    if _left_alone(incident) and not _since_adoption(incident, last.at if last else None):
        return None
    first = _first_message(incident, config)
    promise, due = (Promise.FIRST_MESSAGE, first) if first else (Promise.UPDATE, _counts_from(incident) + interval)
    if incident.snoozed_until is not None and incident.snoozed_until > due:
        return Clock(promise, incident.snoozed_until, put_off=True)
    return Clock(promise, due)


def _counts_from(incident: Incident) -> datetime:
    """From when an interval counts: from the newest act, or from when the severity began to count."""
    return max((incident.since, *_acts(incident)))


def word_due(incident: Incident, config: Config) -> datetime | None:
    """When somebody is reminded of the next word: never in the same moment as the call. None when none is due."""
    clock, interval = update_clock(incident, config), update_interval(incident, config)
    if clock is None or interval is None:
        return None
    held = incident.spells[-1].at
    if clock.due > held:
        return clock.due
    first = clock.promise is Promise.FIRST_MESSAGE
    granted = deadline(rules_of(incident, config).first_client_message, held, config.calendar) if first else None
    return granted or held + interval


def silent_since(incident: Incident) -> datetime:
    """The act after which nobody has spoken: it names a silence, whatever was promised or stated about it."""
    began = incident.spells[-1].at if incident.spells else incident.opened_at
    return max((began, *_acts(incident)))


def _acts(incident: Incident) -> tuple[datetime, ...]:
    """What starts an interval beside a severity: the last word, a reopening, a turn for the better or worse."""
    last = last_word(incident)
    acts = (last.at if last else None, incident.reopened_at, incident.turned_at)
    return tuple(at for at in acts if at is not None)


def _first_message(incident: Incident, config: Config) -> datetime | None:
    """When clients are to be told first; None once somebody spoke, or when things turned after it was due."""
    due = deadline(rules_of(incident, config).first_client_message, incident.promised_from, config.calendar)
    turned = incident.turned_at
    if due is None or last_word(incident) is not None or (turned is not None and turned >= due):
        return None
    return due


def postmortem_due(incident: Incident, config: Config) -> bool:
    """Whether the severities that the incident held ask for a post-mortem; what was only played never does."""
    if incident.drill or incident.highest is None or config.promises(incident.highest).postmortem is None:
        return False
    return incident.status.users_are_fine


def postmortem_start(incident: Incident, config: Config) -> datetime | None:
    """When the post-mortem clock starts: at resolution, or two business days after mitigation if still open.

    It does not start before the severity that asks for it began to hold.
    """
    if incident.resolved is not None:
        ended = incident.resolved.at
    elif incident.mitigated is not None:
        ended = business_days_after(incident.mitigated.at, DAYS_OF_GRACE, config.calendar)
    else:
        return None
    return max(ended, incident.highest_at or ended)


def postmortem_deadline(incident: Incident, config: Config) -> datetime | None:
    """When the post-mortem is due; None while none is."""
    start = postmortem_start(incident, config)
    if start is None or incident.highest is None or not postmortem_due(incident, config):
        return None
    return deadline(config.promises(incident.highest).postmortem, start, config.calendar)


def _postmortem(incident: Incident, config: Config) -> Clock | None:
    due = postmortem_deadline(incident, config)
    return None if due is None else Clock(Promise.POSTMORTEM, due, stopped=incident.resolved is None)
