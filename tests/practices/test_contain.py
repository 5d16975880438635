"""Contain: what stopped the bleeding is debt until it is gone or accepted."""

from datetime import UTC, datetime

import pytest
from tests.values import (
    World,
    card,
    case,
    closed,
    comment,
    happened,
    incident_thread,
    labeled,
    marked,
    unlabeled,
    wants,
)

from stanch.core.commitment import Commitment, Kind
from stanch.core.committing import commitments_of
from stanch.core.incident import Containment
from stanch.core.ledger import Ledger
from stanch.core.thread import Item, Mark, Thread
from stanch.core.wanted import LabelOff, LabelOn
from stanch.practices.contain import contain

DAY = 24 * 60
FLAG = marked(comment(1, "sam", "/contain flag new-cart off until 2026-11-20", 5), Mark.ACCEPTED)
ON = labeled("containment", 6, "github-actions")
GONE = comment(2, "sam", "/restore C1", 60)


CLOSING = datetime(2026, 11, 20, 18, tzinfo=UTC)
"""When the team's day ends on which FLAG may still be in place; that is a Friday."""


def owed(of: Thread, now: float | datetime) -> list[Commitment]:
    """What is owed on a thread that Stanch has long had a card on."""
    carded = happened(of, card(8, Ledger(), 1))
    return [one for one in commitments_of(case(carded, now)) if one.open]


def found(*items: Item) -> tuple[Containment, ...]:
    incident = case(incident_thread(*items), 100).incident
    assert incident is not None
    return incident.containments


def morning(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def test_nothing_to_do() -> None:
    """No containment, no label; nor where the label is on already."""
    assert wants(contain, incident_thread(), 10) == []
    assert wants(contain, incident_thread(FLAG, ON), morning(20, 23)) == []


def test_what_stands_is_on_the_record() -> None:
    """Kind, words, owner and expiry: stated, or seven days."""
    one, other = found(FLAG, comment(2, "alex", "/contain rollback to 7f3c", 8))
    assert (one.id, one.kind, one.what, one.by, one.until) == ("C1", "flag", "new-cart off", "sam", CLOSING)
    assert (other.id, other.until) == ("C2", datetime(2026, 11, 24, 2, 8, tzinfo=UTC))


def test_restore_takes_it_off() -> None:
    """By its id, once; a wrong id and a second time are refused."""
    items = [FLAG, GONE, comment(3, "sam", "/restore C1", 61), comment(4, "sam", "/restore C9", 62)]
    incident = case(incident_thread(*items), 100).incident
    assert incident is not None
    assert not incident.standing
    assert [record.refusal for record in incident.records] == ["", "", "already-restored", "no-such-containment"]


def test_the_label_follows_what_stands() -> None:
    """On while something is in place, off when nothing is; never off for a label that is somebody's own."""
    assert wants(contain, incident_thread(FLAG), 10) == [LabelOn("containment")]
    assert wants(contain, incident_thread(FLAG, ON, GONE), 100) == [LabelOff("containment")]
    assert wants(contain, incident_thread(labeled("containment", 1)), 100) == []


@pytest.mark.parametrize("name", ["Containment", "CONTAINMENT"])
def test_the_label_is_known_in_every_spelling(name: str) -> None:
    """The repository's own spelling is enough, and comes off when nothing stands."""
    on = labeled(name, 6, "github-actions")
    assert wants(contain, incident_thread(FLAG, on), 10) == []
    assert wants(contain, incident_thread(FLAG, on, GONE), 100) == [LabelOff(name)]


@pytest.mark.parametrize("severity", [1, 2, 3, 4])
def test_it_is_owed_after_the_closing_too(severity: int) -> None:
    """Whatever the severity, and whether or not a post-mortem has an item for it."""
    world = World(incident_thread(FLAG, ON, closed(90), severity=severity)).looked_at(91)
    assert [one.place for one in owed(world.thread, morning(24, 10))] == ["12.C1"]


def test_what_is_accepted_for_good_says_why() -> None:
    """Who writes `for good` keeps it with the reason; whatever else is said of it, it is gone."""
    for words, why in (
        ("/restore C1 for good: v1 is fine", "v1 is fine"),
        ("/restore c1 For good, v1 is fine", "v1 is fine"),
        ("/restore C1 the flag is on again", ""),
        ("/restore C1", ""),
    ):
        (one,) = found(FLAG, comment(2, "sam", words, 60))
        assert (one.standing, one.accepted) == (False, why)


def test_what_stays_for_good_needs_a_reason() -> None:
    """Debt is not written off without a word."""
    (one,) = found(FLAG, comment(2, "sam", "/restore C1 for good", 60))
    assert one.standing


def test_restore_is_heard_on_what_was_withdrawn() -> None:
    """Its owner is asked about it there too."""
    (one,) = found(FLAG, unlabeled("sev-1", 50), GONE)
    assert not one.standing


@pytest.mark.parametrize(
    "end",
    [
        unlabeled("sev-1", 90),
        comment(5, "alex", "/false-alarm a test", 90),
        comment(5, "alex", "/sev 3 misjudged: x", 90),
    ],
)
def test_debt_outlives_its_incident(end: Item) -> None:
    """Withdrawn, a false alarm or misjudged: what is in place is still in place."""
    assert len(owed(incident_thread(FLAG, ON, end, closed(95)), morning(23, 10))) == 1


def test_its_owner_owes_it_until_its_last_day() -> None:
    """What is asked about later says everything that is needed to act."""
    (one,) = owed(incident_thread(FLAG, ON), morning(23, 10))
    assert (one.kind, one.place, one.owners, one.text) == (Kind.CONTAINMENT, "12.C1", ("sam",), "new-cart off")
    assert one.due == CLOSING.date()
