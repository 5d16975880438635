"""`stanch handle`: an event says which thread to look at, and nothing else."""

from collections.abc import Iterator

from stanch.adapters.payload import Trigger
from stanch.app.desk import Desk
from stanch.app.gate_events import follow, linked_pulls
from stanch.app.road import Outcome, carry, look, not_carried, noting, opened
from stanch.core.case import Case
from stanch.core.errors import Moved, NoSuchThread

GONE = frozenset({"deleted", "transferred"})
"""Actions of `issues` that say themselves that the issue is here no longer."""

MATTERS = frozenset({"labeled", "unlabeled", "closed", "reopened"})
"""Actions of `issues` that may change what the gate says of the incident's hotfixes."""


def handle(desk: Desk, trigger: Trigger) -> Iterator[Outcome]:
    """Carry the thread that an event names; nothing when it names none.

    A comment on a pull request may be a command to the gate; its other events are the gate's own. What changes an
    incident is a reason to look at its open pull requests again. An issue that is gone needs nothing any more.
    Raises Moved, Forbidden, RateLimited or NotReadable.
    """
    if trigger.number is None:
        return
    try:
        if trigger.is_pull_request and trigger.event == "issue_comment":
            yield from follow(desk, trigger.number)
        elif not trigger.is_pull_request:
            yield from _incident(desk, trigger, trigger.number)
    except (NoSuchThread, Moved):
        if trigger.event != "issues" or trigger.action not in GONE:
            raise


def _incident(desk: Desk, trigger: Trigger, number: int) -> Iterator[Outcome]:
    seen: list[Case] = []
    outcome = carry(desk, number, by=noting(look, seen))
    yield outcome
    case = seen[-1]
    for child in opened(case, outcome):
        try:
            yield carry(desk, child)
        except (NoSuchThread, Moved) as problem:  # a read that lags behind the opening
            yield not_carried(child, problem)
    if case.snapshot.repository.has_gate and (outcome.writes or trigger.action in MATTERS):
        for pull in linked_pulls(case):
            yield from follow(desk, pull)
