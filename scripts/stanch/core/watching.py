"""Watching: while an incident burns, and only then, a running job keeps its clocks to the minute.

Everything here is an absolute function of the thread: two looks at one thread agree, whatever time it is.
"""

from dataclasses import dataclass
from datetime import datetime

from stanch.core.case import Case
from stanch.core.config import Config
from stanch.core.config_watch import Until, WatchRules
from stanch.core.incident import Incident, Kind
from stanch.core.writes import StartWorkflow


@dataclass(frozen=True, slots=True)
class Watching:
    """How long an incident is watched: until it has come so far (`until`), and at the latest until `ends` (UTC)."""

    until: Until
    ends: datetime


def watching(incident: Incident, config: Config) -> Watching | None:
    """Whether and how long an incident is to be watched; None when it is not, or not any more, by what was done."""
    until = config.watch.ends(incident.severity)
    if incident.kind is not Kind.INCIDENT or not incident.burning or incident.taken_in or until is Until.NEVER:
        return None
    acknowledged = until is Until.ACKNOWLEDGED and incident.acknowledged is not None
    if acknowledged or incident.status.users_are_fine:
        return None
    return Watching(until, _since(incident) + config.watch.most)


def in_sight(case: Case) -> bool:
    """Whether a watcher that runs for whatever incident reads this one too: it is open, and watched here or by default.

    What it does not see nobody may leave to it.
    """
    severity = case.incident.severity if case.incident else None
    watched = any(rules.ends(severity) is not Until.NEVER for rules in (case.config.watch, WatchRules()))
    return case.snapshot.thread.open and watched


def _since(incident: Incident) -> datetime:
    """From when its minutes are counted: from when its severity was set, or from when it was last reopened."""
    began = incident.spells[-1].at if incident.spells else incident.opened_at
    return max(began, incident.reopened_at or began)


def refused_key(case: Case) -> str:
    """What the card remembers by that no watcher could be started."""
    return case.key("watch", "refused")


def refused(case: Case) -> bool:
    """Whether GitHub said no when a watcher was last to be started: in this run, else as the card remembers."""
    if any(isinstance(write, StartWorkflow) for write in case.sent.writes):
        return False
    now = any(isinstance(write, StartWorkflow) for write in case.sent.refused)
    return now or refused_key(case) in case.ledger.delivered


def watch_view(case: Case, incident: Incident) -> dict[str, object] | None:
    """What the card says of who keeps its clocks; None where no clock of it is anybody's to keep.

    It changes with time once: when the minutes are used up.
    """
    promised = case.config.promises(incident.severity) if incident.severity is not None else None
    kept = promised is not None and (promised.remind or promised.escalate is not None)
    if not kept or not incident.burning or incident.taken_in:
        return None
    found = watching(incident, case.config)
    if found is None:
        return {"how": "best effort"}
    how = "watched" if case.now < found.ends else "spent"
    if not case.snapshot.repository.has_watcher:
        how = "missing"
    elif how == "watched" and refused(case):
        how = "refused"
    return {"how": how, "until": found.until.value, "ends": found.ends}
