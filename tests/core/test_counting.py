"""What went round the gate is counted by the month, as the team's calendar has it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from tests.values import REPOSITORY, TEAM

from stanch.core.case import Case
from stanch.core.clock import Calendar
from stanch.core.counting import counted, kind_of
from stanch.core.ledger import Ledger
from stanch.core.marker import Marker
from stanch.core.snapshot import Snapshot
from stanch.core.thread import Child, CloseReason, Thread
from stanch.core.wanted import ChildIssue, Text

HERE = replace(TEAM, calendar=Calendar(zone="Europe/Berlin"))
NOW = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)
"""Three o'clock in Berlin, on the first of the month."""

LIKE = frozenset({"review-owed", "push"})
WANT = ChildIssue("0/push/abc", Text("title"), Text("text", {"sha": "abc", "earlier": 0}), ("review-owed",), alike=LIKE)
SEEN = Child(7, "I_7", "Review owed", f"{Marker('0/push/def')}\nRead it.", "", ours=True, at=NOW)


def earlier(*children: Child, made: tuple[ChildIssue, ...] = ()) -> object:
    case = Case(Snapshot(NOW, REPOSITORY, Thread(0), HERE, children=children), Ledger())
    return counted(case, WANT, made).view["earlier"]


def opened(*when: int) -> Child:
    return replace(SEEN, at=datetime(2026, *when, tzinfo=UTC))


def test_the_first_one_is_no_number() -> None:
    """Nothing is in sight, and nothing was opened beside it."""
    assert earlier() == 0


@pytest.mark.parametrize(
    ("child", "counts"),
    [
        (SEEN, 1),
        (replace(SEEN, open=False, reason=CloseReason.COMPLETED), 1),
        (replace(SEEN, body=f"{Marker('41/review-owed')}\n"), 1),
        (replace(SEEN, body=f"{Marker('41/root-cause')}\n"), 0),
        (replace(SEEN, body="Read it."), 0),
        (replace(SEEN, ours=False), 0),
        (replace(SEEN, open=False, reason=CloseReason.DUPLICATE), 0),
        (opened(11, 30, 23, 30), 1),
        (opened(11, 30, 22, 30), 0),
        (replace(SEEN, at=NOW.replace(year=2025)), 0),
    ],
)
def test_what_counts(child: Child, counts: int) -> None:
    """Ours, of the same kind, no copy, and of this month where the team is: an hour ahead of UTC."""
    assert earlier(child) == counts


def test_what_is_opened_in_the_same_breath_counts_too() -> None:
    """Three commits in one push are the first, the second and the third."""
    other = replace(WANT, alike=frozenset())
    assert [earlier(SEEN, made=(WANT,) * n) for n in range(3)] == [1, 2, 3]
    assert earlier(SEEN, made=(other,)) == 1


def test_what_is_not_counted_keeps_its_text() -> None:
    """A root-cause issue is told nothing of others."""
    case = Case(Snapshot(NOW, REPOSITORY, Thread(0), HERE, children=(SEEN,)), Ledger())
    assert counted(case, replace(WANT, alike=frozenset()), ()) is WANT.text


@pytest.mark.parametrize(("key", "kind"), [("12/call/x", "call"), ("0/push/abc", "push"), ("12", ""), ("", "")])
def test_a_key_has_a_kind(key: str, kind: str) -> None:
    """The part after the number."""
    assert kind_of(key) == kind
