"""What the next card has to remember: everything the last one did, and what is seen to have happened since."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from stanch.core.adding import added, shared, to_add
from stanch.core.case import Case
from stanch.core.ledger import Ledger
from stanch.core.lengthening import remembered_forms
from stanch.core.marker import child_marker, marker_of, trusted_marker
from stanch.core.reminding import reminded_on
from stanch.core.sending import posted
from stanch.core.sent import Sent
from stanch.core.snapshot import card_in_sight, card_key
from stanch.core.thread import Child, Comment, EventKind, home_of
from stanch.core.timeline import verdicts
from stanch.core.traces import deletions
from stanch.core.wanted import Assigned, Card, ChildIssue, LongForm, Notice, Told, Unassigned, Want
from stanch.core.watching import refused, refused_key
from stanch.core.writes import AddAssignees, RemoveAssignees

ASSIGNED = -1
"""In place of a comment's id: an effect that left no comment here."""

DELETED = 0
"""In place of a comment's id: a person deleted it, or nobody answered what its id is."""

CHANGES_KEPT = 30

REMINDERS_KEPT = timedelta(days=7)
"""How far behind the newest reminder of a thread an older one is still remembered."""


def remembered(case: Case, wanted: Iterable[Want], sent: Sent) -> Ledger:
    """The ledger that belongs into the card now."""
    incident, wants = case.incident, tuple(wanted)
    known = case.ledger
    delivered = _delivered(case, wants, sent)
    seen = {change.id for change in known.changes}
    changes = incident.changes if incident else ()
    return replace(
        known,
        records=case.records,
        delivered=_with_watch(case, _young(delivered)),
        children={**shared(case, wants), **_children(case, sent)},
        declarations={**known.declarations, **verdicts(case.snapshot, known)},
        changes=(*known.changes, *(c for c in changes if c.id not in seen))[:CHANGES_KEPT],
        explained=known.explained + _lost_card(case, wants) + _forgotten(case, delivered),
        adopted=incident.adopted if incident else known.adopted,
        gate=case.pull.memory if case.pull else known.gate,
        hotfixes=incident.told if incident else known.hotfixes,
        items=case.postmortem.sighted if case.postmortem else known.items,
        outbox=posted(case, wants, sent),
    )


def _delivered(case: Case, wants: tuple[Want, ...], sent: Sent) -> dict[str, int]:
    card = card_key(case.number)
    found = {key: id_ for key, id_ in sent.comments.items() if key != card}
    for comment in sorted(case.snapshot.thread.comments, key=lambda one: one.id, reverse=True):
        marker = trusted_marker(comment)
        if marker is not None and marker.key != card:
            found |= dict.fromkeys((marker.key, *marker.covers), comment.id)
    found |= dict(_told_elsewhere(case, wants))
    found |= {key: DELETED for key in swallowed(case, wants) if key not in found}
    found |= dict.fromkeys(assigned(case, wants, sent), ASSIGNED)
    found |= dict.fromkeys((*remembered_forms(case, wants, sent), *added(case, wants, sent)), ASSIGNED)
    return {
        **case.ledger.delivered,
        **{k: v for k, v in found.items() if v or k not in case.ledger.delivered},
    }


def _young(delivered: Mapping[str, int]) -> dict[str, int]:
    """Without the reminders that lie so far behind the newest one that no sweep can ask for them again.

    Counted from a fact, not from now: a card changes with a fact only.
    """
    newest = max((day for key in delivered if (day := reminded_on(key))), default=None)
    return {
        key: id_
        for key, id_ in delivered.items()
        if newest is None or (day := reminded_on(key)) is None or newest - day <= REMINDERS_KEPT
    }


def _with_watch(case: Case, delivered: Mapping[str, int]) -> dict[str, int]:
    """With the fact that no watcher can be started, for as long as it is one."""
    others = {key: id_ for key, id_ in delivered.items() if key != refused_key(case)}
    return {**others, refused_key(case): ASSIGNED} if refused(case) else others


