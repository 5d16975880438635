"""What may have helped an incident to happen, by class, each with what is recorded about it, if anything is."""

import re
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum

from stanch.core.incident import Incident
from stanch.core.intervals import Interval
from stanch.core.questions import slow_to_detect

View = dict[str, object]

BUMP = re.compile(
    r"(?:chore|build|fix)\(deps[\w-]*\)|^(?:bump|upgrade|update)\b.{0,120}\b(?:from|to) v?\d", re.IGNORECASE
)
"""How a change of a dependency is called, by people and by what opens such pull requests."""

BUMPERS = frozenset({"dependabot", "dependabot[bot]", "renovate", "renovate[bot]"})


class Factor(StrEnum):
    """A class of contributing factors."""

    TEST = "test"
    MONITORING = "monitoring"
    DATA = "data"
    STAGING = "staging"
    DEPENDENCY = "dependency"


RULES = {"H003": Factor.TEST, "H005": Factor.STAGING, "H011": Factor.DEPENDENCY}
"""What a rule of the gate was not held to says about the class that it guards."""


def factors(incident: Incident, detect: Interval) -> list[View]:
    """Every class with its evidence, `[{what: class, evidence: [{what: …}]}]`: none where nothing is recorded."""
    return [{"what": one.value, "evidence": list(_evidence(one, incident, detect))} for one in Factor]


def _evidence(factor: Factor, incident: Incident, detect: Interval) -> Iterator[View]:
    own = OWN.get(factor)
    if own is not None:
        yield from own(incident)
    if factor is Factor.MONITORING and slow_to_detect(detect):
        yield {"what": "slow to detect", "took": detect.took}
    yield from _not_held_to(factor, incident)


def _told_by_clients(incident: Incident) -> Iterator[View]:
    if incident.reported_at is not None:
        yield {"what": "told by clients"}


def _trigger(incident: Incident) -> Iterator[View]:
    if incident.form.get("trigger"):
        yield {"what": "trigger", "text": incident.form["trigger"]}


def _past_staging(incident: Incident) -> Iterator[View]:
    for change in incident.changes:
        if change.kind == "deployment" and change.sha in incident.unstaged:
            yield {"what": "past staging", "sha": change.sha, "at": change.at}
    if incident.form.get("staging"):
        yield {"what": "in staging", "text": incident.form["staging"]}


def _bumps(incident: Incident) -> Iterator[View]:
    for change in incident.changes:
        if change.kind == "merge" and (change.by.lower() in BUMPERS or BUMP.search(change.title)):
            yield {"what": "bump", "text": change.title, "sha": change.sha, "at": change.at}


def _not_held_to(factor: Factor, incident: Incident) -> Iterator[View]:
    for one in incident.told.waived.values():
        if RULES.get(one.rule) is factor:
            yield {"what": "waived", "rule": one.rule, "number": one.pull, "text": one.why}
    for merged in incident.told.merged.values():
        for what, rules in (("not green", merged.open), ("not asked", merged.skipped)):
            for rule in rules:
                if RULES.get(rule) is factor:
                    yield {"what": what, "rule": rule, "number": merged.pull}


OWN: Mapping[Factor, Callable[[Incident], Iterator[View]]] = {
    Factor.MONITORING: _told_by_clients,
    Factor.DATA: _trigger,
    Factor.STAGING: _past_staging,
    Factor.DEPENDENCY: _bumps,
}
