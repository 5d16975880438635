"""Whose permission has to be asked before a thread can be judged: a pure question between two reads."""

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from stanch.core.arguments import ME
from stanch.core.calls import Call, read
from stanch.core.commands import Verb
from stanch.core.dashboard import is_dashboard
from stanch.core.ledger import Ledger
from stanch.core.reviewing import reviews
from stanch.core.runbooks.naming import called
from stanch.core.runbooks.use import FAILED
from stanch.core.snapshot import Snapshot, card_in_sight, ledger_of
from stanch.core.swaps import askers, is_handover
from stanch.core.thread import GHOST, Comment, EventKind
from stanch.core.timeline import (
    declares,
    form_of,
    form_severity,
    label_key,
    may_hold_commands,
    people_behind,
    set_by_author,
)
from stanch.core.traces import traces_of

MOST_ASSIGNED = 10
"""People whom one look asks about because somebody gave them an item."""


def questions(snapshot: Snapshot) -> frozenset[str]:
    """The logins whose permission is not yet known and matters; empty on a quiet look."""
    if snapshot.thread.is_pull_request:
        return frozenset()
    if is_dashboard(snapshot.thread):
        return frozenset(login for one in reviews(snapshot) for login in one.people) - {GHOST} - set(snapshot.access)
    if is_handover(snapshot):
        return askers(snapshot) - set(snapshot.access)
    ledger = ledger_of(snapshot.thread)
    asked = {*_declarers(snapshot, ledger), *_commanders(snapshot, ledger)}
    return frozenset(asked - {GHOST} - set(snapshot.access))


def _declarers(snapshot: Snapshot, ledger: Ledger) -> Iterator[str]:
    thread = snapshot.thread
    for event in thread.events:
        severe = event.kind is EventKind.LABELED and snapshot.config.severity_of(event.subject) is not None
        if severe and set_by_author(snapshot, event) and label_key(event) not in ledger.declarations:
            yield event.actor.login
    known = any(key.startswith("form/") for key in ledger.declarations)
    if not known and form_severity(form_of(snapshot), snapshot) is not None:
        yield from (p.login for p in (thread.author, thread.editor) if p and not p.is_bot)


def _commanders(snapshot: Snapshot, ledger: Ledger) -> Iterator[str]:
    traces = traces_of(snapshot, ledger)
    calls = {c: _calls(snapshot, c) for c in snapshot.thread.comments if may_hold_commands(traces, c)}
    if _touched(snapshot) or any(declares(call) for said in calls.values() for call in said):
        yield from (login for comment, said in calls.items() if said for login in people_behind(traces, comment))
        if any(snapshot.config.is_postmortem(label) for label in snapshot.thread.labels):
            yield from islice(_assigned(snapshot, chain.from_iterable(calls.values())), MOST_ASSIGNED)
        yield from islice(_owners(snapshot, chain.from_iterable(calls.values())), MOST_ASSIGNED)


def _assigned(snapshot: Snapshot, calls: Iterable[Call]) -> Iterator[str]:
    """Who is given an item and may be a stranger here: once, when it is said."""
    known = {ME, *(login.lower() for login in snapshot.config.people)}
    logins = ((call.arguments or {}).get("login", "") for call in calls if call.verb is Verb.ASSIGN)
    return (login for login in dict.fromkeys(logins) if login and login.lower() not in known)


def _owners(snapshot: Snapshot, calls: Iterable[Call]) -> Iterator[str]:
    """Whose runbook failed: who cannot be given its issue is not, once, when it is said."""
    said = [call.arguments for call in calls if call.verb is Verb.RUNBOOK and call.arguments]
    books = (snapshot.shelf.named(called(snapshot.shelf, one["runbook"])) for one in said if one["verdict"] == FAILED)
    return (owner for owner in dict.fromkeys(book.owner for book in books if book) if owner)


def _calls(snapshot: Snapshot, comment: Comment) -> tuple[Call, ...]:
    return read(comment.body, comment.at, snapshot.config.calendar.zone)


def _touched(snapshot: Snapshot) -> bool:
    """Whether the thread is, was or asks to be an incident or a client report, or is a post-mortem."""
    config = snapshot.config
    names = {event.subject for event in snapshot.thread.events if event.kind is EventKind.LABELED}
    names |= set(snapshot.thread.labels)
    if any(config.severity_of(name) is not None or config.is_client_report(name) for name in names):
        return True
    if any(config.is_postmortem(name) for name in snapshot.thread.labels):
        return True
    return card_in_sight(snapshot.thread) is not None or form_severity(form_of(snapshot), snapshot) is not None
