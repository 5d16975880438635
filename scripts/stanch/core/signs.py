"""When somebody of the team last gave a sign of being at work on an incident, as far as the thread shows it."""

from collections.abc import Iterator
from datetime import datetime

from stanch.core.client_check import UNFIT
from stanch.core.commands import TABLE
from stanch.core.game import is_played
from stanch.core.incident import Incident
from stanch.core.ledger import Record
from stanch.core.thread import Thread


def last_sign(incident: Incident, thread: Thread) -> datetime:
    """The newest act that a person did about it (UTC): a command, a word, a change of state, work that was linked.

    A comment without a command counts from whoever takes part already: a client who asks is not at work.
    """
    return max((incident.opened_at, *_acts(incident), *_said(incident, thread)))


def crew(incident: Incident) -> frozenset[str]:
    """Whoever takes part, in lower case: by a command, by leading or by being assigned."""
    commanders = (record.by for record in incident.records if _at_work(record))
    acknowledged = incident.acknowledged.by if incident.acknowledged else ""
    named = {*incident.crew, *incident.assignees, *commanders, incident.lead, acknowledged}
    return frozenset(login.lower() for login in named if login)


def _at_work(record: Record) -> bool:
    """Whether a command tells that somebody who may command is at work: it was done, or only its words were refused."""
    return (record.accepted or record.refusal in UNFIT) and record.verb in TABLE


def _acts(incident: Incident) -> Iterator[datetime]:
    yield from (spell.at for spell in incident.spells)
    yield from (record.at for record in incident.records if _at_work(record))
    yield from (change.at for change in incident.history)
    yield from (hand.at for hand in incident.hands)
    yield from (work.at for work in incident.works)
    yield from (one.at for one in incident.told.merged.values())
    yield from incident.told.arrived
    if incident.acknowledged is not None:
        yield incident.acknowledged.at


def _said(incident: Incident, thread: Thread) -> Iterator[datetime]:
    at_work = crew(incident)
    for comment in thread.comments:
        said = not comment.author.is_bot and not comment.ours and not is_played(comment)
        if said and comment.author.login.lower() in at_work:
            yield comment.at
