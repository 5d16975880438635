"""What a thread says is owed: read from a post-mortem, an incident, a root-cause issue or a review."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from stanch.core.case import Case
from stanch.core.clock import local_date
from stanch.core.clocks import postmortem_due, postmortem_start
from stanch.core.commitment import Commitment, Kind
from stanch.core.following import Ended, Ending
from stanch.core.gate import REVIEW_OWED, ROOT_CAUSE
from stanch.core.incident import Containment, Incident
from stanch.core.marker import instant_of, marker_of
from stanch.core.postmortem import BELIEVABLE, PostMortem
from stanch.core.postmortem import KEY as POSTMORTEM
from stanch.core.severity import hung
from stanch.core.thread import Event, EventKind, Reference, Thread, home_of

ABOUT_TO_OPEN = timedelta(days=1)
"""How long a post-mortem that nobody has seen yet is thought to be on its way."""

CHILDREN = {ROOT_CAUSE: Kind.ROOT_CAUSE, REVIEW_OWED: Kind.REVIEW}


def commitments_of(case: Case) -> tuple[Commitment, ...]:
    """Everything that is or was owed on one thread."""
    if case.postmortem is not None:
        return tuple(_of_postmortem(case, case.postmortem)) if case.postmortem.tended else ()
    found = tuple(_of_child(case))
    return found or (tuple(_of_incident(case, case.incident)) if case.incident else ())


def _of_postmortem(case: Case, postmortem: PostMortem) -> Iterator[Commitment]:
    calendar, thread = case.config.calendar, case.snapshot.thread
    yield Commitment(
        Kind.POSTMORTEM,
        case.number,
        postmortem.title,
        postmortem.url,
        since=thread.at,
        owners=postmortem.writers,
        lead=postmortem.lead,
        due=local_date(postmortem.due, calendar),
        ended=Ended(Ending.DONE, _closed_at(thread) or case.now) if postmortem.finished else None,
    )
    for item in postmortem.followed:
        yield Commitment(
            Kind.ITEM,
            case.number,
            item.text,
            postmortem.url,
            since=item.since,
            part=str(item.number),
            owners=item.owners,
            lead=postmortem.lead,
            due=item.due,
            deferrals=item.deferrals,
            ended=item.ended,
        )


def _of_incident(case: Case, incident: Incident) -> Iterator[Commitment]:
    """Its containments; one that a post-mortem follows is that one's action item."""
    for one in incident.containments:
        if one.standing and not incident.open and is_followed(case, incident, one):
            continue
        restored = one.restored
        yield Commitment(
            Kind.CONTAINMENT,
            case.number,
            one.what,
            incident.url,
            since=one.at,
            part=one.id,
            owners=(one.by,),
            lead=incident.lead,
            due=local_date(one.until, case.config.calendar),
            ended=Ended(Ending.DONE, restored.at, restored.by, one.accepted) if restored else None,
        )


def _of_child(case: Case) -> Iterator[Commitment]:
    """A root-cause issue or a review that is owed: its assignees owe it until it is closed."""
    thread = case.snapshot.thread
    kind = next((kind for label, kind in CHILDREN.items() if hung(label, thread.labels)), None)
    if kind is None:
        return
    closed = None if thread.open else _closed_at(thread) or case.now
    yield Commitment(
        kind,
        case.number,
        thread.title,
        thread.url,
        since=thread.at,
        owners=thread.assignees,
        due=_stamped(case, thread),
        ended=Ended(Ending.DONE, closed) if closed else None,
    )


def _stamped(case: Case, thread: Thread) -> date | None:
    """The day that its first line states, if the bot wrote it and it can be believed."""
    marker = marker_of(thread.body) if thread.ours else None
    due = instant_of(marker.stamp.get("due", "")) if marker else None
    if due is None or not abs(due - thread.at) < BELIEVABLE:
        return None
    return local_date(due, case.config.calendar)


def _closed_at(thread: Thread) -> datetime | None:
    closings = [event.at for event in thread.events if event.kind is EventKind.CLOSED]
    return closings[-1] if closings and not thread.open else None


def is_followed(case: Case, incident: Incident, one: Containment) -> bool:
    """Whether a post-mortem follows it: one that is open and was opened after it was recorded, or opens just now."""
    number = case.children.get(case.key(POSTMORTEM))
    if case.key(POSTMORTEM) in case.sent.issues or (number is None and _about_to_open(case, incident)):
        return True
    others = set(case.children.values())
    return any(
        source.state == "open" and event.at >= one.at
        for event, source in _mentions(case)
        if (source.number == number if number else source.number not in others)
    )


def _about_to_open(case: Case, incident: Incident) -> bool:
    start = postmortem_start(incident, case.config)
    due = incident.ours and postmortem_due(incident, case.config)
    return due and start is not None and case.now - start <= ABOUT_TO_OPEN


def _mentions(case: Case) -> list[tuple[Event, Reference]]:
    """The bot's issues of this repository that mention the incident, each with when it first did: as it was opened."""
    home, found = home_of(case.snapshot.thread.url), dict[int, tuple[Event, Reference]]()
    for event in case.snapshot.thread.events:
        source = event.source
        if source and source.ours and not source.is_pull_request and home_of(source.url) == home:
            found.setdefault(source.number, (event, source))
    return list(found.values())
