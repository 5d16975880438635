"""The one clockwork: who is asked about what, on which working morning, and in one comment a day."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.values import TEAM

from stanch.core.clock import Calendar
from stanch.core.commitment import Commitment, Kind, Owed
from stanch.core.reminding import Stage, asked, for_digest, reminders, stage, week_of

CALENDAR = Calendar()
HOLIDAYS = Calendar(holidays=frozenset({date(2026, 12, 10), date(2026, 12, 11)}))
THURSDAY = date(2026, 12, 10)
"""The day on which most of this is due. The 12th and the 13th are a weekend."""


def item(
    due: date | None = THURSDAY, *owners: str, number: int = 41, part: str = "1", lead: str = "jordan"
) -> Commitment:
    since = datetime(2026, 11, 20, tzinfo=UTC)
    return Commitment(Kind.ITEM, number, "Alert on failures", "", since, part, owners, lead, due)


def at(day: int, hour: int = 10, month: int = 12) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


def said(*items: Commitment, now: datetime, reminded: tuple[str, ...] = ()) -> dict[str, list[str]]:
    """What each person is told now: the places of what waits on him."""
    found = reminders(Owed(items, frozenset(reminded)), now, TEAM)
    return {one.login: [row.place for row in one.commitments] for one in found}


STAGES = (
    (CALENDAR, 8, Stage.LATER),
    (CALENDAR, 9, Stage.BEFORE),
    (CALENDAR, 10, Stage.TODAY),
    (CALENDAR, 11, Stage.LATE),
    (CALENDAR, 12, Stage.LATE),
    (CALENDAR, 14, Stage.LATE),
    (CALENDAR, 15, Stage.LATE),
    (CALENDAR, 16, Stage.LONG),
    (CALENDAR, 31, Stage.LONG),
    (HOLIDAYS, 8, Stage.LATER),
    (HOLIDAYS, 9, Stage.BEFORE),
    (HOLIDAYS, 10, Stage.BEFORE),
    (HOLIDAYS, 14, Stage.TODAY),
    (HOLIDAYS, 15, Stage.LATE),
    (HOLIDAYS, 17, Stage.LATE),
    (HOLIDAYS, 18, Stage.LONG),
)


@pytest.mark.parametrize(("calendar", "day", "where"), STAGES)
def test_where_something_stands_that_is_due_on_a_thursday(calendar: Calendar, day: int, where: Stage) -> None:
    """A business day before, on the day, three working days after; what is due on a day off is due on the next."""
    assert stage(item(), date(2026, 12, day), calendar) is where


@pytest.mark.parametrize("due", [date(1970, 1, 1), date.min, date(2026, 10, 1)])
def test_what_is_long_overdue_is_for_the_digest(due: date) -> None:
    """However long: no working days are counted back to 1970."""
    assert stage(item(due), THURSDAY, CALENDAR) is Stage.LONG


@pytest.mark.parametrize("due", [date(9999, 12, 31), date(2027, 2, 1)])
def test_what_is_far_away_is_nobodys_business_yet(due: date) -> None:
    """However far: no working days are counted up to the year 9999."""
    assert stage(item(due), THURSDAY, CALENDAR) is Stage.LATER


def test_what_has_no_date_is_never_due() -> None:
    """Nobody is asked about it daily; the digest speaks of it."""
    assert stage(item(None), THURSDAY, CALENDAR) is Stage.UNDATED
    assert said(item(None, "sam"), now=at(10)) == {}
    assert for_digest(Owed((item(None, "sam"),)), at(10), TEAM) == (item(None, "sam"),)


ASKED = (
    (("sam",), "jordan", 9, ("sam",)),
    (("sam",), "jordan", 10, ("sam",)),
    (("sam",), "jordan", 11, ("sam",)),
    (("sam",), "jordan", 14, ("sam", "jordan")),
    (("sam",), "jordan", 15, ("sam", "jordan")),
    (("sam", "Morgan"), "morgan", 15, ("sam", "Morgan")),
    ((), "jordan", 9, ("jordan",)),
    ((), "", 9, ("alex",)),
    (("ghosted",), "jordan", 9, ("jordan",)),
    (("ghosted", "sam"), "jordan", 9, ("sam",)),
    ((), "ghosted", 9, ("alex",)),
    (("dependabot[bot]",), "Copilot[bot]", 9, ("alex",)),
)


@pytest.mark.parametrize(("owners", "lead", "day", "who"), ASKED)
def test_the_owner_first_then_the_lead(owners: tuple[str, ...], lead: str, day: int, who: tuple[str, ...]) -> None:
    """Without anybody who can be reached it is the lead at once, and without a lead the first of the team."""
    one = item(THURSDAY, *owners, lead=lead)
    assert asked(one, date(2026, 12, day), TEAM, frozenset({"ghosted"})) == who


def test_nobody_at_all() -> None:
    """A team that names no people, and nobody's item: nobody is asked."""
    alone = replace(TEAM, people=())
    assert asked(item(THURSDAY, lead=""), THURSDAY, alone) == ()
    assert reminders(Owed((item(THURSDAY, lead=""),)), at(10), alone) == ()


