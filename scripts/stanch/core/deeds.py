"""What each command does to an incident: one deed per verb.

A deed returns the code of a refusal, or an empty string when it was done. It sees only what stood in the
thread before it.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from stanch.core.arguments import ME
from stanch.core.clock import from_local
from stanch.core.commands import Verb
from stanch.core.hands import Hand, Part
from stanch.core.incident import Containment, Deed, Note, Status, Update
from stanch.core.ledger import Record
from stanch.core.runbooks.use import WORKED, Use
from stanch.core.severity import Severity, severity_of
from stanch.core.unfolding import LONGEST_ON_SEV_1, State


def _ack(state: State, record: Record, url: str) -> str:
    if state.acknowledged is not None and record.by not in state.crew:
        state.hands.append(Hand(record.by, Part.ON, record.at, record.by, url))
    working(state, record, url)
    if record.by not in state.crew:
        state.crew.append(record.by)
    if state.lead.lower() in {"", record.by.lower()}:
        state.lead = record.by
    return ""


def _take(state: State, record: Record, url: str) -> str:
    state.assign(record.by, record, on=True)
    return _ack(state, record, url)


def working(state: State, record: Record, url: str) -> None:
    """Whoever reports from the work has seen it: nobody has to be called for the acknowledgement."""
    if state.acknowledged is None:
        state.acknowledged = Deed(record.by, record.at, url)


def _sev(state: State, record: Record, url: str) -> str:
    severity = severity_of(record.arguments["severity"], {})
    if severity is None:
        return "no-severity"
    state.commanded.add(severity)
    state.confirmed = True
    state.rate(severity, Deed(record.by, record.at, url), record.arguments.get("text", ""))
    if "misjudged" in record.arguments:
        state.misjudged, state.weighed_from = True, len(state.spells) - 1
    return ""


def _person(state: State, record: Record) -> str:
    """Whom a command names, as GitHub spells the name where that is known."""
    login = record.arguments["login"]
    if login.lower() == ME:
        return record.by
    return next((one for one in (*state.crew, record.by) if one.lower() == login.lower()), login)


def _lead(state: State, record: Record, url: str) -> str:
    state.lead = _person(state, record)
    state.hands.append(Hand(state.lead, Part.LEAD, record.at, record.by, url))
    return ""


def _handoff(state: State, record: Record, url: str) -> str:
    before = state.lead
    _lead(state, record, url)
    if before and before.lower() != state.lead.lower():
        state.assign(before, record, on=False)
    state.assign(state.lead, record, on=True)
    return ""


def _comms(state: State, record: Record, url: str) -> str:
    state.comms = _person(state, record)
    state.hands.append(Hand(state.comms, Part.COMMS, record.at, record.by, url))
    return ""


def _status(state: State, record: Record, url: str) -> str:
    working(state, record, url)
    state.move(Status(record.arguments["status"]), record.at, record.by, url)
    state.ordered_closed = state.status is Status.RESOLVED
    return _told(state, record, url, public=False) if record.arguments.get("text") else ""


def _told(state: State, record: Record, url: str, *, public: bool) -> str:
    """Record a word; it ends what was put off before it."""
    state.snoozed_until = None
    state.updates.append(Update(record.arguments["text"], record.at, record.by, public, url))
    return ""


def _update(state: State, record: Record, url: str) -> str:
    working(state, record, url)
    return _told(state, record, url, public=True)


def _timeline(state: State, record: Record, url: str) -> str:
    when = datetime.fromisoformat(record.arguments["when"])
    state.notes.append(Note(record.arguments["text"], when, record.by, url))
    return ""


def _contain(state: State, record: Record, url: str) -> str:
    working(state, record, url)
    until = record.at + state.calendar_expiry
    if "until" in record.arguments:
        day = date.fromisoformat(record.arguments["until"])
        until = from_local(day, state.calendar.closing, state.calendar)
    kind, what = record.arguments["kind"], record.arguments["what"]
    state.containments.append(Containment(state.next_containment, kind, what, record.by, record.at, until, url=url))
    return ""


def _restore(state: State, record: Record, url: str) -> str:
    for place, one in enumerate(state.containments):
        if one.id == record.arguments["id"]:
            if not one.standing:
                return "already-restored"
            done, why = Deed(record.by, record.at, url), record.arguments.get("text", "")
            state.containments[place] = replace(one, restored=done, accepted=why)
            return ""
    return "no-such-containment"


def _verify(state: State, record: Record, url: str) -> str:
    for check in record.arguments["check"].split():
        state.verified[check] = Deed(record.by, record.at, url)
    return ""


def _runbook(state: State, record: Record, url: str) -> str:
    """Of each runbook everybody's last word counts. Whoever follows one while it burns is at work."""
    if not state.ending:
        working(state, record, url)
    name, worked = record.arguments["runbook"], record.arguments["verdict"] == WORKED
    state.uses.pop((name, record.by.lower()), None)
    use = Use(name, record.by, record.at, worked=worked, why=record.arguments.get("text", ""), url=url)
    state.uses[name, record.by.lower()] = use
    return ""


def _snooze(state: State, record: Record, _url: str) -> str:
    """Put the next word off, once between two words. It acknowledges nothing."""
    length = timedelta(seconds=int(record.arguments["seconds"]))
    if state.snoozed_until is not None:
        return "snoozed-already"
    if state.severity is Severity.SEV_1 and length > LONGEST_ON_SEV_1:
        return "too-long-on-sev-1"
    state.snoozed_at, state.snoozed_until = record.at, record.at + length
    return ""


def _resolve(state: State, record: Record, url: str) -> str:
    working(state, record, url)
    state.move(Status.RESOLVED, record.at, record.by, url)
    state.ordered_closed = True
    return _told(state, record, url, public=False) if record.arguments.get("text") else ""


def _false_alarm(state: State, record: Record, url: str) -> str:
    state.move(Status.FALSE_ALARM, record.at, record.by, url)
    state.ordered_closed = True
    return ""


def _nothing(_state: State, _record: Record, _url: str) -> str:
    return ""


def _on_the_pull(_state: State, _record: Record, _url: str) -> str:
    return "on-the-pull"


def _on_the_postmortem(_state: State, _record: Record, _url: str) -> str:
    return "on-the-postmortem"


DEEDS: Mapping[Verb, Callable[[State, Record, str], str]] = {
    Verb.ACK: _ack,
    Verb.TAKE: _take,
    Verb.SEV: _sev,
    Verb.LEAD: _lead,
    Verb.HANDOFF: _handoff,
    Verb.COMMS: _comms,
    Verb.STATUS: _status,
    Verb.UPDATE: _update,
    Verb.UPDATE_ANYWAY: _update,
    Verb.TIMELINE: _timeline,
    Verb.CONTAIN: _contain,
    Verb.RESTORE: _restore,
    Verb.VERIFY: _verify,
    Verb.RUNBOOK: _runbook,
    Verb.SNOOZE: _snooze,
    Verb.RESOLVE: _resolve,
    Verb.FALSE_ALARM: _false_alarm,
    Verb.WAIVE: _on_the_pull,
    Verb.RECHECK: _nothing,
    Verb.DONE: _on_the_postmortem,
    Verb.DEFER: _on_the_postmortem,
    Verb.DROP: _on_the_postmortem,
    Verb.ASSIGN: _on_the_postmortem,
    Verb.REVIEWED: _on_the_postmortem,
    Verb.HELP: _nothing,
}
