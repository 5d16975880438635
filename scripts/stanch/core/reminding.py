"""When whom is reminded of what: one clockwork for everything that is owed.

A business day before, on the day, and on the three working days after it, at 09:00 team time; from then on only the
weekly digest speaks of it. Its owners are asked first, from the second day overdue their lead as well. Nobody gets
more than one comment a day, and it names everything of theirs that is due.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import groupby, islice

from stanch.core.clock import (
    Calendar,
    at_opening,
    business_days_before,
    from_local,
    is_working_day,
    local_date,
    morning_has_come,
    next_working_morning,
)
from stanch.core.commitment import Commitment, Owed
from stanch.core.config import Config
from stanch.core.login import is_login

DAILY = 3
"""Working days after the due day on which somebody is still asked about it daily."""

ALONE = 1
"""Of these, days on which only the owners are asked; then their lead is asked too."""

LATEST = timedelta(hours=24)
EARLIEST = timedelta(hours=16)
"""How long after a morning its reminders are still said when no sweep came in between: a team all of whose sweeps come
before 09:00 is reminded by the first one of the next night that is old enough.
"""

AHEAD = timedelta(days=2)
"""How far the days of two zones lie apart that are both said now, one of them late."""

MOST = 40
"""People who are reminded by one sweep; the next one goes on."""

FAR = timedelta(days=40)
"""What is due later, or was due longer ago, is nothing to count working days to."""


class Stage(StrEnum):
    """Where a commitment stands on one day."""

    UNDATED = "undated"
    LATER = "later"
    BEFORE = "before"
    TODAY = "today"
    LATE = "late"
    LONG = "long"

    @property
    def daily(self) -> bool:
        """Whether somebody is asked about it on that day."""
        return self in {Stage.BEFORE, Stage.TODAY, Stage.LATE}

    @property
    def overdue(self) -> bool:
        return self in {Stage.LATE, Stage.LONG}


@dataclass(frozen=True, slots=True)
class Reminder:
    """What one person is told on one day, in one comment on thread `host`: all of theirs, what is due first first."""

    login: str
    day: date
    host: int
    commitments: tuple[Commitment, ...]

    @property
    def key(self) -> str:
        return f"{self.host}/remind/{self.login.lower()}/{self.day}"


def said_since(keys: Iterable[str], day: date | None) -> frozenset[str]:
    """Of many keys those of reminders of this day, or of one shortly after it; none without a day.

    Where the team's zone is lost with its config, or found again, a day may begin once more: nobody hears of it twice.
    """
    if day is None:
        return frozenset()
    first, last = day.isoformat(), (day + AHEAD).isoformat()
    return frozenset(key for key in keys if "/remind/" in key and first <= key.rpartition("/")[2] <= last)


def reminded_on(key: str) -> date | None:
    """The day of a reminder's key; None for any other key."""
    try:
        return date.fromisoformat(key.rpartition("/")[2]) if "/remind/" in key else None
    except ValueError:
        return None


def told_since(keys: Iterable[str], day: date | None) -> frozenset[str]:
    """Whom those reminders reached, in lower case."""
    return frozenset(key.split("/")[2] for key in said_since(keys, day))


def stage(one: Commitment, today: date, calendar: Calendar) -> Stage:
    """Where a commitment stands today. What is due on a day off is due on the next working day."""
    return Stage.UNDATED if one.due is None else stage_of(one.due, today, calendar)


@lru_cache(maxsize=4096)
def stage_of(due: date, today: date, calendar: Calendar) -> Stage:
    """Where something stands today that is due on this day: asked for thousands of things with the same few days."""
    if due - today > FAR:
        return Stage.LATER
    if today - due > FAR:
        return Stage.LONG
    due = working_day(due, calendar)
    if today < due:
        return Stage.BEFORE if today >= business_days_before(due, 1, calendar) else Stage.LATER
    if today == due:
        return Stage.TODAY
    return Stage.LATE if days_late(due, today, calendar) <= DAILY else Stage.LONG


def working_day(day: date, calendar: Calendar) -> date:
    """This day, or the next one on which the team works."""
    return local_date(next_working_morning(at_opening(day, calendar), calendar), calendar)


def days_late(due: date, today: date, calendar: Calendar) -> int:
    """Working days after `due`, today included if it is one."""
    days = (due + timedelta(days=n) for n in range(1, (today - due).days + 1))
    return sum(is_working_day(day, calendar) for day in days)