def test_one_comment_names_everything_of_theirs() -> None:
    """Due now, overdue, and overdue for long; not what is later, nor what is somebody else's."""
    mine = [
        item(date(2026, 12, 11), "sam", number=44),
        item(date(2026, 12, 10), "Sam", number=43),
        item(date(2026, 11, 10), "sam", number=42),
        item(date(2026, 12, 30), "sam", number=45),
        item(date(2026, 12, 10), "morgan", number=46),
    ]
    assert said(*mine, now=at(10)) == {"sam": ["42.1", "43.1", "44.1"], "morgan": ["46.1"]}


def test_it_stands_where_the_first_thing_is_that_is_due_about_now() -> None:
    """What is overdue for long is named, but the comment does not stand there."""
    owed = Owed((item(date(2026, 11, 10), "sam", number=42), item(THURSDAY, "sam", number=43)))
    (one,) = reminders(owed, at(10), TEAM)
    assert (one.host, one.key) == (43, "43/remind/sam/2026-12-10")


def test_what_is_overdue_for_long_calls_nobody_by_itself() -> None:
    """After three working days only the digest speaks of it."""
    people = [sorted(said(item(THURSDAY, "sam"), now=at(day))) for day in range(9, 18)]
    both = ["jordan", "sam"]
    assert people == [["sam"], ["sam"], ["sam"], [], [], both, both, [], []]


def test_nobody_twice_on_one_day() -> None:
    """Wherever today's comment stands, there is no second one; yesterday's is another matter."""
    assert said(item(THURSDAY, "sam"), now=at(10), reminded=("12/remind/sam/2026-12-10",)) == {}
    assert said(item(THURSDAY, "SAM"), now=at(10), reminded=("12/remind/sam/2026-12-10",)) == {}
    assert said(item(THURSDAY, "sam"), now=at(10), reminded=("12/remind/sam/2026-12-09",)) == {"sam": ["41.1"]}


def test_a_day_that_begins_once_more_is_no_new_one() -> None:
    """In Auckland Thursday's was said on Wednesday evening (UTC); then the zone is lost, and Wednesday begins again."""
    auckland = replace(TEAM, calendar=Calendar("Pacific/Auckland"))
    owed = Owed((item(THURSDAY, "sam"),))
    (said_there,) = reminders(owed, at(9, 20), auckland)
    assert said_there.key == "41/remind/sam/2026-12-10"
    told = replace(owed, reminded=frozenset({said_there.key}))
    assert [one.key for one in reminders(owed, at(9, 21), TEAM)] == ["41/remind/sam/2026-12-09"]
    assert [reminders(told, at(day, 21), TEAM) == () for day in (9, 10, 11)] == [True, True, False]


def test_a_run_far_ahead_of_its_time_silences_nobody() -> None:
    """Its clock was wrong by a year: what it said counts for its day alone."""
    assert said(item(THURSDAY, "sam"), now=at(10), reminded=("12/remind/sam/2027-12-10",)) == {"sam": ["41.1"]}


