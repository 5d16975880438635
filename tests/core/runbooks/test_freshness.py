"""When a runbook has to be read again, and what keeps it fresh."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.shelves import REVIEWED, SHELF, book
from tests.values import TEAM, comment, incident_in, incident_thread

from stanch.adapters.runbook_file import read_runbooks
from stanch.core.clock import Calendar
from stanch.core.reminding import morning_of, working_day
from stanch.core.runbooks.freshness import Stale, at_most, by_person, newest, stale, untold, worked_in

BOOK = book("queue-backlog")
DUE = REVIEWED + timedelta(days=90)


def found(*worked: date, today: date = DUE, **fields: object) -> list[Stale]:
    days = {"queue-backlog": max(worked)} if worked else {}
    return list(stale([replace(BOOK, **fields)], days, today))  # type: ignore[arg-type] # fields by name


def test_what_is_fresh_raises_nothing() -> None:
    """Until the day on which it is due; nor without any runbook."""
    assert found(today=DUE - timedelta(days=1)) == []
    assert stale([], {}, DUE) == ()


def test_it_is_stale_once_its_rhythm_is_over() -> None:
    """With the day on which it was last known to be right, and the day from which it is due."""
    (one,) = found()
    assert (one.known, one.since, one.key) == (REVIEWED, DUE, f"stale/queue-backlog/{DUE}")


@pytest.mark.parametrize("missing", ["owner", "last_reviewed", "review_every"])
def test_what_was_just_installed_raises_nothing(missing: str) -> None:
    """As long as nobody owns it, or it has no day or no rhythm: the linter names that."""
    assert found(today=DUE + timedelta(days=900), **{missing: None}) == []


def test_a_use_that_worked_is_as_good_as_a_review() -> None:
    """The later of the two counts, also where there never was a review."""
    assert found(DUE - timedelta(days=1)) == []
    assert found(REVIEWED - timedelta(days=9))[0].known == REVIEWED
    assert found(REVIEWED, last_reviewed=None)[0].since == DUE
    assert found(REVIEWED + timedelta(days=1), today=DUE + timedelta(days=1))[0].since == DUE + timedelta(days=1)


def test_only_what_worked_counts() -> None:
    """On the day of the team's on which it was said last."""
    said = (
        comment(1, "jordan", "/runbook queue-backlog worked", 10),
        comment(2, "sam", "/runbook queue-backlog worked", 23 * 60 + 30),
        comment(3, "jordan", "/runbook roll-back failed it is old", 30),
    )
    from_shelf = incident_in(incident_thread(*said), 24 * 60, shelf=SHELF)
    assert worked_in(from_shelf, Calendar("Europe/Berlin")) == {"queue-backlog": date(2026, 11, 18)}


def test_of_two_memories_the_later_day_counts() -> None:
    """And of too many the newest stay."""
    early, late = date(2026, 1, 1), date(2026, 2, 1)
    assert newest({"a": early, "b": late}, {"a": late, "c": early}) == {"a": late, "b": late, "c": early}
    assert at_most({"a": early, "b": late}, 1) == {"b": late}


def test_somebody_is_told_once_of_each_time() -> None:
    """Not again of the same; again when it was read and became stale anew."""
    (one,) = found()
    assert untold([one], {}) == (one,)
    assert untold([one], {"queue-backlog": one.since}) == ()
    assert untold([one], {"queue-backlog": one.since - timedelta(days=90)}) == (one,)


@pytest.mark.parametrize(
    ("owner", "absent", "asked"),
    [("sam", (), "sam"), ("Sam", ("sam",), "alex"), ("sam", ("sam", "alex"), ""), ("not a login", (), "alex")],
)
def test_its_owner_is_asked_else_the_first_of_the_team(owner: str, absent: tuple[str, ...], asked: str) -> None:
    """Whoever cannot be reached here is passed over; where nobody is left, nobody is named."""
    rows = found(owner=owner)
    assert by_person(rows, frozenset(absent), TEAM) == {asked: rows}


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2099-12-31", "2000-01-01"])
def test_a_slip_in_one_page_stops_no_sweep(day: str) -> None:
    """Whatever day somebody wrote, it can be reckoned with, and so can the morning on which its owner is asked."""
    text = f"---\nowner: alex\nlast_reviewed: {day}\nreview_every: 9999d\n---\n\n# Slow\n"
    shelf = read_runbooks({"runbooks/slow.md": text})
    assert len(shelf.runbooks) == 1
    calendar = Calendar("Europe/Berlin")
    for one in stale(shelf.runbooks, {}, date(2199, 1, 1)):
        assert morning_of(working_day(one.since, calendar), calendar).year < 2200
