"""What a thread says is owed: read from a post-mortem, an incident, a root-cause issue or a review."""

from collections.abc import Iterator
from datetime import date, datetime

from stanch.core.case import Case
from stanch.core.clock import local_date
from stanch.core.commitment import Commitment, Kind
from stanch.core.following import Ended, Ending
from stanch.core.gate import REVIEW_OWED, ROOT_CAUSE
from stanch.core.incident import Incident
from stanch.core.marker import instant_of, marker_of
from stanch.core.postmortem import BELIEVABLE, PostMortem
from stanch.core.severity import hung
from stanch.core.thread import CloseReason, EventKind, Thread

CHILDREN = {ROOT_CAUSE: Kind.ROOT_CAUSE, REVIEW_OWED: Kind.REVIEW}


def commitments_of(case: Case) -> tuple[Commitment, ...]:
    """Everything that is or was owed on one thread; nothing that was only played."""
    if case.postmortem is not None:
        return tuple(_of_postmortem(case, case.postmortem)) if case.postmortem.tended else ()
    if case.incident is not None and case.incident.drill:
        return ()
    return (*_of_child(case), *(_of_incident(case, case.incident) if case.incident else ()))


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
        ended=Ended(_how(thread), _finished_at(case, postmortem)) if postmortem.finished else None,
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
            incident=postmortem.incident or 0,
        )


def _of_incident(case: Case, incident: Incident) -> Iterator[Commitment]:
    """Its containments, open or closed: debt outlives its incident."""
    for one in incident.containments:
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
        ended=Ended(_how(thread), closed) if closed else None,
    )


def _stamped(case: Case, thread: Thread) -> date | None:
    """The day that its first line states, if the bot wrote it and it can be believed."""
    marker = marker_of(thread.body) if thread.ours else None
    due = instant_of(marker.stamp.get("due", "")) if marker else None
    if due is None or not abs(due - thread.at) < BELIEVABLE:
        return None
    return local_date(due, case.config.calendar)


def _how(thread: Thread) -> Ending:
    """What was closed as not planned was dropped."""
    return Ending.DROPPED if thread.reason is CloseReason.NOT_PLANNED else Ending.DONE


def _finished_at(case: Case, postmortem: PostMortem) -> datetime:
    """When it was closed, else reviewed."""
    return _closed_at(case.snapshot.thread) or (postmortem.reviewed.at if postmortem.reviewed else case.now)


def _closed_at(thread: Thread) -> datetime | None:
    closings = [event.at for event in thread.events if event.kind is EventKind.CLOSED]
    return closings[-1] if closings and not thread.open else None