@pytest.mark.parametrize(("hour", "count"), [(0, 0), (7, 0), (8, 1), (22, 1)])
def test_not_before_nine_at_the_teams_place(hour: int, count: int) -> None:
    """08:59 in Berlin is too early for what yesterday's sweeps have not left."""
    berlin = replace(TEAM, calendar=Calendar("Europe/Berlin"))
    owed = Owed((item(THURSDAY, "sam"),), frozenset({"41/remind/sam/2026-12-09"}))
    assert len(reminders(owed, at(10, hour), berlin)) == count


@pytest.mark.parametrize(("hour", "days"), [(3, 5), (8, 5), (12, 5), (23, 5)])
def test_a_team_whose_only_sweep_comes_at_any_hour_is_reminded(hour: int, days: int) -> None:
    """Once a day at three in the morning, before nine, at noon, late: a morning that nobody spoke on is made good."""
    told: set[str] = set()
    for day in range(1, 29):
        found = reminders(Owed((item(THURSDAY, "sam"),), frozenset(told)), at(day, hour), TEAM)
        told |= {one.key for one in found if one.login == "sam"}
    assert len(told) == days


def test_a_morning_that_was_made_good_is_not_that_day_again() -> None:
    """Said at three for yesterday, under yesterday's key; at ten today's is said."""
    early, late = (reminders(Owed((item(THURSDAY, "sam"),)), at(10, hour), TEAM) for hour in (3, 10))
    assert [one.key for one in (*early, *late)] == ["41/remind/sam/2026-12-09", "41/remind/sam/2026-12-10"]


def test_not_on_a_day_off() -> None:
    """A weekend and a holiday are quiet."""
    weekend, off = item(date(2026, 12, 12), "sam"), replace(TEAM, calendar=HOLIDAYS)
    assert said(weekend, now=at(12)) == said(weekend, now=at(13)) == {}
    assert said(weekend, now=at(14)) == {"sam": ["41.1"]}
    assert reminders(Owed((item(THURSDAY, "sam"),)), at(10), off) == ()


def test_everybody_is_asked_about_everything_that_comes_due() -> None:
    """Each day of four months as a due day, under three calendars: at least one day before it is overdue for long."""
    for calendar in (CALENDAR, HOLIDAYS, Calendar("Pacific/Auckland", frozenset({0, 2}))):
        config = replace(TEAM, calendar=calendar)
        for n in range(120):
            one = item(date(2026, 11, 1) + timedelta(days=n), "sam")
            hours = (datetime(2026, 10, 25, tzinfo=UTC) + timedelta(hours=12 * k) for k in range(300))
            told = {reminder.day for now in hours for reminder in reminders(Owed((one,)), now, config)}
            assert len(told) == 5, (calendar, one.due)


WEEKS = (
    (CALENDAR, at(7, 8), None),
    (CALENDAR, at(7, 9), "2026-W50"),
    (CALENDAR, at(9, 12), "2026-W50"),
    (CALENDAR, at(12, 12), None),
    (CALENDAR, at(1, 12, month=1), "2026-W01"),
    (replace(CALENDAR, days=frozenset({6})), at(13, 9), "2026-W50"),
    (replace(CALENDAR, holidays=frozenset({date(2026, 12, 7)})), at(7, 12), None),
    (replace(CALENDAR, holidays=frozenset({date(2026, 12, 7)})), at(8, 12), "2026-W50"),
)


@pytest.mark.parametrize(("calendar", "now", "name"), WEEKS)
def test_the_weeks_digest_waits_for_its_first_working_morning(
    calendar: Calendar, now: datetime, name: str | None
) -> None:
    """A sweep that was missed on Monday sends it on Tuesday."""
    week = week_of(now, calendar)
    assert (week.name if week else None) == name
    assert week is None or week.since <= now


def test_the_digest_speaks_of_what_nobody_is_asked_about() -> None:
    """Overdue for long, undated, or nobody's; not what has its own reminders."""
    rows = [
        item(date(2026, 11, 2), "sam", number=1),
        item(None, "sam", number=2),
        item(date(2026, 12, 30), number=3),
        item(THURSDAY, "sam", number=4),
        item(date(2026, 12, 30), "sam", number=5),
    ]
    assert [one.number for one in for_digest(Owed(tuple(rows)), at(10), TEAM)] == [1, 3, 2]