def asked(one: Commitment, today: date, config: Config, absent: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Who is asked today: its owners; without one who can be reached, and once it is late, its lead."""
    now = stage(one, today, config.calendar)
    owners = _reachable(one.owners, absent)
    leads = _reachable((one.lead,), absent) or _reachable(config.people[:1], absent)
    if not owners:
        return leads
    due = working_day(one.due, config.calendar) if one.due and now is Stage.LATE else today
    late = now is Stage.LATE and days_late(due, today, config.calendar) > ALONE
    return _once((*owners, *leads)) if late else owners


def _reachable(logins: Iterable[str], absent: frozenset[str]) -> tuple[str, ...]:
    """A bot that is assigned is nobody to remind, and its name would end the marker."""
    return _once(login for login in logins if is_login(login) and login.lower() not in absent)


def _once(logins: Iterable[str]) -> tuple[str, ...]:
    """Each person once, as first written: GitHub matches logins without case."""
    named: dict[str, str] = {}
    for login in logins:
        named.setdefault(login.lower(), login)
    return tuple(named.values())


def reminders(owed: Owed, now: datetime, config: Config) -> tuple[Reminder, ...]:
    """What is to be said now, by the login that it is said to; nothing before 09:00, nor on a day off."""
    today = day_of(now, config.calendar)
    if today is None:
        return ()
    told = told_since(owed.reminded, today)
    calls = sorted(_calls(owed, today, config), key=lambda call: call[0])
    people = {login: [one for _, one in rows] for login, rows in groupby(calls, key=lambda call: call[0])}
    due = (
        _reminder(login, today, commitments, config)
        for login, commitments in people.items()
        if login not in told and _speaks(commitments, today, config)
    )
    return tuple(islice(due, MOST))


def day_of(now: datetime, calendar: Calendar) -> date | None:
    """The working day whose reminders are said now, by its local date; None at night and on days off."""
    if morning_has_come(now, calendar):
        return local_date(now, calendar)
    today = local_date(now, calendar)
    days = (today - timedelta(days=back) for back in (0, 1))
    mornings = ((day, now - at_opening(day, calendar)) for day in days if is_working_day(day, calendar))
    return next((day for day, late in mornings if EARLIEST <= late <= LATEST), None)


def _calls(owed: Owed, today: date, config: Config) -> Iterator[tuple[str, Commitment]]:
    """Everybody who is asked about anything that is due or overdue, and by then overdue for long, too."""
    for one in owed.open:
        now = stage(one, today, config.calendar)
        if now.daily or now is Stage.LONG:
            yield from ((login.lower(), one) for login in asked(one, today, config, owed.absent))


def _speaks(commitments: list[Commitment], today: date, config: Config) -> bool:
    """Whether one of them is due about now: what is overdue for long is mentioned beside it, never alone."""
    return any(stage(one, today, config.calendar).daily for one in commitments)


def _reminder(login: str, today: date, commitments: list[Commitment], config: Config) -> Reminder:
    """It stands on the thread of what is due first of the things that make it speak."""
    host = next(one.number for one in commitments if stage(one, today, config.calendar).daily)
    return Reminder(_as_written(login, commitments, config), today, host, tuple(commitments))


def _as_written(login: str, commitments: Iterable[Commitment], config: Config) -> str:
    known = (*config.people, *(name for one in commitments for name in (*one.owners, one.lead)))
    return next((name for name in known if name.lower() == login), login)


def morning_of(day: date, calendar: Calendar) -> datetime:
    """09:00 team time on this day (UTC): when its reminders became due."""
    return at_opening(day, calendar)


@dataclass(frozen=True, slots=True)
class Week:
    """The week whose digest is due, by its ISO number, and the instant (UTC) from which it is."""

    name: str
    since: datetime


def week_of(now: datetime, calendar: Calendar) -> Week | None:
    """The running week, once 09:00 of its first working day has come; None before, and in a week without one."""
    today = day_of(now, calendar)
    if today is None:
        return None
    monday = today - timedelta(days=today.weekday())
    first = next_working_morning(from_local(monday, time(), calendar), calendar)
    year, number, _ = today.isocalendar()
    return Week(f"{year}-W{number:02}", first)


def for_digest(owed: Owed, now: datetime, config: Config) -> tuple[Commitment, ...]:
    """What only the digest speaks of: overdue for long, without a date, or with nobody to wait on."""
    today = day_of(now, config.calendar) or local_date(now, config.calendar)
    stages = {Stage.LONG, Stage.UNDATED}
    return tuple(one for one in owed.open if stage(one, today, config.calendar) in stages or not one.owners)


def in_digest(owed: Owed, now: datetime, config: Config) -> set[str]:
    """Everybody whom the digest would name."""
    today = day_of(now, config.calendar) or local_date(now, config.calendar)
    return {login for one in for_digest(owed, now, config) for login in asked(one, today, config, owed.absent)}
