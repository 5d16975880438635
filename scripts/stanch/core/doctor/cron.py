"""When a schedule of GitHub Actions asks for a run: the POSIX cron of five fields."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta

from stanch.core.clock import Calendar, from_local, to_local

FIELDS = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
NAMES = {**{name: n for n, name in enumerate(MONTHS, start=1)}, **{name: n for n, name in enumerate(DAYS)}}
PART = re.compile(r"(\*|[0-9a-z]{1,3})(?:-([0-9a-z]{1,3}))?(?:/([0-9]{1,2}))?")
ONE_DAY = timedelta(days=1)


def ticks(crons: Iterable[tuple[str, str]], start: datetime, end: datetime) -> tuple[datetime, ...]:
    """Every instant from `start` to `end` (UTC) at which one of the lines asks for a run.

    A line is a cron and its zone; one that nobody can read asks for none.
    """
    found = {at for cron, zone in crons for at in _of(cron, zone or "UTC", start, end)}
    return tuple(sorted(found))


def first(crons: Iterable[tuple[str, str]], start: datetime, end: datetime) -> datetime | None:
    """The first instant from `start` to `end` (UTC) at which one of the lines asks for a run; None where none does."""
    found = (next(_of(cron, zone or "UTC", start, end), None) for cron, zone in crons)
    return min((at for at in found if at is not None), default=None)


def _of(cron: str, zone: str, start: datetime, end: datetime) -> Iterator[datetime]:
    fields = _fields(cron)
    if fields is None:
        return
    minutes, hours, days, months, weekdays = fields
    calendar = Calendar(zone=zone)
    day, last = to_local(start, calendar).date(), to_local(end, calendar).date()
    starred = [field.startswith("*") for field in cron.split()]
    while day <= last:
        if day.month in months and _on(day, days, weekdays, starred):
            for hour in sorted(hours):
                for minute in sorted(minutes):
                    at = from_local(day, time(hour, minute), calendar).astimezone(UTC)
                    if start <= at <= end:
                        yield at
        day += ONE_DAY


def _on(day: date, days: frozenset[int], weekdays: frozenset[int], starred: list[bool]) -> bool:
    """Cron's own habit: where both fields name days, either is enough."""
    by_day, by_weekday = day.day in days, (day.isoweekday() % 7) in weekdays
    return by_day and by_weekday if starred[2] or starred[4] else by_day or by_weekday


def _fields(cron: str) -> tuple[frozenset[int], ...] | None:
    parts = cron.lower().split()
    if len(parts) != len(FIELDS):
        return None
    found = [_values(part, low, high) for part, (low, high) in zip(parts, FIELDS, strict=True)]
    known = tuple(one for one in found if one)
    if len(known) != len(FIELDS):
        return None
    return (*known[:4], frozenset(value % 7 for value in known[4]))


def _values(text: str, low: int, high: int) -> frozenset[int]:
    """The values of one field; none where it cannot be read."""
    found = set[int]()
    for part in text.split(","):
        match = PART.fullmatch(part)
        first = _number(match[1], low) if match else None
        if match is None or first is None:
            return frozenset()
        last = _number(match[2], high) if match[2] else high if match[1] == "*" or match[3] else first
        step = int(match[3] or 1)
        if last is None or not low <= first <= last <= high or not step:
            return frozenset()
        found.update(range(first, last + 1, step))
    return frozenset(found)


def _number(text: str, starred: int) -> int | None:
    if text == "*":
        return starred
    return int(text) if text.isdecimal() else NAMES.get(text)
