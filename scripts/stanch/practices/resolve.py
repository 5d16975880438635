"""Resolve: what was ordered closed is closed; what a person closed or reopened is left as it is."""

from collections.abc import Iterator

from stanch.core.case import Case
from stanch.core.incident import Status
from stanch.core.severity import hung
from stanch.core.thread import CloseReason
from stanch.core.wanted import Closed, LabelOff, LabelOn, Want

FALSE_ALARM = "false-alarm"


def resolve(case: Case) -> Iterator[Want]:
    incident = case.incident
    if incident is None or not incident.ours:
        return
    false_alarm = incident.status is Status.FALSE_ALARM
    if incident.closes_itself:
        yield Closed(CloseReason.NOT_PLANNED if false_alarm else CloseReason.COMPLETED)
    label = hung(FALSE_ALARM, incident.labels)
    if false_alarm and not label:
        yield LabelOn(FALSE_ALARM)
    taken_back = any(change.status is Status.FALSE_ALARM for change in incident.history)
    if taken_back and not false_alarm and label:
        yield LabelOff(label)
