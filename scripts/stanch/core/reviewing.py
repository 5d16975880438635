"""What is said on the dashboard: `/reviewed`, that the open items were walked through, and what belongs elsewhere."""

from dataclasses import dataclass
from datetime import datetime

from stanch.core.commands import Verb
from stanch.core.dashboard import memory_of
from stanch.core.hearing import Said, unheard
from stanch.core.ledger import Ledger
from stanch.core.snapshot import Snapshot
from stanch.core.thread import GHOST, Comment, Mark
from stanch.core.timeline import access


@dataclass(frozen=True, slots=True)
class Review:
    """One comment that says so, when (UTC), and the people behind it, whose permission decides."""

    comment: Comment
    at: datetime
    people: tuple[str, ...]


def reviews(snapshot: Snapshot) -> tuple[Review, ...]:
    """Those since the last one that the dashboard remembers, oldest first; what was refused stays refused."""
    known = memory_of(snapshot.thread).reviewed
    said = [one for one in _said(snapshot) if any(call.verb is Verb.REVIEWED for call in one.calls)]
    found = (_review(one.comment) for one in said if one.comment.marks != {Mark.REFUSED})
    return tuple(one for one in found if known is None or one.at > known)


def _review(comment: Comment) -> Review:
    editor = (comment.editor.login if comment.editor else GHOST,) if comment.edited_at else ()
    return Review(comment, comment.at, (comment.author.login, *editor))


def accepted(snapshot: Snapshot, review: Review) -> bool:
    """Whether all of its people may command here."""
    return all(access(snapshot, login).may_command for login in review.people)


def strays(snapshot: Snapshot) -> tuple[Said, ...]:
    """The comments that call for anything else here, each with those calls."""
    said = ((one.comment, tuple(c for c in one.calls if c.verb is not Verb.REVIEWED)) for one in _said(snapshot))
    return tuple(Said(comment, calls) for comment, calls in said if calls)


def _said(snapshot: Snapshot) -> tuple[Said, ...]:
    """The dashboard has no card: nothing said on it was ever judged for good."""
    return unheard(snapshot, Ledger())
