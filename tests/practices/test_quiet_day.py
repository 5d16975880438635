"""The quiet day: one word is asked for, a day after the end, when the team works."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.values import (
    TEAM,
    World,
    closed,
    comment,
    incident_thread,
    instant,
    labeled,
    reopened,
    thread,
    upcoming,
    view_of,
    wants,
)

from stanch.core.clock import Calendar
from stanch.core.thread import CloseReason, Item, Thread
from stanch.core.wanted import Notice
from stanch.practices.quiet_day import quiet_day

HOUR = 60
TAKE = comment(1, "jordan", "/take", 3)
TOLD = comment(2, "jordan", "/update Paying fails. Next update at 02:40 UTC.", 10)
OVER = (comment(3, "jordan", "/resolve", 9 * HOUR), closed(9 * HOUR))
"""Tuesday, 11:00 UTC."""
LATER = comment(4, "jordan", "/update It is over.", 9 * HOUR + 5)
DUE = (9 + 24) * HOUR
WHOLE = (TAKE, TOLD, *OVER, LATER)


def test_nothing_to_do() -> None:
    """While it burns, and of what nobody was told."""
    for items in ((), (TAKE, TOLD), (TAKE, *OVER)):
        assert wants(quiet_day, incident_thread(*items), 60 * HOUR) == []


def test_it_is_announced_and_asked_once() -> None:
    """Not before its time; then in one comment, and never again."""
    of = incident_thread(*WHOLE)
    assert [one.due for one in upcoming(quiet_day, of, DUE - 1)] == [instant(DUE)]
    world = World(of).looked_at(DUE - 1)
    assert world.bodies("/quiet/") == []
    world = world.looked_at(DUE + 1)
    assert len(world.bodies("/quiet/")) == 1
    assert world.looked_at(DUE + 9 * HOUR).planned(DUE + 9 * HOUR) == ()
    assert len(world.bodies("/quiet/")) == 1


@pytest.mark.parametrize(
    ("items", "severity", "asked"),
    [
        (WHOLE, 1, True),
        (WHOLE, 2, True),
        ((TAKE, TOLD, *OVER), 1, True),
        (WHOLE, 3, False),
        ((*WHOLE, reopened(12 * HOUR)), 1, False),
        ((*WHOLE, comment(5, "jordan", "/update Still quiet.", 22 * HOUR)), 1, False),
        ((*WHOLE, comment(5, "jordan", "/update A question was asked.", 12 * HOUR)), 1, True),
        ((*WHOLE, comment(5, "jordan", "/status resolved all quiet", 22 * HOUR)), 1, True),
        ((TAKE, TOLD, comment(3, "jordan", "/false-alarm a test", 9 * HOUR), closed(9 * HOUR)), 1, False),
        ((TAKE, TOLD, closed(9 * HOUR, reason=CloseReason.NOT_PLANNED)), 1, False),
        ((TAKE, TOLD, comment(3, "jordan", "/status mitigated", 9 * HOUR)), 1, False),
    ],
)
def test_of_whom_it_is_asked(items: tuple[Item, ...], severity: int, asked: bool) -> None:
    """Of a SEV-1 or SEV-2 that clients heard of, that is resolved and held, if nobody told them so yet."""
    of = incident_thread(*items, severity=severity)
    assert bool(wants(quiet_day, of, DUE + 1)) is asked
    assert wants(quiet_day, of, DUE + 1, replace(TEAM, tells_clients=False)) == []


def test_a_second_end_has_a_day_of_its_own() -> None:
    """Reopened and resolved again: it is asked again, from the new end on."""
    items = (*WHOLE, reopened(12 * HOUR), comment(7, "jordan", "/resolve", 14 * HOUR), closed(14 * HOUR))
    assert [one.due for one in upcoming(quiet_day, incident_thread(*items), 15 * HOUR)] == [instant(38 * HOUR)]


@pytest.mark.parametrize(
    ("resolved", "due"),
    [
        ("2026-11-17 11:00", "2026-11-18 11:00"),
        ("2026-11-17 02:00", "2026-11-18 08:00"),
        ("2026-11-17 08:00", "2026-11-18 08:00"),
        ("2026-11-17 16:59", "2026-11-18 16:59"),
        ("2026-11-17 17:00", "2026-11-19 08:00"),
        ("2026-11-17 22:30", "2026-11-19 08:00"),
        ("2026-11-19 17:00", "2026-11-23 08:00"),
        ("2026-11-20 11:00", "2026-11-23 08:00"),
        ("2026-11-22 20:00", "2026-11-24 08:00"),
        ("2026-12-23 11:00", "2026-12-25 08:00"),
    ],
)
def test_it_is_asked_when_the_team_works(resolved: str, due: str) -> None:
    """The first working moment after 24 hours, in Berlin; where holidays would outlast the sweep, the next morning."""
    end, start = at(resolved), at(resolved) - timedelta(hours=2)
    holidays = frozenset({date(2026, 12, 24), date(2026, 12, 25), date(2026, 12, 28)})
    config = replace(TEAM, calendar=Calendar("Europe/Berlin", holidays=holidays))
    of = thread(
        labeled("sev-1", start),
        comment(1, "jordan", "/take\n/update Paying fails. More at noon.", start),
        comment(2, "jordan", "/resolve", end),
        closed(end),
        when=start,
    )
    assert [one.due for one in upcoming(quiet_day, of, end, config)] == [at(due)]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("items", "severity", "who"),
    [
        ((comment(8, "morgan", "/ack", 5),), 1, ["morgan"]),
        ((comment(8, "morgan", "/ack", 5),), 2, ["jordan"]),
        ((comment(8, "morgan", "/comms @sam", 5),), 1, ["sam"]),
        ((), 1, ["jordan"]),
    ],
)
def test_whoever_speaks_to_the_clients_is_asked(items: tuple[Item, ...], severity: int, who: list[str]) -> None:
    """On a SEV-1; on a SEV-2 the lead."""
    (want,) = wants(quiet_day, incident_thread(*WHOLE, *items, severity=severity), DUE + 5)
    assert view_of(want)["people"] == who


def test_it_says_how_late_it_is_and_is_kept_by_the_clocks() -> None:
    """A cron that slept sends one, with the lateness in seconds."""
    (want,) = wants(quiet_day, incident_thread(*WHOLE), DUE + 300)
    assert isinstance(want, Notice)
    assert (want.timed, view_of(want)["late"]) == (True, 18_000)


def test_what_was_taken_in_silently_stays_silent() -> None:
    """An incident that was old when Stanch came."""
    old: Thread = incident_thread(*WHOLE)
    assert wants(quiet_day, old, 200 * HOUR) == []
