"""Action items: asked about on working mornings, one comment a day, until they are done."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from tests.values import TEAM, World, assigned, labeled, thread, wants, without

from stanch.core.clock import Calendar
from stanch.core.marker import Marker, marker_of
from stanch.core.thread import Thread
from stanch.core.wanted import LabelOff, LabelOn, Notice
from stanch.practices.action_items import action_items

LINE = "- [{box}] Alert on failures — Owner: @morgan — Due: {due}\n"


def report(*lines: str, due: str = "20271231T180000Z", labels: tuple[str, ...] = ("post-mortem",)) -> Thread:
    body = f"{Marker('11/postmortem', stamp={'due': due})}\n## Action items\n\n" + "".join(lines)
    on = [labeled(label, 1) for label in labels]
    return thread(*on, assigned("jordan", 1), body=body, author="github-actions")


def item(due: str, box: str = " ") -> str:
    return LINE.format(box=box, due=due)


def at(day: int, hour: int = 10, month: int = 12) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


def notices(of: Thread, now: datetime) -> list[Notice]:
    return [want for want in wants(action_items, of, now) if isinstance(want, Notice)]


def mornings(world: World, first: datetime, hours: int) -> list[str]:
    """The days on which something was said, looked at every six hours."""
    for step in range(0, hours, 6):
        world = world.looked_at(first + timedelta(hours=step))
    return [body.split("\n")[0].split("/items/")[1][5:10] for body in world.bodies("/items/")]


def test_nothing_to_do() -> None:
    """Far from its date, ticked, without a date, or in a closed post-mortem: nothing."""
    assert wants(action_items, thread(), at(1)) == []
    assert wants(action_items, report(), at(1)) == []
    for line in (item("2026-12-20"), item("2026-12-01", "x"), "- [ ] Undated — Owner: @sam\n"):
        assert wants(action_items, report(line), at(1)) == []
    assert wants(action_items, replace(report(item("2026-12-01")), open=False), at(9)) == []


def test_the_day_before_on_the_day_and_weekly() -> None:
    """Due on Thursday the 10th: Wednesday, Thursday, and every Thursday from then on."""
    world = World(report(item("2026-12-10")))
    assert mornings(world, at(7, 3), 25 * 24) == ["12-09", "12-10", "12-17", "12-24", "12-31"]


def test_the_business_day_before_a_monday_is_friday() -> None:
    """Nobody is reminded on a weekend, nor on a holiday."""
    assert mornings(World(report(item("2026-12-14"))), at(10, 3), 24 * 5) == ["12-11", "12-14"]
    assert notices(report(item("2026-12-12")), at(13)) == []
    holiday = replace(TEAM, calendar=Calendar(holidays=frozenset({at(14).date()})))
    assert [
        want for want in wants(action_items, report(item("2026-12-14")), at(14), holiday) if isinstance(want, Notice)
    ] == []


def test_not_before_nine_team_time() -> None:
    """08:59 in Berlin is too early, 09:00 is not."""
    config = replace(TEAM, calendar=Calendar("Europe/Berlin"))
    early, late = at(9, 7).replace(minute=59), at(9, 8)
    assert wants(action_items, report(item("2026-12-10")), early, config) == []
    assert len(wants(action_items, report(item("2026-12-10")), late, config)) == 1


def test_what_is_long_overdue_waits_for_the_morning_too() -> None:
    """An item that is written down on a Sunday with a date long gone is asked about on Monday at nine."""
    old = report(item("2026-12-01"))
    sunday, night, morning = at(13, 12), at(14, 8).replace(minute=59), at(14, 9)
    assert [len(notices(old, now)) for now in (sunday, night, morning)] == [0, 0, 1]


def test_one_comment_a_day() -> None:
    """Two things that are due on one morning share a comment, whose marker names both."""
    other = "- [ ] Another thing — Owner: @sam — Due: 2026-12-10\n"
    (want,) = notices(report(item("2026-12-10"), other), at(10))
    assert len(want.covers) == 2
    assert mornings(World(report(item("2026-12-10"), other)), at(10, 3), 24) == ["12-10"]


def test_ticking_the_box_stops_it() -> None:
    """A done item is not asked about again, and the label goes."""
    late = report(item("2026-12-01"), labels=("post-mortem", "overdue"))
    assert notices(late, at(9))
    done = replace(late, body=late.body.replace("[ ]", "[x]"))
    assert wants(action_items, done, at(9)) == [LabelOff("overdue")]


def test_moving_the_date_starts_it_anew() -> None:
    """The new date has mornings of its own."""
    world = World(report(item("2026-12-10"))).looked_at(at(10))
    moved = replace(world, thread=replace(world.thread, body=world.thread.body.replace("2026-12-10", "2026-12-16")))
    assert mornings(moved, at(11, 3), 24 * 7) == ["12-10", "12-15", "12-16"]


def test_overdue_is_a_label() -> None:
    """On from the day after, also for the post-mortem itself; not on the day."""
    assert LabelOn("overdue") not in wants(action_items, report(item("2026-12-10")), at(10))
    assert LabelOn("overdue") in wants(action_items, report(item("2026-12-10")), at(11))
    assert LabelOn("overdue") in wants(action_items, report(due="20261209T180000Z"), at(10))


@pytest.mark.parametrize("name", ["overdue", "Overdue", "OVER_DUE"])
def test_overdue_is_known_in_every_spelling(name: str) -> None:
    """The repository's own spelling hangs, and comes off."""
    labels = ("post-mortem", name)
    assert LabelOn("overdue") not in wants(action_items, report(item("2026-12-10"), labels=labels), at(11))
    assert wants(action_items, report(item("2026-12-20"), labels=labels), at(1)) == [LabelOff(name)]


