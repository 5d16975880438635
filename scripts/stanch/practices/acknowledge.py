"""Acknowledge: `/ack` says that somebody looks, `/take` also assigns.

Being assigned shows on the card and stops no clock: who assigned whom cannot be read reliably.
"""

from collections.abc import Iterator

from stanch.core.case import Case
from stanch.core.wanted import Assigned, Want


def acknowledge(case: Case) -> Iterator[Want]:
    incident = case.incident
    if incident is None or not incident.burning:
        return
    for login in incident.wanted_assignees:
        yield Assigned(case.key("assign", login.lower()), login)
