"""Resolve: what was ordered closed is closed; what a person closed or reopened is left as it is."""

from collections.abc import Iterator

from stanch.core.case import Case
from stanch.core.incident import Status
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
    if false_alarm and FALSE_ALARM not in incident.labels:
        yield LabelOn(FALSE_ALARM)
    taken_back = any(change.status is Status.FALSE_ALARM for change in incident.history)
    if taken_back and not false_alarm and FALSE_ALARM in incident.labels:
        yield LabelOff(FALSE_ALARM)
