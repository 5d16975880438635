"""The calendar against a counter that walks minute by minute, in every zone."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.odd_zones import ODD

from stanch.core.clock import (
    Calendar,
    business_days_after,
    business_days_before,
    end_of_business_day,
    from_local,
    is_working_day,
    local_date,
    next_working_morning,
    zone_named,
)

MINUTE = timedelta(minutes=1)
ZONES = sorted(available_timezones() - {"localtime"})


def minutes_from(start: datetime, calendar: Calendar) -> Iterator[tuple[datetime, datetime, date]]:
    """Every minute from here on: the instant, the wall clock, and the newest day begun so far."""
    zone, moment = ZoneInfo(calendar.zone), start - timedelta(days=2)
    newest = date.min
    while True:
        wall = moment.astimezone(zone)
        newest = max(newest, wall.date())
        if moment >= start:
            yield moment, wall, newest
        moment += MINUTE


def worked(day: date, calendar: Calendar) -> bool:
    return day.weekday() in calendar.days and day not in calendar.holidays


def counted(start: datetime, days: int, calendar: Calendar) -> datetime:
    """The closing time that somebody sees who watches the wall clock and ticks off working days."""
    first, seen = None, set[date]()
    for moment, wall, newest in minutes_from(start, calendar):
        first = first or newest
        if wall.date() > first and worked(wall.date(), calendar):
            seen.add(wall.date())
        if len(seen) >= days and wall.date() in seen and wall.time() == calendar.closing:
            return moment
    raise AssertionError


def watched(start: datetime, at: time, calendar: Calendar) -> datetime:
    """The first minute from here on at which a working day's wall clock shows this time for the first time."""
    for moment, wall, _ in minutes_from(start, calendar):
        if worked(wall.date(), calendar) and wall.time() == at and not wall.fold:
            return moment
    raise AssertionError


starts = st.tuples(st.sampled_from(ODD), st.integers(-5 * 1440, 2 * 1440)).map(
    lambda drawn: (drawn[0][0], drawn[0][1] + drawn[1] * MINUTE)
)


def calendars(zone: str, around: datetime) -> st.SearchStrategy[Calendar]:
    days_off = st.integers(-3, 6).map(lambda n: (around + timedelta(days=n)).date())
    return st.builds(
        Calendar,
        zone=st.just(zone),
        days=st.frozensets(st.integers(0, 6), min_size=1),
        holidays=st.frozensets(days_off, max_size=3),
    )


places = starts.flatmap(lambda at: st.tuples(st.just(at[1]), calendars(*at)))


@settings(max_examples=60, deadline=None)
@given(places, st.integers(1, 3))
def test_business_days_agree_with_ticking_them_off(place: tuple[datetime, Calendar], days: int) -> None:
    """Counting minutes on the wall clock gives the same closing time."""
    start, calendar = place
    assert business_days_after(start, days, calendar) == counted(start, days, calendar)


@settings(max_examples=60, deadline=None)
@given(places)
def test_closing_time_and_morning_agree_with_watching_the_clock(place: tuple[datetime, Calendar]) -> None:
    """The end of the business day comes after the moment, a working morning not before it."""
    start, calendar = place
    assert end_of_business_day(start, calendar) == watched(start + MINUTE, calendar.closing, calendar)
    assert next_working_morning(start, calendar) == watched(start, time(9), calendar)


def results(start: datetime, calendar: Calendar) -> tuple[datetime | date, ...]:
    return (
        local_date(start, calendar),
        end_of_business_day(start, calendar),
        business_days_after(start, 2, calendar),
        next_working_morning(start, calendar),
    )


@settings(max_examples=300, deadline=None)
@given(places, st.integers(1, 3000))
def test_whoever_starts_later_is_never_due_earlier(place: tuple[datetime, Calendar], later: int) -> None:
    """Every result is monotonic in its start, also where clocks go back over midnight."""
    start, calendar = place
    pairs = zip(results(start, calendar), results(start + later * MINUTE, calendar), strict=True)
    assert all(first <= second for first, second in pairs)


def transitions(zone: str) -> list[datetime]:
    """A few hours at which this zone changed its clocks, found by halving since 1975."""
    tz = ZoneInfo(zone)
    months = [datetime(year, month, 1, tzinfo=UTC) for year in (1975, 1994, 2011, 2026) for month in range(1, 13)]
    changed = [(a, b) for a, b in pairwise(months) if a.astimezone(tz).utcoffset() != b.astimezone(tz).utcoffset()]
    return [_halved(a, b, tz) for a, b in changed if b - a < timedelta(days=32)]


def _halved(low: datetime, high: datetime, tz: ZoneInfo) -> datetime:
    before = low.astimezone(tz).utcoffset()
    while high - low > MINUTE:
        middle = low + (high - low) / 2
        low, high = (middle, high) if middle.astimezone(tz).utcoffset() == before else (low, middle)
    return high.replace(second=0, microsecond=0)


@pytest.mark.parametrize("region", sorted({zone.split("/")[0] for zone in ZONES}))
def test_every_zone_is_monotonic_around_its_changes(region: str) -> None:
    """In each zone of the database, over a sample of its changes, deadlines only move forward."""
    for zone in (name for name in ZONES if name.split("/")[0] == region):
        calendar = Calendar(zone=zone, days=frozenset(range(7)))
        for change in transitions(zone)[:4]:
            moments = [change + timedelta(minutes=n) for n in (-1500, -61, -31, -1, 0, 1, 29, 59, 61, 1500)]
            seen = [results(moment, calendar) for moment in moments]
            assert seen == sorted(seen), (zone, change)
            assert all(end_of_business_day(moment, calendar) > moment for moment in moments)


@given(st.dates(date(1990, 1, 1), date(2040, 1, 1)), st.integers(1, 10), st.sampled_from(["UTC", "Asia/Tokyo"]))
def test_before_undoes_after(day: date, count: int, zone: str) -> None:
    """From a working day, n days forward and n days back is the same day."""
    calendar = Calendar(zone=zone)
    if is_working_day(day, calendar):
        there = local_date(business_days_after(from_local(day, time(12), calendar), count, calendar), calendar)
        assert business_days_before(there, count, calendar) == day


def test_every_zone_of_the_database_is_known() -> None:
    """A team may live anywhere."""
    assert all(zone_named(zone) for zone in ZONES)
