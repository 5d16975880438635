"""The rota against somebody who watches the clock on the wall, in every zone and over every change of clocks."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import groupby, pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.odd_zones import ODD

from stanch.core.rota import Layer, Override, Rota, Shift

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
TEAM = ("alex", "jordan", "morgan", "sam")
WINDOW = timedelta(days=3)


def watched(layer: Layer, start: datetime, end: datetime) -> list[tuple[datetime, int]]:
    """The turns that begin in this time, noted minute by minute by somebody who watches the wall clock.

    A time that the clock jumps over is waited for as long after the jump as it would have been without it.
    """
    zone, noted = ZoneInfo(layer.zone), dict[date, datetime]()
    before, moment = (start - MINUTE).astimezone(zone).replace(tzinfo=None), start
    while moment < end:
        wall = moment.astimezone(zone).replace(tzinfo=None)
        for past in range((wall.date() - before.date()).days + 1):
            due = datetime.combine(before.date() + past * DAY, layer.at)
            if before < due <= wall:
                noted.setdefault(due.date(), moment if due == wall else moment + (due - before) - MINUTE)
        before, moment = wall, moment + MINUTE
    days = {day: (day - layer.first).days for day in noted}
    return sorted((noted[day], n // layer.days) for day, n in days.items() if n >= 0 and n % layer.days == 0)


def layers(zone: str, around: datetime) -> st.SearchStrategy[Layer]:
    times = st.one_of(st.just(time(9)), st.integers(0, 1439).map(lambda minute: time(minute // 60, minute % 60)))
    near = st.integers(-120, 120).map(lambda n: (around + n * MINUTE).astimezone(ZoneInfo(zone)).time())
    return st.builds(
        Layer,
        name=st.just("primary"),
        people=st.integers(1, 4).map(lambda count: TEAM[:count]),
        first=st.integers(-40, 2).map(lambda n: (around + n * DAY).date()),
        days=st.sampled_from([1, 1, 2, 3, 7]),
        at=st.one_of(times, near).map(lambda at: at.replace(second=0, microsecond=0, fold=0)),
        zone=st.just(zone),
    )


places = st.sampled_from(ODD).flatmap(lambda drawn: st.tuples(layers(*drawn), st.just(drawn[1])))


@settings(max_examples=30, deadline=None)
@given(places)
def test_who_is_on_call_agrees_with_watching_the_clock(place: tuple[Layer, datetime]) -> None:
    """Whoever counts hand-overs on the wall clock finds the same person, to the second."""
    layer, around = place
    rota, begun = Rota((layer,)), watched(layer, around - WINDOW, around + WINDOW)
    for moment, turn in begun:
        last = max(other for when, other in begun if when == moment)
        (duty,) = rota.on_call(moment)
        assert (duty.login, duty.since) == (layer.people[last % len(layer.people)], moment)
        assert all(before.until <= moment for before in rota.on_call(moment - timedelta.resolution))
        assert layer.handover(turn) == moment
    told = {shift.since for shift in rota.shifts(around - WINDOW, around + WINDOW)}
    assert {since for since in told if since >= around - WINDOW} == {moment for moment, _ in begun}


moments = st.integers(-72 * 60, 72 * 60)
spans = st.tuples(moments, st.integers(-30, 60 * 60), st.sampled_from(["kim", "riley", "alex"]))


@settings(max_examples=100, deadline=None)
@given(places, st.lists(spans, max_size=5), st.lists(moments, min_size=1, max_size=20))
def test_overrides_agree_with_asking_each_of_them(
    place: tuple[Layer, datetime], covers: list[tuple[int, int, str]], asked: list[int]
) -> None:
    """The last of those that cover an instant, else whose turn it is; its shift lasts exactly as long as that is so."""
    layer, around = place
    found = [(around + at * MINUTE, around + (at + length) * MINUTE, login) for at, length, login in covers]
    overrides = tuple(Override("primary", login, since, until) for since, until, login in found)
    rota, bare = Rota((layer,), overrides), Rota((layer,))
    tops = [None, *overrides]
    for moment in (around + minute * MINUTE for minute in asked):
        rank = max(place for place, one in enumerate(tops) if one is None or one.since <= moment < one.until)
        top, turn = tops[rank], bare.shift(layer, moment)
        shift = rota.shift(layer, moment)
        assert (shift.login if shift else None) == (top.login if top else turn.login if turn else None)
        if shift is not None:
            edges = [edge for one in overrides for edge in (one.since, one.until) if one.since < one.until]
            edges += [edge for one in (turn, top) if one for edge in (one.since, one.until)]
            assert shift.since <= moment < shift.until
            assert {shift.since, shift.until} <= set(edges)
            assert rota.shift(layer, shift.since) == rota.shift(layer, shift.until - timedelta.resolution) == shift


@settings(max_examples=80, deadline=None)
@given(places, st.lists(spans, max_size=4))
def test_shifts_follow_one_another(place: tuple[Layer, datetime], covers: list[tuple[int, int, str]]) -> None:
    """Each takes time, in order and without an overlap, and without a gap once the first turn has begun."""
    layer, around = place
    overrides = tuple(
        Override("primary", login, around + at * MINUTE, around + (at + length) * MINUTE)
        for at, length, login in covers
    )
    shifts = Rota((layer,), overrides).shifts(around - WINDOW, around + WINDOW)
    assert all(one.since < one.until for one in shifts)
    for one, following in pairwise(shifts):
        assert one.until <= following.since
        if layer.handover(0) <= one.until:
            assert one.until == following.since


Change = tuple[datetime, timedelta, timedelta]
"""When a zone changed its clocks, and how far they were from UTC before and after it."""

INSTANTS = [datetime(2020, 1, 1, tzinfo=UTC) + 5 * day * DAY for day in range(21 * 73 + 2)]


def offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def changes(name: str) -> tuple[Change, ...]:
    """Every change of clocks from 2020 to 2040, to the second; none is gone again within five days."""
    zone = ZoneInfo(name)
    seen = [offset(moment, zone) for moment in INSTANTS]
    pairs = zip(pairwise(INSTANTS), pairwise(seen), strict=True)
    return tuple((_halved(*when, zone), *both) for when, both in pairs if both[0] != both[1])


def _halved(low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    before, second = offset(low, zone), timedelta(seconds=1)
    while high - low > second:
        middle = low + (high - low) // 2 // second * second
        low, high = (middle, high) if offset(middle, zone) == before else (low, middle)
    return high


@cache
def distinct() -> dict[tuple[Change, ...], list[str]]:
    """The zones of the database by how their clocks change: about fifty ways."""
    zones = sorted(available_timezones() - {"localtime"})
    told = sorted(((changes(zone), zone) for zone in zones), key=lambda pair: pair[0])
    return {way: [zone for _, zone in same] for way, same in groupby(told, key=lambda pair: pair[0])}


def expected(day: date, at: time, change: Change) -> datetime:
    """The instant of a wall clock's time near a change, from what UTC shows on the wall before and after it."""
    when, before, after = change
    wall = datetime.combine(day, at, UTC)
    shown = [wall - past for past, holds in ((before, wall - before < when), (after, wall - after >= when)) if holds]
    return min(shown) if shown else when + (wall - (when + before))


