"""Contain: what stopped the bleeding is debt until it is removed or accepted for good.

While the incident is open, and at SEV-3 and SEV-4 also after it was closed, its owner is asked about it when
its time is up and weekly from then on, on working days at 09:00 team time. After a SEV-1 or SEV-2 the
post-mortem follows it.
"""

from collections.abc import Iterator

from stanch.core.case import Case
from stanch.core.clock import morning_has_come, newest_weekly_morning, next_working_morning
from stanch.core.clocks import postmortem_due
from stanch.core.incident import Containment
from stanch.core.severity import hung
from stanch.core.wanted import LabelOff, LabelOn, Notice, Text, Want

LABEL = "containment"


def contain(case: Case) -> Iterator[Want]:
    incident = case.incident
    if incident is None:
        return
    label = hung(LABEL, incident.labels)
    if incident.standing and not label:
        yield LabelOn(LABEL)
    if not incident.standing and incident.containments and label:
        yield LabelOff(label)
    if incident.open or not (incident.ours and postmortem_due(incident, case.config)):
        for one in incident.standing:
            yield from _reminder(case, one)


def _reminder(case: Case, one: Containment) -> Iterator[Want]:
    first = next_working_morning(one.until, case.config.calendar)
    slot = newest_weekly_morning(first, case.now, case.config.calendar)
    if slot is None or not morning_has_come(case.now, case.config.calendar):
        return
    view = {
        "id": one.id,
        "kind": one.kind,
        "what": one.what,
        "owner": one.by,
        "until": one.until,
        "zone": case.config.calendar.zone,
    }
    key = case.key("contain", one.id, slot.strftime("%Y-%m-%d"))
    yield Notice(key, Text("comments/containment_due", view), slot)
