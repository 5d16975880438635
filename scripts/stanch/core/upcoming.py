"""What time alone will make due: when to look again, and who says it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from stanch.core.snapshot import Snapshot
from stanch.core.wanted import Notice, Want

PATIENCE = timedelta(seconds=90)
"""By how much a watcher may be late before anybody who looks says it in its place: it may have been killed."""


def may_be_said(notice: Notice, snapshot: Snapshot) -> bool:
    """Whether it is due, and this look's to say: while a watcher runs, what time makes due is the watcher's."""
    since = snapshot.now - notice.due
    left = notice.timed and snapshot.left_to_watcher and since < PATIENCE
    return since >= timedelta(0) and not left


def next_due(wanted: Iterable[Want], now: datetime) -> datetime | None:
    """The first instant (UTC) after now at which something falls due; None while nothing will."""
    dues = (want.due for want in wanted if isinstance(want, Notice) and want.timed)
    return min((due for due in dues if due > now), default=None)
