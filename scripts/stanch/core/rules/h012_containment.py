"""H012: the bleeding is stopped before the wound is sewn, and what stopped it is written down."""

from datetime import datetime

from stanch.core.incident import Containment
from stanch.core.rules.facts import Facts
from stanch.core.rules.rule import Finding, Rule, Waivable, fails, passes, skips, warns
from stanch.core.severity import Severity


class Contained(Rule):
    """What stopped the bleeding is recorded and not past its date; a change that takes back becomes a record itself."""

    code = "H012"
    waivable = Waivable.BY_ONE

    def judge(self, facts: Facts) -> Finding:
        incident = facts.incident
        if incident is None:
            return skips("no-incident")
        standing = [one for one in incident.containments if stood(one, facts.now)]
        overdue = [one for one in standing if one.until < facts.now]
        if overdue:
            one = overdue[0]
            return fails("overdue", id=one.id, what=one.what, until=one.until, zone=facts.config.calendar.zone)
        if facts.kind.undoes:
            return passes("is-one", kind=facts.kind.value)
        mitigated = incident.mitigated is not None and incident.mitigated.at <= facts.now
        if mitigated or any(one.at <= facts.now for one in incident.containments):
            return passes("recorded", ids=[one.id for one in standing], mitigated=mitigated)
        if facts.severity in {Severity.SEV_1, Severity.SEV_2}:
            return warns("nothing")
        return skips("not-burning")


def stood(one: Containment, at: datetime) -> bool:
    """Whether it was in place at an instant."""
    return one.at <= at and (one.restored is None or one.restored.at > at)
