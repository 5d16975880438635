"""A post-mortem issue, read: when it is due, who writes it, and which action items it holds."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from stanch.core.action_list import ActionItem, items
from stanch.core.clock import business_days_after
from stanch.core.marker import instant_of, marker_of
from stanch.core.snapshot import Snapshot

KEY = "postmortem"
FORM, SHORT = "form", "short"
"""What the first line of one says that was opened while the incident ran."""

USUAL_DAYS = 2
"""Business days that a post-mortem without a stated deadline has."""

BELIEVABLE = timedelta(days=3660)
"""How far a deadline may lie from the issue's creation; people may edit the line that states it."""


@dataclass(frozen=True, slots=True)
class PostMortem:
    """`incident` is the number of the issue that it belongs to, None when its first line no longer says so."""

    number: int
    title: str
    url: str
    incident: int | None
    due: datetime
    open: bool
    writers: tuple[str, ...]
    items: tuple[ActionItem, ...]
    labels: tuple[str, ...]


def postmortem_of(snapshot: Snapshot) -> PostMortem | None:
    """The post-mortem that a thread is: it bears the label, and Stanch opened it or a person did."""
    thread, config = snapshot.thread, snapshot.config
    if thread.is_pull_request or not any(config.is_postmortem(label) for label in thread.labels):
        return None
    marker = marker_of(thread.body) if thread.ours else None
    parent = marker.key.partition("/")[0] if marker else ""
    due = instant_of(marker.stamp.get("due", "")) if marker else None
    if due is not None and not abs(due - thread.at) < BELIEVABLE:
        due = None
    return PostMortem(
        number=thread.number,
        title=thread.title,
        url=thread.url,
        incident=int(parent) if parent.isdigit() else None,
        due=due or business_days_after(thread.at, USUAL_DAYS, config.calendar),
        open=thread.open,
        writers=thread.assignees,
        items=items(thread.body),
        labels=thread.labels,
    )
