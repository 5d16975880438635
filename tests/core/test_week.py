"""The week as the note tells it: which incidents belong to it, and what each heading names."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from tests.handovers import CONFIG, FRIDAY, note, on
from tests.values import closed, comment, incident_in, incident_thread, labeled, reopened, thread

from stanch.core.commitment import Commitment, Kind, Owed
from stanch.core.config import Service
from stanch.core.following import Ended, Ending
from stanch.core.incident import Status
from stanch.core.thread import Item
from stanch.core.waking import Wake
from stanch.core.week import MOST, Happened, Week, happened, view

SINCE = note().told


def told(
    *items: Item, severity: int = 1, at: datetime = FRIDAY, since: datetime = SINCE, **config: Any
) -> Happened | None:
    """An incident that began on Tuesday the 17th at 02:00, as the note tells it."""
    rules = replace(CONFIG, **config)
    return happened(incident_in(incident_thread(*items, severity=severity), at, rules), rules, since)


def shown(*rows: Happened, owed: Owed | None = None, wakes: tuple[Wake, ...] = ()) -> dict[str, Any]:
    return view(Week(note(), rows, wakes, owed or Owed()), FRIDAY, CONFIG)


def row(number: int, status: Status = Status.RESOLVED, **more: Any) -> Happened:
    ended = None if status in {Status.INVESTIGATING, Status.IDENTIFIED} else on(18, 11)
    return replace(Happened(number, "Checkout fails", 1, status, on(18), ended, burned=True), **more)


def test_a_quiet_week_has_nothing_in_it() -> None:
    """Every heading is there, and empty."""
    found = shown()
    lists = ("happened", "wobbly", "expiring", "reports", "debt", "due")
    assert [found[name] for name in lists] == [{"rows": [], "more": 0}] * len(lists)
    assert [found[name] for name in ("repeated", "watched", "waiting", "wakes", "items", "overdue")] == [[]] * 4 + [
        0
    ] * 2


def test_one_that_burns_belongs_to_it() -> None:
    """Whenever it began."""
    one = told(since=on(18))
    assert one is not None
    assert (one.level, one.status, one.ended, one.burned, one.burning) == (1, Status.INVESTIGATING, None, True, True)


def test_one_that_ended_in_it_belongs_to_it() -> None:
    """With how long users were affected; one that ended before it does not, unless it is open."""
    end = comment(1, "alex", "/resolve", on(17, 3)), closed(on(17, 3))
    one = told(*end)
    assert one is not None
    assert (one.ended, one.open, one.burned) == (on(17, 3), False, True)
    assert told(*end, since=on(18)) is None
    calm = told(comment(1, "alex", "/status mitigated", on(18, 3)), since=on(19))
    assert calm is not None
    assert (calm.burned, calm.open, calm.burning) == (False, True, False)


def test_one_that_was_reopened_is_told_so() -> None:
    """In the week; a reopening before it is no news."""
    items = comment(1, "alex", "/resolve", on(17, 3)), closed(on(17, 3)), reopened(on(17, 5))
    assert [one.reopened for one in (told(*items), told(*items, since=on(18))) if one] == [True, False]


def test_what_is_only_recorded_is_no_news() -> None:
    """A severity without a card; an issue that is no incident; one whose severity was taken off."""
    assert told(severity=4) is None
    assert told(severity=3) is not None
    assert happened(incident_in(thread(), FRIDAY, CONFIG), CONFIG, SINCE) is None


def test_what_holds_it_and_what_it_is_about() -> None:
    """Containments, and the services that it names."""
    services = {"checkout": Service(), "search": Service(), "check": Service(), "out": Service()}
    one = told(comment(1, "alex", "/contain flag off", on(18, 3)), services=services)
    assert one is not None
    assert (one.contained, one.services) == (True, ("checkout",))


def test_a_client_report_has_no_severity() -> None:
    """It is told as what it is."""
    one = thread(labeled("client-report", 0))
    found = happened(incident_in(one, FRIDAY, CONFIG), CONFIG, SINCE)
    assert found is not None
    assert found.level == 0


def test_what_is_over_is_not_wobbly_unless_it_was_reopened() -> None:
    """What is open is, worst first; what burned before the week is no news."""
    rows = row(5, reopened=True), row(6), row(7, Status.MONITORING, level=2, burned=False), row(8, Status.INVESTIGATING)
    found = shown(*rows)
    assert [one["number"] for one in found["happened"]["rows"]] == [5, 6, 8]
    assert [one["number"] for one in found["wobbly"]["rows"]] == [5, 8, 7]
    assert found["watched"] == [7]


def test_a_service_with_two_incidents_is_wobbly() -> None:
    """One alone is not; what burned before the week does not count."""
    rows = [row(n, services=("search", "checkout")[: 1 + (n == 6)]) for n in (5, 6)]
    rows.append(row(7, services=("checkout",), burned=False))
    assert shown(*rows)["repeated"] == [{"name": "search", "numbers": [5, 6]}]


def test_a_hotfix_that_is_not_in_production_is_watched() -> None:
    """By its number and its incident's."""
    assert shown(row(5, waiting=(45, 46)))["waiting"] == [{"pull": 45, "number": 5}, {"pull": 46, "number": 5}]


