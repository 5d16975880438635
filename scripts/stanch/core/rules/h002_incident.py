"""H002: a hotfix belongs to one open incident, and does not close it."""

from datetime import datetime, timedelta

from stanch.core.clocks import last_word
from stanch.core.incident import Incident, Kind
from stanch.core.rules.facts import Facts
from stanch.core.rules.h008_ten_minutes import began_at
from stanch.core.rules.rule import Finding, Rule, Waivable, fails, passes
from stanch.core.severity import Severity

STALE = timedelta(hours=72)
"""An incident about which nobody said a word for so long may be any old one."""


class IncidentLink(Rule):
    """`Incident: #n` names one incident that is open; a closing keyword is refused, since it would close it."""

    code = "H002"
    waivable = Waivable.NEVER

    def judge(self, facts: Facts) -> Finding:
        named = facts.declared.incidents
        closing = closes_it(facts)
        if closing:
            return closing
        if not named:
            return fails("missing", was=facts.incident.number if facts.incident else 0)
        if len(named) > 1:
            return fails("several", numbers=[one.number for one in named])
        if named[0].repository:
            return fails("elsewhere", repository=named[0].repository, number=named[0].number)
        return _found(facts, named[0].number, facts.incident)


def _found(facts: Facts, number: int, incident: Incident | None) -> Finding:
    if incident is None or incident.number != number or incident.kind is not Kind.INCIDENT or incident.severity is None:
        return fails("not-an-incident", number=number)
    if not facts.burning:
        return fails("over", number=number, status=incident.status.value)
    if is_stale(facts, incident):
        return fails("stale", number=number, since=_spoken(incident), zone=facts.config.calendar.zone)
    return passes(
        "linked",
        number=number,
        title=incident.title,
        severity=int(incident.severity),
        declared_at=began_at(incident),
        declared_after=began_at(incident) > facts.pull.thread.at,
        hotfixes=len(incident.works),
        relabelled=facts.earned is not facts.severity and facts.severity is not None,
        zone=facts.config.calendar.zone,
    )


def closes_it(facts: Facts) -> Finding | None:
    """A closing keyword about an incident, in the text, a commit or the title; or a link that works like one."""
    linked = {one.number for one in facts.declared.incidents if not one.repository} | facts.linked
    for one in facts.declared.closings:
        if not one.issue.repository and one.issue.number in linked:
            return fails("closes", word=one.word, number=one.issue.number)
    linked_to_close = next((number for number in facts.pull.closes if number in linked), None)
    return None if linked_to_close is None else fails("closes-by-link", number=linked_to_close)


def is_stale(facts: Facts, incident: Incident) -> bool:
    worst = incident.highest in {Severity.SEV_1, Severity.SEV_2}
    return worst and facts.now - _spoken(incident) > STALE


def _spoken(incident: Incident) -> datetime:
    """The last word on it; that somebody called it an incident is one, however old the issue was."""
    last = last_word(incident)
    return max(incident.promised_from, began_at(incident), last.at if last else incident.promised_from)
