"""Who is on call at an instant: turns, hand-overs on the wall clock, and overrides."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from stanch.core.rota import Duty, Layer, Override, Rota, Shift

TEAM = ("alex", "jordan", "morgan")
MONDAY = date(2026, 11, 16)
BERLIN = Layer("primary", TEAM, MONDAY, zone="Europe/Berlin")
SECOND = Layer("secondary", TEAM[1:] + TEAM[:1], MONDAY, zone="Europe/Berlin")
ROTA = Rota((BERLIN, SECOND))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def cover(login: str, since: str, until: str, layer: str = "primary") -> Override:
    return Override(layer, login, utc(since), utc(until))


def logins(rota: Rota, at: str) -> list[str]:
    return [duty.login for duty in rota.on_call(utc(at))]


def told(shifts: tuple[Shift, ...]) -> list[tuple[str, str, str]]:
    return [(one.login, f"{one.since:%m-%d %H:%M}", f"{one.until:%m-%d %H:%M}") for one in shifts]


def test_nothing_configured_is_nobody_on_call() -> None:
    """An empty rota answers too."""
    assert Rota().on_call(utc("2026-11-17")) == ()
    assert Rota().shifts(utc("2026-11-17"), utc("2027-11-17")) == ()
    assert Rota().people() == ()


@pytest.mark.parametrize(
    ("at", "people"),
    [
        ("2026-11-16 07:59:59", []),
        ("2026-11-16 08:00", ["alex", "jordan"]),
        ("2026-11-23 07:59:59", ["alex", "jordan"]),
        ("2026-11-23 08:00", ["jordan", "morgan"]),
        ("2026-11-30 08:00", ["morgan", "alex"]),
        ("2026-12-07 08:00", ["alex", "jordan"]),
        ("2027-03-29 06:59:59", ["alex", "jordan"]),
        ("2027-03-29 07:00", ["jordan", "morgan"]),
        ("2099-12-28 08:00", ["morgan", "alex"]),
    ],
)
def test_turns_change_on_the_wall_clock(at: str, people: list[str]) -> None:
    """At 09:00 in Berlin, winter and summer, from the first turn on; the first layer stands first."""
    assert logins(ROTA, at) == people


def test_a_duty_says_from_when_until_when() -> None:
    """In UTC: the week in which Berlin goes to summer time is an hour shorter."""
    (duty, _) = ROTA.on_call(utc("2027-03-28 12:00"))
    assert duty == Duty("primary", "alex", utc("2027-03-22 08:00"), utc("2027-03-29 07:00"))


@pytest.mark.parametrize(("at", "turn"), [("2026-11-16 07:59", None), ("2026-11-16 08:00", 0), ("2026-11-30 09:00", 2)])
def test_a_turn_is_counted_from_the_first(at: str, turn: int | None) -> None:
    """Turn 0 is the first one; before it there is none."""
    assert BERLIN.turn(utc(at)) == turn


def test_everybody_of_a_layer_follows_in_turn() -> None:
    """Whoever is on call first, then those who come next; before the first turn the list as it is."""
    assert BERLIN.in_turn(utc("2026-11-24")) == ("jordan", "morgan", "alex")
    assert BERLIN.in_turn(utc("2026-11-01")) == TEAM


COVERED = replace(
    ROTA,
    overrides=(
        cover("sam", "2026-11-18 18:00", "2026-11-20 06:00"),
        cover("kim", "2026-11-19 12:00", "2026-11-19 18:00"),
        cover("riley", "2026-11-22 00:00", "2026-11-25 00:00"),
        cover("robin", "2026-11-01 00:00", "2026-11-03 00:00"),
        cover("sam", "2026-11-20 00:00", "2026-11-19 00:00", "secondary"),
        cover("sam", "2026-11-20 00:00", "2026-12-19 00:00", "nowhere"),
    ),
)


def test_an_override_stands_between_the_parts_of_a_turn() -> None:
    """Of two at once the later one counts; one may reach over a hand-over, and before the first turn."""
    assert told(COVERED.shifts(utc("2026-10-01"), utc("2026-11-30")))[:9] == [
        ("robin", "11-01 00:00", "11-03 00:00"),
        ("alex", "11-16 08:00", "11-18 18:00"),
        ("sam", "11-18 18:00", "11-19 12:00"),
        ("kim", "11-19 12:00", "11-19 18:00"),
        ("sam", "11-19 18:00", "11-20 06:00"),
        ("alex", "11-20 06:00", "11-22 00:00"),
        ("riley", "11-22 00:00", "11-25 00:00"),
        ("jordan", "11-25 00:00", "11-30 08:00"),
        ("jordan", "11-16 08:00", "11-23 08:00"),
    ]


def test_an_override_shows_its_own_times() -> None:
    """Whoever covers is told from when until when they cover, not whose turn it is."""
    assert COVERED.on_call(utc("2026-11-23 12:00"))[0] == Duty("primary", "riley", utc("2026-11-22"), utc("2026-11-25"))
    shift = COVERED.shift(BERLIN, utc("2026-11-23 12:00"))
    assert (shift is not None, shift and shift.swapped) == (True, True)


def test_what_covers_no_time_or_no_layer_changes_nothing() -> None:
    """An override that ends before it begins, or is for a layer that is none."""
    assert [one.login for one in COVERED.on_call(utc("2026-11-19 12:00"))] == ["kim", "jordan"]
    assert {one.layer for one in COVERED.shifts(utc("2026-11-01"), utc("2027-01-01"))} == {"primary", "secondary"}


def test_a_later_override_is_added_above_the_others() -> None:
    """A swap counts before what the config says."""
    swapped = COVERED.with_overrides(cover("morgan", "2026-11-19 13:00", "2026-11-19 14:00"))
    assert logins(swapped, "2026-11-19 13:30") == ["morgan", "jordan"]
    assert logins(swapped, "2026-11-19 14:00") == ["kim", "jordan"]


def test_shifts_are_whole_and_those_that_have_a_part() -> None:
    """One that began before or ends after the time that is asked about is shown whole; one that only touches, not."""
    week = ROTA.shifts(utc("2026-11-23 08:00"), utc("2026-11-30 08:00"))
    assert told(week) == [("jordan", "11-23 08:00", "11-30 08:00"), ("morgan", "11-23 08:00", "11-30 08:00")]
    assert len(ROTA.shifts(utc("2026-11-23 07:59"), utc("2026-11-30 08:01"))) == 6
    assert ROTA.shifts(utc("2026-11-23"), utc("2026-11-23")) == ()


@pytest.mark.parametrize(
    ("zone", "first", "at", "handovers"),
    [
        ("Europe/Berlin", date(2026, 3, 28), time(2, 30), ["03-28 01:30", "03-29 01:30", "03-30 00:30"]),
        ("Europe/Berlin", date(2026, 10, 24), time(2, 30), ["10-24 00:30", "10-25 00:30", "10-26 01:30"]),
        ("Australia/Lord_Howe", date(2026, 10, 3), time(2, 15), ["10-02 15:45", "10-03 15:45", "10-04 15:15"]),
        ("Australia/Lord_Howe", date(2026, 4, 4), time(1, 45), ["04-03 14:45", "04-04 14:45", "04-05 15:15"]),
        ("Pacific/Apia", date(2011, 12, 29), time(9), ["12-29 19:00", "12-30 19:00", "12-30 19:00"]),
        ("Africa/Casablanca", date(2026, 2, 14), time(2, 30), ["02-14 01:30", "02-15 01:30", "02-16 02:30"]),
    ],
)
def test_hand_over_follows_the_rules_of_clocks_that_change(
    zone: str, first: date, at: time, handovers: list[str]
) -> None:
    """A skipped time moves forward, a doubled one means the first; a skipped day hands over as the next does."""
    layer = Layer("primary", TEAM, first, 1, at, zone)
    assert [f"{layer.handover(turn):%m-%d %H:%M}" for turn in range(3)] == handovers


def test_a_turn_that_a_zone_skipped_is_nobodys() -> None:
    """Samoa had no 30th of December 2011: who would have had that day is passed over, and no second is uncovered."""
    layer = Layer("primary", TEAM, date(2011, 12, 28), 1, time(9), "Pacific/Apia")
    shifts = Rota((layer,)).shifts(utc("2011-12-28 19:00"), utc("2012-01-01 00:00"))
    assert told(shifts) == [
        ("alex", "12-28 19:00", "12-29 19:00"),
        ("jordan", "12-29 19:00", "12-30 19:00"),
        ("alex", "12-30 19:00", "12-31 19:00"),
        ("jordan", "12-31 19:00", "01-01 19:00"),
    ]


def test_a_clock_that_goes_back_over_midnight_takes_no_turn_back() -> None:
    """St. John's once went from 00:01 back to 23:01: who took over at midnight keeps the turn."""
    layer = Layer("primary", TEAM, date(2010, 11, 6), 1, time(0), "America/St_Johns")
    change = utc("2010-11-07 02:31")
    seen = [layer.turn(change + timedelta(minutes=minutes)) for minutes in (-2, -1, 0, 30, 60, 1440 + 59)]
    assert seen == [0, 1, 1, 1, 1, 2]
