"""`/reviewed` on the dashboard: the open items were walked through, and what is new counts from there."""

from dataclasses import dataclass
from datetime import datetime

from stanch.core.commands import Verb
from stanch.core.dashboard import memory_of
from stanch.core.hearing import unheard
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
    said = [one for one in unheard(snapshot, Ledger()) if any(call.verb is Verb.REVIEWED for call in one.calls)]
    found = (_review(one.comment) for one in said if Mark.REFUSED not in one.comment.marks)
    return tuple(one for one in found if known is None or one.at > known)


def _review(comment: Comment) -> Review:
    editor = (comment.editor.login if comment.editor else GHOST,) if comment.edited_at else ()
    return Review(comment, comment.at, (comment.author.login, *editor))


def accepted(snapshot: Snapshot, review: Review) -> bool:
    """Whether all of its people may command here."""
    return all(access(snapshot, login).may_command for login in review.people)
