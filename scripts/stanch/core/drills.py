"""A drill: an incident that is only played. It has its card, clocks and calls, and nobody else ever hears of it.

It is one while it bears the label, and for good if it bore it when it was opened: a label that is lost half-way must
not turn a game into a message to clients.
"""

from datetime import timedelta

from stanch.core.severity import hung, same_name
from stanch.core.thread import EventKind, Thread

LABEL = "drill"

AT_OPENING = timedelta(seconds=5)
"""So soon after an issue was opened a label came with it."""


def is_drill(thread: Thread) -> bool:
    """Whether a thread is a drill, by its labels as they are and as they were at first."""
    return bool(hung(LABEL, thread.labels)) or any(
        event.kind is EventKind.LABELED and same_name(event.subject) == LABEL and event.at - thread.at <= AT_OPENING
        for event in thread.events
    )
