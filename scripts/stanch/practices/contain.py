"""Contain: what stopped the bleeding is debt until it is removed or accepted for good.

Its owner is asked about it on the incident when its time is up and weekly from then on, on working days at 09:00
team time, whether the incident is open or closed. Once the incident is closed, an open post-mortem that knows of it
follows it instead.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from stanch.core.case import Case
from stanch.core.clock import morning_has_come, newest_weekly_morning, next_working_morning
from stanch.core.clocks import postmortem_due, postmortem_start
from stanch.core.incident import Containment, Incident
from stanch.core.postmortem import KEY as POSTMORTEM
from stanch.core.severity import hung
from stanch.core.thread import Reference, home_of
from stanch.core.wanted import LabelOff, LabelOn, Notice, Text, Want

LABEL = "containment"

ABOUT_TO_OPEN = timedelta(days=1)
"""How long a post-mortem that nobody has seen yet is thought to be on its way."""


def contain(case: Case) -> Iterator[Want]:
    incident = case.incident
    if incident is None:
        return
    label = hung(LABEL, incident.labels)
    if incident.standing and not label:
        yield LabelOn(LABEL)
    if not incident.standing and incident.containments and label:
        yield LabelOff(label)
    for one in incident.standing:
        if incident.open or not _followed(case, incident, one):
            yield from _reminder(case, one)


def _followed(case: Case, incident: Incident, one: Containment) -> bool:
    """Whether a post-mortem follows it: one that is open and was opened after it was recorded, or opens just now."""
    number = case.children.get(case.key(POSTMORTEM))
    if case.key(POSTMORTEM) in case.sent.issues or (number is None and _about_to_open(case, incident)):
        return True
    others = set(case.children.values())
    return any(
        source.state == "open" and at >= one.at
        for at, source in _mentions(case)
        if (source.number == number if number else source.number not in others)
    )


def _about_to_open(case: Case, incident: Incident) -> bool:
    start = postmortem_start(incident, case.config)
    due = incident.ours and postmortem_due(incident, case.config)
    return due and start is not None and case.now - start <= ABOUT_TO_OPEN


def _mentions(case: Case) -> Iterable[tuple[datetime, Reference]]:
    """The bot's issues of this repository that mention the incident, each with when it first did: as it was opened."""
    home, found = home_of(case.snapshot.thread.url), dict[int, tuple[datetime, Reference]]()
    for event in case.snapshot.thread.events:
        source = event.source
        if source and source.ours and not source.is_pull_request and home_of(source.url) == home:
            found.setdefault(source.number, (event.at, source))
    return found.values()


def _reminder(case: Case, one: Containment) -> Iterator[Want]:
    first = next_working_morning(max(one.until, one.at + timedelta(seconds=1)), case.config.calendar)
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
