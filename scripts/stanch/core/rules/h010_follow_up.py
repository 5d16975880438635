"""H010: a hotfix mends the symptom; somebody owns the cause, and what is temporary has an end."""

from datetime import datetime

from stanch.core.clock import business_days_after, local_date
from stanch.core.rules.facts import Facts
from stanch.core.rules.rule import Finding, Rule, Waivable, fails, passes
from stanch.core.severity import Severity

DAYS = {Severity.SEV_1: 5, Severity.SEV_2: 10}
"""Business days in which the root cause is due."""

USUAL_DAYS = 10


class FollowUp(Rule):
    """Somebody owns the root cause, and a workaround says until when it stays."""

    code = "H010"
    waivable = Waivable.BY_ONE

    def judge(self, facts: Facts) -> Finding:
        owner = owner_of(facts)
        if not owner:
            return fails("no-owner")
        until = facts.declared.temporary_until
        temporary = facts.declared.is_workaround or bool(facts.surface.marked)
        if temporary and until is None:
            return fails("no-end", marked=list(facts.surface.marked[:1]))
        if until is not None and until <= local_date(facts.now, facts.config.calendar):
            return fails("past", until=until.isoformat())
        return passes("owned", owner=owner, days=days_of(facts), until=until.isoformat() if until else "")


def owner_of(facts: Facts) -> str:
    """Whoever the text names, else who leads the incident."""
    return facts.declared.owner or (facts.incident.leader if facts.incident else "")


def days_of(facts: Facts) -> int:
    """In how many business days after the merge the root cause is due."""
    return DAYS.get(facts.severity or Severity.SEV_3, USUAL_DAYS)


def due_at(facts: Facts) -> datetime:
    """When the root cause of what is merged is due, in UTC."""
    return business_days_after(facts.now, days_of(facts), facts.config.calendar)