def owes(kind: Kind, number: int, due: date | None = None, **more: Any) -> Commitment:
    return Commitment(kind, number, "words", "", on(10), due=due, **more)


def test_what_falls_due_in_the_coming_turn_is_named() -> None:
    """Until its last day, and what is overdue; the rest of the items is counted, the rest of the debt stands there."""
    soon, late, over = date(2026, 11, 30), date(2026, 12, 1), date(2026, 11, 12)
    owed = Owed(
        (
            owes(Kind.CONTAINMENT, 5, soon, part="C1"),
            owes(Kind.CONTAINMENT, 6, late, part="C1"),
            owes(Kind.POSTMORTEM, 7, soon),
            owes(Kind.POSTMORTEM, 8, late),
            owes(Kind.ROOT_CAUSE, 9, late),
            owes(Kind.REVIEW, 10),
            owes(Kind.ITEM, 7, over, part="1"),
            owes(Kind.ITEM, 7, late, part="2"),
            owes(Kind.ITEM, 7, part="3"),
            owes(Kind.ITEM, 7, over, part="4", ended=Ended(Ending.DONE, on(18))),
        ),
        dashboard=50,
    )
    found = shown(owed=owed)
    numbers = {name: [one["number"] for one in found[name]["rows"]] for name in ("expiring", "reports", "debt", "due")}
    assert numbers == {"expiring": [5], "reports": [7], "debt": [5, 6, 9, 10], "due": [7]}
    assert (found["items"], found["overdue"], found["dashboard"]) == (3, 1, 50)


def test_a_long_list_is_cut() -> None:
    """How many more there are is said."""
    found = shown(*(row(n) for n in range(1, MOST + 4)))
    assert (len(found["happened"]["rows"]), found["happened"]["more"]) == (MOST, 3)


@pytest.mark.parametrize(
    ("days", "counted"),
    [
        ((), []),
        ((17, 18), [("alex", 2, False, False)]),
        ((17, 18, 19), [("alex", 3, False, True)]),
        ((10, 11), []),
        ((10, 11, 14), [("morgan", 3, True, True)]),
        ((14, 18), [("alex", 1, False, False), ("morgan", 1, True, False)]),
    ],
)
def test_wake_ups_are_counted_by_person_and_turn(days: tuple[int, ...], counted: list[Any]) -> None:
    """Those of the turn before where some came after its note, on the 13th: then all of them, once."""
    wakes = tuple(Wake("morgan" if day < 16 else "alex", 12, on(day, 2)) for day in days)
    found = [(one["login"], one["count"], one["before"], one["too_many"]) for one in shown(wakes=wakes)["wakes"]]
    assert found == counted
