"""Promises and the deadlines that follow from them, on the team's business calendar.

Every instant that goes in or comes out is an aware UTC datetime. A local time that a change of clocks
skips moves forward by what was skipped, one that occurs twice means the first, and every result is
monotonic: whoever starts later is never due earlier.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

MORNING = time(9)
"""When what is not burning is said, in the team's zone."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

ONE_DAY = timedelta(days=1)


def zone_named(name: str) -> ZoneInfo | None:
    """The IANA time zone of this name, or None; `localtime` is the machine's zone, and refused."""
    if name == "localtime":
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # OSError: `America` is a directory of the database
        return None


@dataclass(frozen=True, slots=True)
class Calendar:
    """When a team works: an IANA zone, weekdays (Monday is 0), hours and days off.

    Raises ValueError for an unknown zone, a week without working days, or a day that ends before it begins.
    """

    zone: str = "UTC"
    days: frozenset[int] = frozenset(range(5))
    opening: time = time(9)
    closing: time = time(18)
    holidays: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if zone_named(self.zone) is None:
            raise ValueError(f'"{self.zone}" is not a time zone')
        if not self.days & set(range(7)):
            raise ValueError("a week needs at least one working day")
        if self.opening >= self.closing:
            raise ValueError("the day must open before it closes")


def to_local(moment: datetime, calendar: Calendar) -> datetime:
    """The same instant on the team's wall clock. Raises ValueError for a datetime without a zone."""
    if moment.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return moment.astimezone(ZoneInfo(calendar.zone))


def from_local(day: date, at: time, calendar: Calendar) -> datetime:
    """The UTC instant of a wall clock's time on this day."""
    # fold=0 is both rules in one: the first of two occurrences, and the old offset inside a gap.
    return datetime.combine(day, at, ZoneInfo(calendar.zone)).astimezone(UTC)


def local_date(moment: datetime, calendar: Calendar) -> date:
    """The newest day that has begun at the team's place.

    Where clocks go back over midnight, the new day does not end again: 23:01 then still belongs to it.
    """
    day = to_local(moment, calendar).date()
    tomorrow = day + ONE_DAY
    return tomorrow if from_local(tomorrow, time(), calendar) <= moment else day


def is_working_day(day: date, calendar: Calendar) -> bool:
    """Whether the team works on this day. A day that its zone skipped (Apia, 2011-12-30) is none."""
    if day.weekday() not in calendar.days or day in calendar.holidays:
        return False
    return to_local(from_local(day, time(), calendar), calendar).date() == day


def _working_days(day: date, step: timedelta, calendar: Calendar) -> Iterator[date]:
    """Working days beyond this one, nearest first, forwards or backwards."""
    while True:
        day += step
        if is_working_day(day, calendar):
            yield day


def _nth(n: int, days: Iterator[date]) -> date:
    if n < 1:
        raise ValueError("count at least one business day")
    return next(islice(days, n - 1, None))


def business_days_before(day: date, n: int, calendar: Calendar) -> date:
    """The n-th working day before this day. Raises ValueError unless n ≥ 1."""
    return _nth(n, _working_days(day, -ONE_DAY, calendar))


def business_days_after(moment: datetime, n: int, calendar: Calendar) -> datetime:
    """Closing time of the n-th working day after the moment's local day. Raises ValueError unless n ≥ 1."""
    day = _nth(n, _working_days(local_date(moment, calendar), ONE_DAY, calendar))
    return from_local(day, calendar.closing, calendar)


def end_of_business_day(moment: datetime, calendar: Calendar) -> datetime:
    """Today's closing time if it is still to come on a working day, else that of the next working day."""
    return _first_at(calendar.closing, moment + timedelta.resolution, calendar)


def at_opening(day: date, calendar: Calendar, at: time = MORNING) -> datetime:
    """The instant of 09:00 team time (or `at`) on this day, whether or not it is a working day."""
    return from_local(day, at, calendar)


def morning_has_come(now: datetime, calendar: Calendar) -> bool:
    """Whether it is a working day, at 09:00 team time or later: when what is not burning may be said."""
    today = local_date(now, calendar)
    return is_working_day(today, calendar) and at_opening(today, calendar) <= now