def hard_times(change: Change) -> Iterator[time]:
    """Times of hand-over that this change skips, doubles or just misses, and the usual one."""
    when, before, after = change
    walls = [when + before, when + after, when + (before + after) / 2]
    steps = (timedelta(), -MINUTE)
    yield from {(wall + step).time().replace(microsecond=0) for wall in walls for step in steps} | {time(9)}


def unbroken(zone: str, change: Change) -> list[str]:
    """What is wrong with turns of a day and of a week around a change of clocks; nothing, if all is well."""
    first = (change[0] - 2 * DAY).date()
    wrong = []
    for at in hard_times(change):
        daily, weekly = (Layer("primary", TEAM, first, days, at, zone) for days in (1, 7))
        handovers = [expected(first + n * DAY, at, change) for n in range(5)]
        shifts = Rota((daily,)).shifts(handovers[0], handovers[4])
        edges = sorted({handovers[0], *handovers})
        if [(one.since, one.until) for one in shifts] != list(pairwise(edges)):
            wrong.append(f"{zone} {change[0]} {at} daily")
        (week,) = Rota((weekly,)).on_call(change[0])
        if (
            week != Shift("primary", TEAM[0], handovers[0], weekly.handover(1)).duty
            or week.until - week.since < 6 * DAY
        ):
            wrong.append(f"{zone} {change[0]} {at} weekly")
    return wrong


@pytest.mark.unmeasured
def test_no_change_of_clocks_leaves_a_gap_or_an_overlap() -> None:
    """Every change from 2020 to 2040 of every zone, once for each way in which zones change their clocks.

    Hand-overs are those that the wall clock shows, and turns follow on one another.
    """
    assert {len(way) for way in distinct()} >= {0, 42}
    assert [fault for way, zones in distinct().items() for change in way for fault in unbroken(zones[0], change)] == []


@pytest.mark.long
def test_no_change_of_clocks_leaves_a_gap_or_an_overlap_in_any_zone() -> None:
    """The same for each zone by its name."""
    found = [
        fault
        for way, zones in distinct().items()
        for zone in zones
        for change in way
        for fault in unbroken(zone, change)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("zone", "change"),
    [
        ("Pacific/Apia", datetime(2011, 12, 30, 10, tzinfo=UTC)),
        ("Pacific/Kwajalein", datetime(1993, 8, 21, 12, tzinfo=UTC)),
        ("Pacific/Fakaofo", datetime(2011, 12, 30, 11, tzinfo=UTC)),
        ("Asia/Manila", datetime(1844, 12, 31, 15, 56, 8, tzinfo=UTC)),
    ],
)
def test_a_day_that_was_skipped_leaves_no_gap(zone: str, change: datetime) -> None:
    """The changes that took a whole day away, which are older than 2020."""
    before, after = (offset(change + step, ZoneInfo(zone)) for step in (-MINUTE, MINUTE))
    assert after - before >= timedelta(hours=23)
    assert unbroken(zone, (change, before, after)) == []
