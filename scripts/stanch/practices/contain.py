"""Contain: what stopped the bleeding is debt until it is removed or accepted for good.

A label shows where some still stands, whether the incident is open or closed: by it the sweep finds what has to be
asked about.
"""

from collections.abc import Iterator

from stanch.core.case import Case
from stanch.core.severity import hung
from stanch.core.wanted import LabelOff, LabelOn, Want

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
