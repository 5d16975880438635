"""Labels of a post-mortem: what is overdue, and which closed ones the sweep still has to look at."""

from collections.abc import Iterator

from stanch.core.case import Case
from stanch.core.clock import local_date
from stanch.core.postmortem import OPEN_ITEMS, PostMortem
from stanch.core.reminding import stage_of
from stanch.core.severity import hung
from stanch.core.thread import CloseReason
from stanch.core.wanted import LabelOff, LabelOn, Want

OVERDUE = "overdue"


def item_labels(case: Case) -> Iterator[Want]:
    postmortem = case.postmortem
    if postmortem is None:
        return
    if not postmortem.tended:
        if case.snapshot.thread.reason is CloseReason.DUPLICATE:
            yield from (LabelOff(there) for name in (OVERDUE, OPEN_ITEMS) if (there := hung(name, postmortem.labels)))
        return
    yield from _label(postmortem, OVERDUE, on=_late(case, postmortem))
    yield from _label(postmortem, OPEN_ITEMS, on=bool(postmortem.open_items) or _left(postmortem))


def _left(postmortem: PostMortem) -> bool:
    """Whether it was closed before it was finished: the sweep has to find it, although nothing else is open."""
    return not postmortem.open and not postmortem.finished


def _late(case: Case, postmortem: PostMortem) -> bool:
    calendar = case.config.calendar
    today = local_date(case.now, calendar)
    dues = [one.due for one in postmortem.open_items if one.due]
    dues += [] if postmortem.finished else [local_date(postmortem.due, calendar)]
    return any(stage_of(due, today, calendar).overdue for due in dues)


def _label(postmortem: PostMortem, name: str, *, on: bool) -> Iterator[Want]:
    there = hung(name, postmortem.labels)
    if on and not there:
        yield LabelOn(name)
    if there and not on:
        yield LabelOff(there)
