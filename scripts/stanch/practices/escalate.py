"""Escalate: while nobody answers, the next person is asked; when a shift ends, whoever is on call then."""

from collections.abc import Iterator

from stanch.core.case import Case
from stanch.core.escalation import (
    ROUNDS,
    Cause,
    Escalation,
    Step,
    asked,
    asks,
    escalation,
    hurts_since,
    ladder,
    newest_and_next,
)
from stanch.core.incident import Incident
from stanch.core.marker import stamp_of
from stanch.core.relief import Relief, relief
from stanch.core.wanted import Notice, Text, Want


def escalate(case: Case) -> Iterator[Want]:
    incident, running = case.incident, escalation(case)
    if incident is None or not asks(incident, case):
        return
    if running is not None and _key(case, running, running.steps[-1]) not in case.settled:
        for step in newest_and_next(running.steps, case.now):
            yield from _ask(case, incident, running, step)
    relieved = relief(incident, case.config.oncall, case.now)
    if relieved is not None:
        yield _relieve(case, incident, relieved)


def _key(case: Case, running: Escalation, step: Step) -> str:
    return case.key("escalate", stamp_of(running.since), step.name)


def _ask(case: Case, incident: Incident, running: Escalation, step: Step) -> Iterator[Want]:
    """One notice, which stands for the earlier ones that were never sent."""
    rung = asked(case, incident, running.cause, step)
    if rung is None:
        return
    earlier = (_key(case, running, one) for one in running.steps if one.ordinal < step.ordinal)
    missed = tuple(key for key in earlier if key not in case.settled)
    everybody = ladder(case, incident, running.cause, step.due)
    view = {
        **_view(case, incident, running, step),
        "people": [one.login for one in everybody] if step.last else [rung.login],
        "role": "" if step.last else rung.role,
        "unconfirmed": not incident.confirmed,
    }
    acted = running.cause is Cause.REOPENED and step.ordinal == 0
    key = _key(case, running, step)
    yield Notice(key, Text("comments/escalate", view), step.due, covers=missed, timed=not acted)


def _view(case: Case, incident: Incident, running: Escalation, step: Step) -> dict[str, object]:
    deed = incident.acknowledged
    return {
        "cause": running.cause.value,
        "severity": int(incident.severity or 0),
        "last": step.last,
        "round": step.turn,
        "rounds": ROUNDS,
        "alone": running.rungs == 1,
        "since": running.since,
        "waited": max(0, int((case.now - running.since).total_seconds())),
        "acknowledged": {"by": deed.by, "at": deed.at} if deed else None,
        "due": step.due,
        "late": max(0, int((case.now - step.due).total_seconds())),
        "detected_at": incident.detected_at,
        "zone": case.config.calendar.zone,
    }


def _relieve(case: Case, incident: Incident, relieved: Relief) -> Notice:
    """Owed from when the shift ended, or from when users were hurt again since."""
    due = max(relieved.at, hurts_since(incident))
    view = {
        "login": relieved.login,
        "before": relieved.before,
        "layer": relieved.layer,
        "severity": int(incident.severity or 0),
        "due": relieved.at,
        "late": max(0, int((case.now - relieved.at).total_seconds())),
        "detected_at": incident.detected_at,
        "zone": case.config.calendar.zone,
    }
    key, timed = case.key("shift", stamp_of(relieved.at)), due == relieved.at
    return Notice(key, Text("comments/shift", view), due, timed=timed)
