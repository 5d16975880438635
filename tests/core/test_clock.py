"""Deadlines on the business calendar: weekends, holidays, and clocks that change."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from stanch.core.clock import (
    BusinessDays,
    Calendar,
    Promise,
    SameBusinessDay,
    Within,
    at_opening,
    business_days_after,
    business_days_before,
    deadline,
    end_of_business_day,
    from_local,
    is_working_day,
    local_date,
    morning_has_come,
    newest_weekly_morning,
    next_working_morning,
    parse_duration,
    parse_promise,
    to_local,
)

BERLIN = Calendar(zone="Europe/Berlin", holidays=frozenset({date(2026, 12, 25)}))
FRIDAY = date(2026, 11, 20)


def berlin(text: str) -> datetime:
    """A wall-clock time in Berlin as a UTC instant."""
    moment = datetime.fromisoformat(text)
    return from_local(moment.date(), moment.time(), BERLIN)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-11-20 08:00", "2026-11-20 18:00"),
        ("2026-11-20 17:59:59", "2026-11-20 18:00"),
        ("2026-11-20 18:00", "2026-11-23 18:00"),
        ("2026-11-21 10:00", "2026-11-23 18:00"),
        ("2026-12-24 19:00", "2026-12-28 18:00"),
        ("2026-10-23 20:00", "2026-10-26 18:00"),
    ],
)
def test_the_same_business_day_ends_at_closing_time(start: str, end: str) -> None:
    """After closing, on weekends and on holidays it is the next working day that ends."""
    assert end_of_business_day(berlin(start), BERLIN) == berlin(end)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-11-20 23:00", 2, "2026-11-24 18:00"),
        ("2026-11-21 12:00", 1, "2026-11-23 18:00"),
        ("2026-12-23 09:00", 2, "2026-12-28 18:00"),
        ("2026-03-27 17:00", 1, "2026-03-30 18:00"),
        ("2026-11-16 00:00", 5, "2026-11-23 18:00"),
    ],
)
def test_business_days_are_counted_from_the_local_day(start: str, days: int, end: str) -> None:
    """Friday night plus two is Tuesday's closing time, whatever the clocks did over the weekend."""
    assert business_days_after(berlin(start), days, BERLIN) == berlin(end)


def test_business_days_before_skip_what_is_not_worked() -> None:
    """One business day before a Monday is Friday; a holiday does not count."""
    assert business_days_before(date(2026, 11, 23), 1, BERLIN) == FRIDAY
    assert business_days_before(date(2026, 12, 28), 1, BERLIN) == date(2026, 12, 24)


@pytest.mark.parametrize("count", [0, -1])
def test_less_than_one_business_day_is_refused(count: int) -> None:
    """Zero business days is not a promise; `same business day` is."""
    with pytest.raises(ValueError, match="at least one"):
        business_days_after(utc("2026-11-20"), count, BERLIN)


@pytest.mark.parametrize(
    ("moment", "morning"),
    [
        ("2026-11-20 09:00", "2026-11-20 09:00"),
        ("2026-11-20 09:00:01", "2026-11-23 09:00"),
        ("2026-11-22 03:00", "2026-11-23 09:00"),
    ],
)
def test_what_is_not_burning_waits_for_a_working_morning(moment: str, morning: str) -> None:
    """The first 09:00 of a working day that is not before the moment."""
    assert next_working_morning(berlin(moment), BERLIN) == berlin(morning)


@pytest.mark.parametrize(
    ("moment", "come"),
    [
        ("2026-11-20 08:59:59", False),
        ("2026-11-20 09:00", True),
        ("2026-11-20 23:59", True),
        ("2026-11-21 00:00", False),
        ("2026-11-22 12:00", False),
        ("2026-11-23 09:00", True),
    ],
)
def test_what_is_not_burning_is_said_from_nine_on_working_days(moment: str, come: bool) -> None:
    """Not at night, not on a weekend, however late it is already."""
    assert morning_has_come(berlin(moment), BERLIN) is come


def test_nine_in_the_morning_follows_the_teams_clock() -> None:
    """09:00 in Berlin is 07:00 UTC in summer and 08:00 UTC in winter."""
    assert at_opening(date(2026, 7, 1), BERLIN) == utc("2026-07-01 07:00")
    assert at_opening(date(2026, 12, 1), BERLIN) == utc("2026-12-01 08:00")


@pytest.mark.parametrize(
    ("zone", "day", "at", "instant"),
    [
        ("Europe/Berlin", date(2026, 3, 29), time(2, 30), "2026-03-29 01:30"),
        ("Europe/Berlin", date(2026, 10, 25), time(2, 30), "2026-10-25 00:30"),
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15), "2026-10-03 15:45"),
        ("Australia/Lord_Howe", date(2026, 4, 5), time(1, 45), "2026-04-04 14:45"),
        ("Africa/Casablanca", date(2026, 3, 22), time(2, 30), "2026-03-22 02:30"),
        ("Africa/Casablanca", date(2026, 2, 15), time(2, 30), "2026-02-15 01:30"),
    ],
)
def test_skipped_times_move_forward_and_doubled_ones_are_the_first(
    zone: str, day: date, at: time, instant: str
) -> None:
    """Half an hour in Lord Howe, Ramadan in Casablanca: a wall clock's time is always one instant."""
    assert from_local(day, at, Calendar(zone=zone)) == utc(instant)


