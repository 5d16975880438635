"""H008: ten minutes of looking before code is changed."""

from dataclasses import replace
from datetime import datetime, timedelta

from stanch.core.config_hotfix import Strictness
from stanch.core.incident import Incident
from stanch.core.rules.facts import Facts
from stanch.core.rules.rule import Finding, Rule, Waivable, passes, skips, waits

LOOK = timedelta(minutes=10)


class TenMinutes(Rule):
    """Nothing is merged in the incident's first ten minutes, unless it only takes something back."""

    code = "H008"
    waivable = Waivable.BY_ONE

    def judge(self, facts: Facts) -> Finding:
        if facts.kind.undoes:
            return skips("undoes", kind=facts.kind.value)
        if facts.incident is None:
            return skips("no-incident")
        began = began_at(facts.incident)
        opens = began + LOOK
        if facts.now < opens:
            said = waits("too-early", opens=opens, zone=facts.config.calendar.zone)
            return replace(said, advice=facts.config.hotfix.ten_minutes is Strictness.WARN)
        return passes("looked", since=began, zone=facts.config.calendar.zone)


def began_at(incident: Incident) -> datetime:
    """When it became an incident, by GitHub's clock: the issue may be older, and what was typed counts for nothing."""
    return max(incident.opened_at, incident.declared.at) if incident.declared else incident.opened_at
