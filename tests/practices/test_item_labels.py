"""The labels of a post-mortem: what is overdue, and what the sweep finds closed ones by."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from tests.values import assigned, closed, comment, happened, labeled, thread, wants

from stanch.core.marker import Marker
from stanch.core.thread import Thread
from stanch.core.wanted import LabelOff, LabelOn
from stanch.practices.item_labels import item_labels

OPEN = LabelOn("open-items")
LINE = "- [{box}] Alert on failures — Owner: @morgan — Due: {due}\n"


def report(*lines: str, due: str = "20271231T180000Z", labels: tuple[str, ...] = ("post-mortem",)) -> Thread:
    """A post-mortem with these lines as its action items."""
    body = f"{Marker('11/postmortem', stamp={'due': due})}\n## Action items\n\n" + "".join(lines)
    on = [labeled(label, 1) for label in labels]
    return thread(*on, assigned("jordan", 1), body=body, author="github-actions")


def item(due: str, box: str = " ") -> str:
    return LINE.format(box=box, due=due)


def at(day: int, hour: int = 10, month: int = 12) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


def test_nothing_to_do() -> None:
    """Nothing is open, nothing is late: no label."""
    assert wants(item_labels, report(), at(1)) == []
    assert wants(item_labels, report(item("2026-12-20", "x")), at(1)) == []


def test_overdue_is_a_label() -> None:
    """On from the day after, also for the post-mortem itself; not on the day."""
    assert LabelOn("overdue") not in wants(item_labels, report(item("2026-12-10")), at(10))
    assert LabelOn("overdue") in wants(item_labels, report(item("2026-12-10")), at(11))
    assert LabelOn("overdue") in wants(item_labels, report(due="20261209T180000Z"), at(10))


@pytest.mark.parametrize(("due", "late"), [("0001-01-01", True), ("1970-01-01", True), ("9999-12-31", False)])
def test_any_day_of_the_calendar_is_late_or_is_not(due: str, late: bool) -> None:
    """Also its first and its last one, beyond which there is no working day."""
    assert (LabelOn("overdue") in wants(item_labels, report(item(due)), at(1))) is late


@pytest.mark.parametrize("name", ["overdue", "Overdue", "OVER_DUE"])
def test_overdue_is_known_in_every_spelling(name: str) -> None:
    """The repository's own spelling hangs, and comes off."""
    labels = ("post-mortem", name)
    assert LabelOn("overdue") not in wants(item_labels, report(item("2026-12-10"), labels=labels), at(11))
    assert wants(item_labels, report(item("2026-12-20", "x"), labels=labels), at(1)) == [LabelOff(name)]


def test_open_items_hangs_while_something_is_open() -> None:
    """On an open issue and on a closed one; off when the last item ended."""
    shut = happened(report(item("2026-12-20")), closed(at(1)))
    for of in (report(item("2026-12-20")), shut):
        assert wants(item_labels, of, at(2)) == [OPEN]
    done = happened(replace(shut, labels=("post-mortem", "Open Items")), comment(1, "sam", "/done 1", at(2)))
    assert wants(item_labels, done, at(2, 11)) == [LabelOff("Open Items")]


def test_a_closed_one_that_clients_have_to_hear_of_stays_in_sight() -> None:
    """Nothing else is open, but the sweep has to find it, and it is overdue once its day is over."""
    unsaid = happened(report(due="20261202T180000Z"), closed(at(1)), labeled("sev-1", at(1)))
    assert wants(item_labels, unsaid, at(2)) == [OPEN]
    assert wants(item_labels, unsaid, at(3)) == [LabelOn("overdue"), OPEN]
    told = replace(unsaid, body=unsaid.body + "\n- [x] Shared with the client\n")
    assert wants(item_labels, told, at(3)) == []


def test_an_old_one_that_was_closed_before_is_left_alone() -> None:
    """Whoever installs this is not told of what is long over; one that is followed already goes on being followed."""
    old = happened(report(item("2026-12-01")), closed(at(1)))
    assert wants(item_labels, old, at(8)) == []
    assert wants(item_labels, replace(old, labels=("post-mortem", "open-items")), at(8)) == [LabelOn("overdue")]