def test_a_day_that_a_zone_skipped_is_no_working_day() -> None:
    """Samoa went from Thursday the 29th to Saturday the 31st of December 2011."""
    apia = Calendar(zone="Pacific/Apia")
    assert not is_working_day(date(2011, 12, 30), apia)
    thursday = from_local(date(2011, 12, 29), time(10), apia)
    assert to_local(business_days_after(thursday, 1, apia), apia).date() == date(2012, 1, 2)


def test_a_new_day_does_not_end_again() -> None:
    """In St. John's, clocks once went back from 00:01 to 23:01; the new day had begun all the same."""
    newfoundland = Calendar(zone="America/St_Johns")
    second_2330 = datetime(2010, 11, 7, 3, 0, tzinfo=UTC)
    assert to_local(second_2330, newfoundland).date() == date(2010, 11, 6)
    assert local_date(second_2330, newfoundland) == date(2010, 11, 7)


START = utc("2026-11-20 16:00")


@pytest.mark.parametrize(
    ("promise", "due"),
    [
        (Within(timedelta(minutes=5)), utc("2026-11-20 16:05")),
        (SameBusinessDay(), utc("2026-11-20 17:00")),
        (BusinessDays(2), utc("2026-11-24 17:00")),
        (None, None),
    ],
)
def test_each_kind_of_promise_has_its_deadline(promise: Promise, due: datetime | None) -> None:
    """Durations run day and night, business days end at closing time, nothing has no deadline."""
    assert deadline(promise, START, BERLIN) == due


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("30m", timedelta(minutes=30)),
        ("2h", timedelta(hours=2)),
        ("1h30m", timedelta(minutes=90)),
        ("1h 30m", timedelta(minutes=90)),
        ("1d", timedelta(days=1)),
        ("5 min", timedelta(minutes=5)),
        ("2 Hours", timedelta(hours=2)),
        (" 90 minutes ", timedelta(minutes=90)),
        ("0m", None),
        ("0h0m", None),
        ("", None),
        ("30", None),
        ("-5m", None),
        ("1.5h", None),
        ("30m2h", None),
        ("99999m", None),
        ("\u0663m", None),
    ],
)
def test_durations_are_read_as_people_write_them(text: str, amount: timedelta | None) -> None:
    """A number with its unit, larger units first; no unit, no sign, no zero."""
    assert parse_duration(text) == amount


@pytest.mark.parametrize(
    ("text", "promise"),
    [
        ("30m", Within(timedelta(minutes=30))),
        ("1d2h3m", Within(timedelta(days=1, hours=2, minutes=3))),
        ("same business day", SameBusinessDay()),
        ("1 business day", BusinessDays(1)),
        ("2 business days", BusinessDays(2)),
        ("none", None),
    ],
)
def test_a_promise_is_read(text: str, promise: Promise) -> None:
    """A time, the same business day, so many business days, or nothing."""
    assert parse_promise(text) == promise


@pytest.mark.parametrize("text", ["", "soon", "0 business days", "2", "business day", "2 days business"])
def test_what_is_no_promise_is_refused(text: str) -> None:
    """A promise that cannot be read is never taken for none."""
    with pytest.raises(ValueError, match="not a promise"):
        parse_promise(text)


def test_backlog_promises_nothing() -> None:
    """`backlog` and `none` mean the same to a clock."""
    assert parse_promise("Backlog") is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"zone": "Mars/Base"},
        {"zone": "../etc/passwd"},
        {"zone": "America"},
        {"zone": ""},
        {"zone": "localtime"},
        {"days": frozenset[int]()},
        {"opening": time(18), "closing": time(9)},
    ],
)
def test_a_calendar_that_cannot_be_is_refused(wrong: dict[str, str]) -> None:
    """An unknown zone, a week without work and a day that ends before it begins."""
    with pytest.raises(ValueError, match=r"time zone|working day|before it closes"):
        Calendar(**wrong)  # type: ignore[arg-type] # the table mixes the types of three fields


def test_an_instant_without_a_zone_is_refused() -> None:
    """A naive datetime would silently mean the machine's zone."""
    with pytest.raises(ValueError, match="time zone"):
        end_of_business_day(datetime(2026, 11, 20), BERLIN)  # noqa: DTZ001 # the mistake that is guarded against


@pytest.mark.parametrize(
    ("now", "newest"),
    [
        ("2026-03-25T07:59:00", None),
        ("2026-03-25T08:00:00", "2026-03-25T08:00:00"),
        ("2026-04-01T06:59:00", "2026-03-25T08:00:00"),
        ("2026-04-01T07:00:00", "2026-04-01T07:00:00"),
        ("2026-04-09T12:00:00", "2026-04-08T07:00:00"),
    ],
)
def test_a_weekly_morning_stays_at_nine_when_clocks_change(now: str, newest: str | None) -> None:
    """Berlin goes to summer time on 29 March: the Wednesdays after it begin an hour earlier in UTC."""
    first = datetime(2026, 3, 25, 8, tzinfo=UTC)
    expected = datetime.fromisoformat(newest).replace(tzinfo=UTC) if newest else None
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    assert newest_weekly_morning(first, moment, Calendar("Europe/Berlin")) == expected
