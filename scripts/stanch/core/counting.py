"""How often something has happened: what is easily excused once shows as a number."""

from collections.abc import Iterable

from stanch.core.case import Case
from stanch.core.clock import local_date
from stanch.core.marker import child_marker
from stanch.core.thread import Child, CloseReason
from stanch.core.wanted import ChildIssue, Text


def counted(case: Case, want: ChildIssue, made: Iterable[ChildIssue]) -> Text:
    """The text of a child, told how many like it were opened `earlier` in this month of the team's.

    `made` are those that are opened in the same breath. Only what was read is counted: the newest ones of its label.
    """
    if not want.alike:
        return want.text
    before = sum(_is_like(case, want, child) for child in case.snapshot.children or ())
    earlier = before + sum(one.alike == want.alike for one in made)
    return Text(want.text.template, {**want.text.view, "earlier": earlier})


def _is_like(case: Case, want: ChildIssue, child: Child) -> bool:
    marker, calendar = child_marker(child), case.config.calendar
    if marker is None or child.reason is CloseReason.DUPLICATE:
        return False
    day, today = local_date(child.at, calendar), local_date(case.now, calendar)
    return kind_of(marker.key) in want.alike and (day.year, day.month) == (today.year, today.month)


def kind_of(key: str) -> str:
    """What an effect is, whichever thread it belongs to: `call` of `12/call/…`."""
    return key.split("/")[1] if "/" in key else ""