def _forgotten(case: Case, delivered: Mapping[str, int]) -> int:
    """How many deletions lose their explanation, because the reminder that was deleted is remembered no more."""
    old, here = case.ledger.delivered.keys() - _young(delivered).keys(), _here(case)
    return sum(case.ledger.delivered[key] not in here for key in old)


def _told_elsewhere(case: Case, wants: tuple[Want, ...]) -> Iterator[tuple[str, int]]:
    """What stands on another thread that was read beside this one, whichever run wrote it."""
    wanted = {want.key for want in wants if isinstance(want, Told)}
    threads = case.pull.gathered.beside.threads.values() if wanted and case.pull else ()
    for comment in (one for thread in threads if thread is not None for one in thread.comments):
        marker = trusted_marker(comment)
        if marker is not None and marker.key in wanted:
            yield marker.key, comment.id


def assigned(case: Case, wants: Iterable[Want], sent: Sent) -> Iterator[str]:
    """The keys of assignments that were made since they were ordered, or ended, by us or by anybody.

    Whoever was put on or taken off after the order was on and off by then: what comes of it is people's business.
    """
    thread = case.snapshot.thread
    there = {login.lower() for login in thread.assignees}
    put = {login.lower() for write in sent.writes if isinstance(write, AddAssignees) for login in write.logins}
    taken = {login.lower() for write in sent.writes if isinstance(write, RemoveAssignees) for login in write.logins}
    moved = {e.subject.lower(): e.at for e in thread.events if e.kind in {EventKind.ASSIGNED, EventKind.UNASSIGNED}}
    for want in wants:
        if isinstance(want, Assigned | Unassigned):
            login, joins = want.login.lower(), isinstance(want, Assigned)
            done = login in there | put if joins else login not in there or login in taken
            if done or (login in moved and moved[login] > want.since):
                yield want.key


def _children(case: Case, sent: Sent) -> dict[str, int]:
    """Every child by its key, the lowest number of each; other issues of ours that were looked at, by number."""
    known = dict(case.ledger.children)
    for child in sorted(case.snapshot.children or (), key=lambda one: one.number):
        marker = child_marker(child)
        mine = marker is not None and marker.key.startswith(f"{case.number}/")
        if marker is not None and mine and known.setdefault(marker.key, child.number) == child.number:
            continue
        if not mine or not child.open:
            known.setdefault(f"other/{child.number}", child.number)
    return {**{key: number for key, number in sent.issues.items() if number}, **known}


def children_to_read(case: Case, wanted: Iterable[Want], sent: Sent) -> tuple[int, ...] | None:
    """The issues to read before what is wanted is planned, beside the newest; None when none has to be read."""
    wants = tuple(wanted)
    keys = [want.key for want in wants if isinstance(want, ChildIssue)]
    asking = bool(keys) or bool(case.incident and case.incident.has_card)
    numbers = children_to_ask(case, keys, sent) if asking else None
    further = (*(want.number for want in wants if isinstance(want, LongForm)), *to_add(case, wants, sent))
    return None if numbers is None and not further else (*(numbers or ()), *further)


def children_to_ask(case: Case, wanted_keys: Iterable[str], sent: Sent) -> tuple[int, ...] | None:
    """The issues of ours that mention this one and were never looked at; None when nothing has to be asked.

    A child is looked for before it is created, and again when a second one may have appeared.
    """
    known = set(case.ledger.children.values()) | set(sent.issues.values())
    home = home_of(case.snapshot.thread.url)
    strangers = tuple(
        event.source.number
        for event in case.snapshot.thread.events
        if event.source is not None
        and event.source.ours
        and not event.source.is_pull_request
        and event.source.number not in known
        and home_of(event.source.url) == home
    )
    missing = [key for key in wanted_keys if key not in case.ledger.children and key not in sent.issues]
    return strangers[-20:] if strangers or missing else None


