"""Facts in their order: where a command stands, whose words count, and what is too old to act on."""

import pytest
from tests.values import (
    assigned,
    card,
    comment,
    edited,
    incident_thread,
    instant,
    labeled,
    marked,
    snapshot,
    thread,
)

from stanch.core.ledger import Ledger, Record
from stanch.core.snapshot import ledger_of
from stanch.core.thread import Comment, Mark
from stanch.core.timeline import Fresh, happenings, may_hold_commands, people_behind, untouched

ACK = comment(1, "jordan", "/ack", 3)
DAY = 24 * 60


def test_nothing_happened() -> None:
    """A bare issue has no facts."""
    one = snapshot(thread(), 5)
    assert happenings(one, Ledger()) == ()
    assert untouched(one)


def test_a_command_stands_where_it_was_written() -> None:
    """At its comment's time, or at that of the edit that made it."""
    one = snapshot(incident_thread(ACK, edited(comment(2, "sam", "hi", 1), "sam", 9, "/take"), assigned("sam", 5)), 10)
    found = [(type(what.what).__name__, what.at) for what in happenings(one, Ledger())]
    assert found == [
        ("Declaration", instant(0)),
        ("Fresh", instant(3)),
        ("Event", instant(5)),
        ("Fresh", instant(9)),
    ]


def test_one_second_keeps_githubs_order() -> None:
    """A label and a command of the same second stand as they were listed."""
    one = snapshot(thread(labeled("sev-2", 3), ACK, labeled("sev-1", 3)), 5)
    assert [type(what.what).__name__ for what in happenings(one, Ledger())] == ["Declaration", "Fresh", "Declaration"]


def test_a_judged_comment_is_closed() -> None:
    """What the ledger holds is taken as it stood, and not read again."""
    record = Record(1, 1, "take", "jordan", instant(3))
    one = snapshot(incident_thread(ACK, card(9, Ledger((record,)))), 5)
    found = [what.what for what in happenings(one, ledger_of(one.thread))]
    assert record in found
    assert not [what for what in found if isinstance(what, Fresh)]


@pytest.mark.parametrize(
    ("one", "people"),
    [
        (ACK, ("jordan",)),
        (edited(ACK, "jordan", 4), ("jordan",)),
        (edited(ACK, "kim", 4), ("jordan", "kim")),
        (marked(ACK, Mark.ACCEPTED), ()),
        (marked(ACK, Mark.REFUSED), ()),
        (marked(edited(ACK, "kim", 4), Mark.ACCEPTED), ("jordan", "kim")),
    ],
)
def test_whose_right_decides(one: Comment, people: tuple[str, ...]) -> None:
    """The author's and the last editor's; nobody is asked about what bears our mark unedited."""
    assert people_behind(one) == people


def test_what_is_older_than_adoption_holds_no_commands() -> None:
    """On a thread that was never touched; on one that was, age is no matter."""
    old = snapshot(incident_thread(ACK), 4 * DAY)
    assert not may_hold_commands(old, ACK, Ledger())
    assert may_hold_commands(old, comment(2, "sam", "/ack", 3 * DAY), Ledger())
    assert may_hold_commands(snapshot(incident_thread(ACK, card(9, Ledger())), 4 * DAY), ACK, Ledger())
