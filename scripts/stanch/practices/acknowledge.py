"""Acknowledge: `/ack` says that somebody looks, `/take` also assigns, `/handoff` assigns somebody else instead.

Being assigned shows on the card and stops no clock: who assigned whom cannot be read reliably.
"""

from collections.abc import Iterator

from stanch.core.case import Case
from stanch.core.incident import Assignment
from stanch.core.wanted import Assigned, Unassigned, Want


def acknowledge(case: Case) -> Iterator[Want]:
    incident = case.incident
    if incident is None or not incident.burning:
        return
    for one in incident.assignments:
        if one.on and not _made_before(case, one):
            yield Assigned(_key(case, "assign", one), one.login, one.at)
        elif not one.on:
            yield Unassigned(_key(case, "unassign", one), one.login, one.at)


def _key(case: Case, kind: str, one: Assignment) -> str:
    comment_id, line = one.place
    return case.key(kind, one.login.lower(), comment_id, line)


def _made_before(case: Case, one: Assignment) -> bool:
    """Cards written before keys had a place know a person once: that settles every command that they know of."""
    places = {record.place for record in case.ledger.records}
    return case.key("assign", one.login.lower()) in case.ledger.delivered and one.place in places