def to_open(case: Case, wants: Iterable[Want], sent: Sent) -> Iterator[ChildIssue]:
    """The children that are missing. Who did not look may not conclude that there is none."""
    if case.snapshot.children is None:
        return
    wants = tuple(wants)
    known = {**shared(case, wants), **case.ledger.children, **_children(case, sent)}
    for want in wants:
        if isinstance(want, ChildIssue) and want.key not in known and want.key not in sent.issues:
            yield want


def copies_of(case: Case) -> Iterator[Child]:
    """Second children of one key that are still open: two runs raced, and the lowest number stays."""
    known = _children(case, Sent())
    for child in case.snapshot.children or ():
        marker = child_marker(child)
        if marker and child.open and known.get(marker.key, child.number) != child.number:
            yield child


def swallowed(case: Case, wants: Iterable[Want]) -> tuple[str, ...]:
    """The notices that a person deleted before the card knew of them: they count as delivered.

    GitHub tells that a comment of the bot was deleted and when, not which. One that is known to be gone
    explains one deletion; every other deletion stands for one notice that was due before it.
    """
    wants = tuple(wants)
    left = sorted(_losses(case))[_explained(case, wants) :]
    unexplained = left[: max(0, len(left) - _gone_today(case))]
    owed = sorted(_undelivered(case, wants), key=lambda notice: notice.due)
    stood_for: list[Notice] = []
    for at in unexplained:
        stood_for += [one for one in owed if one.due <= at and one not in stood_for][:1]
    return tuple(notice.key for notice in stood_for)


def _gone_today(case: Case) -> int:
    """How many of today's reminders stood here and are gone, by the dashboard, where no card knows: they went last."""
    told = case.owed.reminded if case.owed else frozenset()
    return sum(key.startswith(f"{case.number}/") for key in told - case.settled)


def _undelivered(case: Case, wants: Iterable[Want]) -> list[Notice]:
    return [want for want in wants if isinstance(want, Notice) and want.key not in case.settled]


def _losses(case: Case) -> list[datetime]:
    """When comments of the bot were deleted, or edited by somebody else so that they no longer count."""
    thread = case.snapshot.thread
    edited = [c.edited_at for c in thread.comments if _defaced(case, c) and c.edited_at is not None]
    return [*deletions(thread), *edited]


def _defaced(case: Case, comment: Comment) -> bool:
    marker = marker_of(comment.body)
    is_card = marker is not None and marker.key == card_key(case.number)
    return comment.ours and not comment.untouched and not is_card and marker is not None


def _explained(case: Case, wants: Iterable[Want]) -> int:
    here = _here(case)
    ids = list(case.ledger.delivered.values())
    gone = {id_ for id_ in ids if id_ > 0 and id_ not in here}
    return len(gone) + ids.count(DELETED) + case.ledger.explained + _lost_card(case, wants)


def _here(case: Case) -> set[int]:
    """The comments that stand there as they were written, as far as they bear a marker."""
    return {comment.id for comment in case.snapshot.thread.comments if not _defaced(case, comment)}


def _lost_card(case: Case, wants: Iterable[Want]) -> int:
    """One deletion is the card's own, when there should be one and there is none now."""
    thread = case.snapshot.thread
    wanted = any(isinstance(want, Card) for want in wants)
    return int(wanted and not card_in_sight(thread) and bool(_losses(case)) and _card_was_here(case))


def _card_was_here(case: Case) -> bool:
    """Where a card is due it is written first: a deletion since then, with no card in sight, was the card's."""
    incident = case.incident
    if case.pull is not None or case.postmortem is not None:
        return any(event.kind is EventKind.COMMENT_DELETED for event in case.snapshot.thread.events)
    if incident is None:
        return False
    due = [s.at for s in incident.spells if s.severity is not None and case.config.promises(s.severity).card]
    due += [incident.reported_at] if incident.reported_at else []
    deleted = [event.at for event in case.snapshot.thread.events if event.kind is EventKind.COMMENT_DELETED]
    return any(at >= min(due) for at in deleted) if due else False
