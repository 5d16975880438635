"""`stanch handle`: an event says which issue to look at, and nothing else."""

from stanch.adapters.payload import Trigger
from stanch.app.desk import Desk
from stanch.app.road import Outcome, carry
from stanch.core.errors import Moved, NoSuchThread

GONE = frozenset({"deleted", "transferred"})
"""Actions of `issues` that say themselves that the issue is here no longer."""


def handle(desk: Desk, trigger: Trigger) -> Outcome | None:
    """Carry the issue that an event names; None when it names none, or a pull request.

    An issue that is gone needs nothing any more. Raises Moved, Forbidden, RateLimited or NotReadable.
    """
    if trigger.number is None or trigger.is_pull_request:
        return None
    try:
        return carry(desk, trigger.number)
    except (NoSuchThread, Moved):
        if trigger.event == "issues" and trigger.action in GONE:
            return None
        raise
