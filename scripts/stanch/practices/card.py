"""The card: what somebody who is woken at three in the morning has to know, in one comment at the top.

It names deadlines, not remaining time, so that it changes only when a fact does.
"""

from collections.abc import Iterator
from datetime import timedelta

from stanch.core.arguments import CHECKS
from stanch.core.case import Case
from stanch.core.client_words import clients_view
from stanch.core.clocks import Clock, Promise, clocks, last_word, rules_of
from stanch.core.commands import help_view
from stanch.core.config import Service
from stanch.core.escalation import card_view
from stanch.core.forms import FIELDS
from stanch.core.hotfix_view import awaited, pulls_view
from stanch.core.incident import Containment, Deed, Incident, Kind, Status
from stanch.core.ledger import Change
from stanch.core.notice_view import notices_view
from stanch.core.oncall import called
from stanch.core.postmortem import KEY as POSTMORTEM
from stanch.core.runbooks.view import runbooks_view
from stanch.core.severity import Severity
from stanch.core.snapshot import card_key
from stanch.core.wanted import Card, Text, Want
from stanch.core.watching import watch_view

OLD = timedelta(hours=72)
"""A thread that was closed longer ago than this and has no card is left alone."""

CHANGES_SHOWN = 10
FEW_SERVICES = 3
UPDATE_SHOWN = 300


def card(case: Case) -> Iterator[Want]:
    incident = case.incident
    if incident is None or not _has_one(case, incident):
        return
    yield Card(card_key(incident.number), Text("comments/card", view(case, incident)))


def _has_one(case: Case, incident: Incident) -> bool:
    """An incident whose severity has cards, a client report, or anything that already got one."""
    if incident.has_card:
        return True
    if not incident.ours or (incident.kind is Kind.INCIDENT and not rules_of(incident, case.config).card):
        return False
    ended = incident.resolved or (incident.history[-1] if incident.history else None)
    return incident.open or (ended is not None and case.now - ended.at <= OLD)


def view(case: Case, incident: Incident) -> dict[str, object]:
    """Everything that the card shows, as plain values."""
    running, postmortem = clocks(incident, case.config), case.children.get(case.key(POSTMORTEM), 0)
    return {
        **_facts(case, incident),
        **_people(case, incident),
        "clocks": [_clock(clock, postmortem, awaited(incident)) for clock in running],
        "snoozed_until": next((clock.due for clock in running if clock.put_off), None),
        "changes": [_change(change) for change in incident.changes[:CHANGES_SHOWN]],
        "more_changes": max(0, len(incident.changes) - CHANGES_SHOWN),
        "first_fifteen": _first_fifteen(incident),
        "containments": [_containment(one) for one in incident.containments],
        "verified": {check: _checked(incident.verified.get(check)) for check in CHECKS},
        "severities": [
            {"severity": int(s.severity) if s.severity else 0, "at": s.at, "by": s.by, "why": s.why}
            for s in incident.spells
        ],
        "works": pulls_view(incident),
        "in_production": bool(incident.told.arrived),
        "postmortem": postmortem,
        "watch": watch_view(case, incident),
        "problems": list(case.snapshot.problems),
        **clients_view(incident, case.config, case.snapshot.repository.roles_of(incident.url)),
        **runbooks_view(case, incident),
        **card_view(case),
        **notices_view(case),
        **help_view(),
    }


def _facts(case: Case, incident: Incident) -> dict[str, object]:
    last = last_word(incident)
    return {
        "number": incident.number,
        "kind": incident.kind.value,
        "severity": int(incident.severity or Severity.SEV_2),
        "status": incident.status.value,
        "open": incident.open,
        "zone": case.config.calendar.zone,
        "adopted": incident.taken_in,
        "detected_at": incident.detected_at,
        "acknowledged": _deed(incident.acknowledged, incident),
        "mitigated": _deed(incident.mitigated, incident),
        "resolved": _deed(incident.resolved, incident),
        "last_word": {"text": last.text[:UPDATE_SHOWN], "by": last.by, "at": last.at, "public": last.public}
        if last
        else None,
        "form": {name: incident.form.get(name, "") for name in FIELDS},
        "has_clients": case.config.tells_clients,
        "services": [
            {"name": name, "look": list(one.look), "rollback": one.rollback, "owner": one.owner or ""}
            for name, one in _services(case, incident)
        ],
    }


def _services(case: Case, incident: Incident) -> list[tuple[str, Service]]:
    """The services that the incident names; all of them while it names none and there are few."""
    said = " ".join((incident.title, *incident.form.values())).lower()
    named = [(name, one) for name, one in case.config.services.items() if name.lower() in said]
    few = list(case.config.services.items()) if len(case.config.services) <= FEW_SERVICES else []
    return named or few


def _people(case: Case, incident: Incident) -> dict[str, object]:
    people = called(incident, case.config, case.snapshot.repository.codeowners)
    unheard = people == () and incident.kind is Kind.INCIDENT and incident.burning
    return {
        "lead": incident.lead,
        "crew": [login for login in incident.crew if login != incident.lead],
        "assignees": list(incident.assignees),
        "nobody_called": unheard and incident.acknowledged is None and not incident.taken_in,
    }


def _deed(deed: Deed | None, incident: Incident) -> dict[str, object] | None:
    """Who and when, and how long after detection, in seconds."""
    if deed is None:
        return None
    after = int((deed.at - incident.detected_at).total_seconds())
    return {"by": deed.by, "at": deed.at, "after": max(0, after)}


def _checked(deed: Deed | None) -> dict[str, object] | None:
    return {"by": deed.by, "at": deed.at} if deed else None


def _clock(clock: Clock, postmortem: int, merged: list[int]) -> dict[str, object]:
    """One promise; that of a post-mortem which exists is followed there alone, and a fix waits for what is merged."""
    issue = postmortem if clock.promise is Promise.POSTMORTEM else 0
    waiting = clock.promise is Promise.FIX and clock.met is None and not clock.stopped
    return {
        "promise": clock.promise.value,
        "issue": issue,
        "due": None if issue else clock.due,
        "met": clock.met,
        "late": int(clock.late.total_seconds()) if clock.late else 0,
        "stopped": clock.stopped and not issue,
        "waits_for": merged if waiting else [],
    }


def _change(change: Change) -> dict[str, object]:
    return {
        "kind": change.kind,
        "id": change.id,
        "title": change.title,
        "sha": change.sha,
        "by": change.by,
        "at": change.at,
        "previous": change.previous,
    }


def _first_fifteen(incident: Incident) -> dict[str, bool]:
    """The steps of the first fifteen minutes that the thread shows to be done."""
    return {
        "real": incident.status is not Status.INVESTIGATING or bool(incident.containments),
        "classified": incident.severity is not None,
        "team": incident.acknowledged is not None,
        "client": last_word(incident, public_only=True) is not None,
        "owned": bool(incident.lead or incident.assignees),
        "contained": bool(incident.containments) or incident.mitigated is not None,
    }


def _containment(one: Containment) -> dict[str, object]:
    return {
        "id": one.id,
        "kind": one.kind,
        "what": one.what,
        "by": one.by,
        "at": one.at,
        "until": one.until,
        "restored_by": one.restored.by if one.restored else "",
        "restored_at": one.restored.at if one.restored else None,
        "accepted": one.accepted,
    }
