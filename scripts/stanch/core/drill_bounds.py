"""What may become of a drill: a list of what is allowed, so that no new habit reaches anybody by being forgotten here.

Everything that is said in one is marked (`drill` in its view), and the words put "Drill:" before it.
"""

from collections.abc import Iterable
from dataclasses import replace

from stanch.core.case import Case
from stanch.core.channels import Channel, Kind
from stanch.core.severity import same_name
from stanch.core.wanted import (
    Alarm,
    Announce,
    Assigned,
    Card,
    Closed,
    LabelOff,
    LabelOn,
    Notice,
    Reacted,
    Unassigned,
    Want,
    Watched,
)

MARK = "drill"
"""The name in a view by which the words know a drill."""

ON_THE_THREAD = (LabelOff, Assigned, Unassigned, Reacted, Card, Notice, Closed, Watched, Alarm)

OWN_LABELS = ("false-alarm",)
"""Labels beside the severities: what a drill contains is no debt, so it does not bear the label of one."""

ENDS = frozenset({Kind.ACKNOWLEDGED, Kind.RESOLVED})
"""What only ends a page: an incident that was paged in earnest before somebody called it a drill is ended there."""


def bounded(case: Case, wants: Iterable[Want]) -> tuple[Want, ...]:
    """What is wanted of a case; of a drill only what stays on its thread, and says what it is."""
    if case.incident is None or not case.incident.drill:
        return tuple(wants)
    return tuple(_marked(want) for want in wants if _may_be(case, want))


def _may_be(case: Case, want: Want) -> bool:
    if isinstance(want, LabelOn):
        return case.config.severity_of(want.name) is not None or same_name(want.name) in map(same_name, OWN_LABELS)
    if isinstance(want, Announce):
        return _may_leave(case, want)
    return isinstance(want, ON_THE_THREAD)


def _may_leave(case: Case, want: Announce) -> bool:
    """Never a page, nor what clients might read; the rest where the team wants it."""
    if want.channel is Channel.PAGERDUTY:
        return want.kind in ENDS
    return case.config.drills.marked and want.kind is not Kind.PUBLIC_UPDATE


def _marked(want: Want) -> Want:
    if not isinstance(want, Alarm | Announce | Card | Notice):
        return want
    said = replace(want, text=replace(want.text, view={**want.text.view, MARK: True}))
    return replace(said, drill=True) if isinstance(said, Announce) else said
