"""What was said on a thread and nobody has judged yet."""

from collections.abc import Iterator
from dataclasses import dataclass

from stanch.core.calls import Call, read
from stanch.core.ledger import Ledger
from stanch.core.snapshot import Snapshot
from stanch.core.thread import Comment, Mark
from stanch.core.timeline import may_hold_commands
from stanch.core.traces import Traces, traces_of


@dataclass(frozen=True, slots=True)
class Said:
    """One comment with calls that nobody has judged yet."""

    comment: Comment
    calls: tuple[Call, ...]


def unheard(snapshot: Snapshot, ledger: Ledger) -> tuple[Said, ...]:
    """The comments whose calls are still to be judged, oldest first."""
    return tuple(_unheard(snapshot, traces_of(snapshot, ledger)))


def _unheard(snapshot: Snapshot, traces: Traces) -> Iterator[Said]:
    for comment in snapshot.thread.comments:
        if may_hold_commands(traces, comment):
            calls = read(comment.body, comment.edited_at or comment.at, snapshot.config.calendar.zone)
            if calls:
                yield Said(comment, calls)


def answered(comment: Comment) -> bool:
    """Whether it was refused before somebody edited it: one comment gets one answer, which may be deleted by now."""
    return Mark.REFUSED in comment.marks and comment.edited_at is not None
