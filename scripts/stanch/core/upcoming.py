"""What time alone will make due: when to look again, and who says it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from stanch.core.snapshot import Snapshot
from stanch.core.thread import Thread
from stanch.core.wanted import Notice, Want, Watched

PATIENCE = timedelta(seconds=90)
"""By how much a watcher may be late before anybody who looks says it in its place: it may have been killed."""


def may_be_said(notice: Notice, snapshot: Snapshot) -> bool:
    """Whether it is due, and this look's to say: while a watcher runs, what time makes due is the watcher's."""
    since = snapshot.now - notice.due
    left = notice.timed and snapshot.left_to_watcher and since < PATIENCE
    return since >= timedelta(0) and not left


def speaks_freely(snapshot: Snapshot) -> bool:
    """Whether a look does all that it finds to be done: a watcher leaves what was just said to the event's own run."""
    return not snapshot.by_watcher or quiet_for(snapshot.thread, snapshot.now) >= PATIENCE


def is_owed(wanted: Iterable[Want], snapshot: Snapshot) -> bool:
    """Whether something is due that a watcher, if one runs, is about to say itself."""
    recent = (want for want in wanted if isinstance(want, Notice) and want.timed)
    return any(timedelta(0) <= snapshot.now - want.due < PATIENCE for want in recent)


def watched_until(wanted: Iterable[Want], now: datetime) -> datetime | None:
    """The next deadline that a watcher has to be there for (UTC); None when nothing needs one."""
    wants = tuple(wanted)
    ends = max((want.ends for want in wants if isinstance(want, Watched)), default=now)
    due = next_due(wants, now)
    return due if due is not None and due < ends else None


def quiet_for(thread: Thread, now: datetime) -> timedelta:
    """How long ago a person last did something on a thread: what is younger has an event's run of its own."""
    acts = [thread.at, *(item.at for item in thread.events if not item.actor.is_bot)]
    acts += [at for one in thread.comments if not one.ours for at in (one.at, one.edited_at) if at is not None]
    acts += [thread.edited_at] if thread.edited_at else []
    return now - max(acts)


def next_due(wanted: Iterable[Want], now: datetime) -> datetime | None:
    """The first instant (UTC) after now at which something falls due; None while nothing will."""
    dues = (want.due for want in wanted if isinstance(want, Notice) and want.timed)
    return min((due for due in dues if due > now), default=None)
