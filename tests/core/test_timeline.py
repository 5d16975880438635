"""Facts in their order: where a command stands, and what is no longer read."""

from tests.values import (
    assigned,
    card,
    comment,
    edited,
    incident_thread,
    instant,
    labeled,
    snapshot,
    thread,
)

from stanch.core.ledger import Ledger, Record
from stanch.core.snapshot import ledger_of
from stanch.core.timeline import Fresh, happenings

ACK = comment(1, "jordan", "/ack", 3)


def test_nothing_happened() -> None:
    """A bare issue has no facts."""
    one = snapshot(thread(), 5)
    assert happenings(one, Ledger()) == ()


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