def test_the_post_mortem_itself_is_chased() -> None:
    """The day before it is due, on the day and weekly, naming who writes it."""
    (want,) = notices(report(due="20261210T180000Z"), at(9))
    assert want.text.view["own"] == {"text": "", "owners": ["jordan"], "due": "2026-12-10", "days": 1}


def test_an_item_that_only_says_who_and_when_is_an_item() -> None:
    """Its own words stand for its text; it does not pose as the post-mortem itself, which has none."""
    bare = "- [ ] Owner: @sam — Due: 2026-12-10\n"
    row = {"text": "Owner: @sam — Due: 2026-12-10", "owners": ["sam"], "due": "2026-12-10", "days": 1}
    (want,) = notices(report(bare), at(9))
    assert (want.text.view["items"], want.text.view["own"]) == ([row], None)
    (both,) = notices(report(bare, due="20261210T180000Z"), at(9))
    assert (both.text.view["items"], both.text.view["own"]) == ([row], row | {"text": "", "owners": ["jordan"]})


@pytest.mark.parametrize("due", ["0001-01-01", "1970-01-01", "9999-12-31", "2026-02-30", "2026-13-01", "YYYY-MM-DD"])
@pytest.mark.parametrize("zone", ["UTC", "Pacific/Auckland", "Pacific/Honolulu"])
def test_no_date_breaks_anything(due: str, zone: str) -> None:
    """Whatever stands there: at most a reminder."""
    found = wants(action_items, report(item(due)), at(9), replace(TEAM, calendar=Calendar(zone)))
    assert len(found) <= 2


@pytest.mark.parametrize("stamp", ["00010101T000000Z", "99991231T235959Z", "yesterday"])
def test_no_stamp_breaks_anything(stamp: str) -> None:
    """People can edit the first line; an unbelievable deadline counts as none."""
    assert len(wants(action_items, report(due=stamp), at(9))) <= 2


def test_hundreds_of_items_still_make_one_readable_marker() -> None:
    """What one comment cannot remember is said the next morning, and nothing is said twice."""
    lines = [f"- [ ] Thing {n} — Owner: @sam — Due: 2026-12-10\n" for n in range(60)]
    world = World(report(*lines)).looked_at(at(10))
    assert [marker_of(body) is not None for body in world.bodies("/items/")] == [True]
    assert world.looked_at(at(10, 15)) == world
    later = world.looked_at(at(11)).looked_at(at(11, 15))
    assert len(later.bodies("/items/")) == 2
    covered = [marker.covers for body in later.bodies("/items/") if (marker := marker_of(body))]
    assert len(set(covered[0]) | set(covered[1])) == 60


def test_a_deleted_reminder_is_not_posted_again() -> None:
    """A post-mortem has no card: its one deletion is that of the reminder."""
    world = World(report(item("2026-12-10"))).looked_at(at(10))
    (said,) = [one for one in world.thread.comments if one.ours]
    world = replace(world, thread=without(world.thread, said.id, at(10, 12)))
    assert world.planned(at(10, 13)) == ()
    assert len(world.looked_at(at(17)).bodies("/items/")) == 1