def next_working_morning(moment: datetime, calendar: Calendar, at: time = MORNING) -> datetime:
    """The first 09:00 team time (or `at`) of a working day that is not before this moment."""
    return _first_at(at, moment, calendar)


def first_working_moment(moment: datetime, calendar: Calendar) -> datetime:
    """The first instant, not before this one, within the hours of a working day."""
    today = local_date(moment, calendar)
    opening, closing = from_local(today, calendar.opening, calendar), from_local(today, calendar.closing, calendar)
    if is_working_day(today, calendar) and opening <= moment < closing:
        return moment
    return next_working_morning(moment, calendar, calendar.opening)


def newest_weekly_morning(first: datetime, now: datetime, calendar: Calendar) -> datetime | None:
    """The newest of the mornings that come weekly from `first` on, up to now; None before the first.

    Weeks are counted in local days, so that a change of clocks moves none of them.
    """
    if now < first:
        return None
    day = local_date(first, calendar)
    weeks = (local_date(now, calendar) - day).days // 7
    mornings = (
        next_working_morning(at_opening(day + week * 7 * ONE_DAY, calendar), calendar) for week in (weeks, weeks - 1)
    )
    return next(morning for morning in (*mornings, first) if morning <= now)


def _first_at(at: time, moment: datetime, calendar: Calendar) -> datetime:
    """The first instant, not before this moment, at which a working day's wall clock shows `at`."""
    yesterday = local_date(moment, calendar) - ONE_DAY
    instants = (from_local(day, at, calendar) for day in _working_days(yesterday, ONE_DAY, calendar))
    return next(instant for instant in instants if instant >= moment)


@dataclass(frozen=True, slots=True)
class Within:
    """Due so much time later, day and night."""

    amount: timedelta


@dataclass(frozen=True, slots=True)
class SameBusinessDay:
    """Due at closing time of the working day that is running or comes next."""


@dataclass(frozen=True, slots=True)
class BusinessDays:
    """Due at closing time of the n-th working day after the start's day."""

    count: int


Promise = Within | SameBusinessDay | BusinessDays | None
"""What is promised; None promises nothing (`none`, `backlog`)."""


def deadline(promise: Promise, start: datetime, calendar: Calendar) -> datetime | None:
    """When the promise falls due, in UTC, if it starts now; None when nothing is promised."""
    match promise:
        case Within(amount):
            return start + amount
        case SameBusinessDay():
            return end_of_business_day(start, calendar)
        case BusinessDays(count):
            return business_days_after(start, count, calendar)
        case None:
            return None


DURATION = (
    r"(?=.*[1-9])(?:(?P<days>[0-9]{1,4}) ?(?:d|days?))?"
    r"(?: ?(?P<hours>[0-9]{1,4}) ?(?:h|hours?))?(?: ?(?P<minutes>[0-9]{1,4}) ?(?:m|min|minutes?))?"
)
"""`30m`, `2h`, `1h30m`, `1d`, `5 min`, `2 hours`: more than nothing."""

BUSINESS_DAYS = r"(?P<count>[1-9][0-9]?) business days?"
SAME_BUSINESS_DAY = "same business day"
NOTHING = ("none", "backlog")


def parse_duration(text: str) -> timedelta | None:
    """Read `30m`, `2h`, `1h30m`, `1d` or `5 min`, in any case; None for anything else, and for zero."""
    found = re.fullmatch(DURATION, text.strip().lower())
    return timedelta(**{unit: int(n) for unit, n in found.groupdict("0").items()}) if found else None


def parse_promise(text: str) -> Promise:
    """Read a duration, `same business day`, `2 business days`, `none` or `backlog`.

    Raises ValueError for anything else.
    """
    words = " ".join(text.lower().split())
    if words in NOTHING:
        return None
    if words == SAME_BUSINESS_DAY:
        return SameBusinessDay()
    if found := re.fullmatch(BUSINESS_DAYS, words):
        return BusinessDays(int(found["count"]))
    if amount := parse_duration(words):
        return Within(amount)
    raise ValueError(f'"{text}" is not a promise')
