"""Post-mortem: exactly when one is due, and only one."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from tests.values import (
    START,
    TEAM,
    World,
    closed,
    comment,
    deleted,
    incident_thread,
    labeled,
    mentioned_by,
    plainly,
    reopened,
    thread,
    unlabeled,
    view_of,
    wants,
)

from stanch.core.case import case_of
from stanch.core.marker import Marker
from stanch.core.plan import plan
from stanch.core.sent import Sent
from stanch.core.thread import Child, CloseReason, Comment, Item
from stanch.core.wanted import ChildIssue, Text
from stanch.core.writes import CloseIssue, CreateIssue
from stanch.practices.postmortem import postmortem

DAY = 24 * 60


def said(body: str, when: float) -> Comment:
    return comment(1, "jordan", body, when)


def due(*items: Item, severity: int = 1, now: float = 100) -> bool:
    found = wants(postmortem, incident_thread(*items, severity=severity), now)
    assert all(isinstance(want, ChildIssue) for want in found)
    return bool(found)


def test_nothing_to_do() -> None:
    """An open incident, a plain issue and a SEV-3 get none."""
    assert wants(postmortem, thread(), 10) == []
    assert wants(postmortem, incident_thread(), 10) == []
    assert wants(postmortem, incident_thread(closed(5), severity=3), 10) == []


@pytest.mark.parametrize(
    ("items", "severity", "expected"),
    [
        ([closed(60)], 1, True),
        ([closed(60)], 2, True),
        ([closed(60)], 3, False),
        ([closed(60)], 4, False),
        ([said("/resolve", 60)], 1, True),
        ([said("/status mitigated", 60)], 1, False),
        ([closed(60, reason=CloseReason.NOT_PLANNED)], 1, False),
        ([closed(60, reason=CloseReason.DUPLICATE)], 1, False),
        ([said("/false-alarm a test", 60)], 1, False),
        ([closed(60), reopened(70)], 1, False),
        ([closed(60), reopened(70), closed(80)], 1, True),
        ([unlabeled("sev-1", 50), closed(60)], 1, False),
        ([said("/sev 3 smaller", 20), closed(60)], 1, True),
        ([said("/sev 3 misjudged: one tester", 20), closed(60)], 1, False),
        ([said("/sev 3 misjudged: one tester", 20), labeled("sev-2", 30), closed(60)], 1, True),
        ([said("/sev 1 worse", 20), closed(60)], 3, True),
    ],
)
def test_when_one_is_due(items: list[Item], severity: int, expected: bool) -> None:
    """The highest severity held decides, unless it was misjudged; false alarms and dismissals need none."""
    assert due(*items, severity=severity) is expected


@pytest.mark.parametrize(("day", "hour", "expected"), [(19, 17, False), (19, 18, True), (20, 9, True)])
def test_it_opens_two_business_days_after_mitigation(day: int, hour: int, expected: bool) -> None:
    """Mitigated on a Tuesday and still open: at Thursday's closing time."""
    world = World(incident_thread(said("/status mitigated", 60))).looked_at(61)
    world = world.looked_at(datetime(2026, 11, day, hour, tzinfo=UTC))
    assert bool(world.children) is expected


def test_its_deadline_is_two_business_days_after_the_end() -> None:
    """Closed on a Friday: due at Tuesday's closing time, stamped into the issue."""
    friday = 3 * DAY + 600
    (want,) = wants(postmortem, thread(labeled("sev-1", friday), closed(friday + 60)), friday + 61)
    assert isinstance(want, ChildIssue)
    assert view_of(want)["due"] == datetime(2026, 11, 24, 18, tzinfo=UTC)
    assert want.stamp == {"due": "20261124T180000Z", "sev": "1"}


def test_it_is_assigned_to_the_lead_and_labelled() -> None:
    """Who led writes first; the label makes it a post-mortem."""
    (want,) = wants(postmortem, incident_thread(said("/take", 3), closed(60)), 61)
    assert isinstance(want, ChildIssue)
    assert (want.assignees, want.labels, want.key) == (("jordan",), ("post-mortem",), "12/postmortem")
    assert isinstance(want.title, Text)


def test_installing_makes_no_storm() -> None:
    """Closed over 72 hours ago and never seen: none, and no card either. Closed yesterday: one."""
    old = World(incident_thread(closed(60))).looked_at(60 + 3 * DAY + 1)
    assert (old.children, old.thread.comments) == ((), ())
    assert len(World(incident_thread(closed(60))).looked_at(DAY).children) == 1


def test_an_old_closed_issue_that_gets_a_label_makes_none() -> None:
    """Who sorts old issues by severity asks for no reports on them."""
    world = World(incident_thread(closed(60), severity=4)).then(labeled("sev-1", 30 * DAY)).looked_at(30 * DAY + 1)
    assert world.children == ()


def test_it_is_not_born_overdue() -> None:
    """A severity that is found out a week after the end leaves the whole time from then on."""
    world = World(incident_thread(closed(60), severity=3)).looked_at(61)
    world = world.then(said("/sev 1 it lost orders", 7 * DAY)).looked_at(7 * DAY + 1)
    (child,) = world.children
    assert "due=20261126T180000Z" in child.body


@pytest.mark.parametrize("body", ["/false-alarm the wrong dashboard", "/sev 3 misjudged: one tester"])
def test_what_was_taken_back_in_time_asks_for_none(body: str) -> None:
    """Resolved first, taken back before anybody looked."""
    thread_ = incident_thread(said("/resolve", 60), comment(2, "jordan", body, 61))
    assert World(thread_).looked_at(62).looked_at(5 * DAY).children == ()


def test_there_is_only_ever_one() -> None:
    """Looked at again, reopened and closed again, an hour or a week later."""
    world = World(incident_thread(said("/resolve", 60)))
    for minute in (61, 62, 120, 7 * DAY):
        world = world.looked_at(minute)
    world = world.then(reopened(7 * DAY + 1)).looked_at(7 * DAY + 2).then(closed(7 * DAY + 3)).looked_at(7 * DAY + 4)
    assert len(world.children) == 1
    assert world.planned(8 * DAY) == ()


def test_a_lost_ledger_finds_it_again() -> None:
    """The card was deleted: the child is looked for by its first line, and not opened again."""
    world = World(incident_thread(said("/resolve", 60))).looked_at(61)
    bare = tuple(item for item in world.thread.items if not (isinstance(item, Comment) and item.ours))
    world = replace(world, thread=replace(world.thread, items=(*bare, deleted(70), deleted(70)))).looked_at(71)
    assert len(world.children) == 1
    ledger = world.ledger()
    assert ledger is not None
    assert ledger.children["12/postmortem"] == world.children[0].number


def test_who_did_not_look_opens_none() -> None:
    """Without the list of children no child is created, however much it is wanted."""
    world = World(incident_thread(said("/resolve", 60)))
    found = case_of(world.seen(61))
    (want,) = postmortem(found)

    assert plan(found, [want], plainly) == ()
    looked = replace(found, snapshot=replace(found.snapshot, children=()))
    assert [type(write) for write in plan(looked, [want], plainly)] == [CreateIssue]
    sent = Sent(issues={"12/postmortem": 0})
    assert plan(looked, [want], plainly, sent) == ()


def test_of_two_the_lowest_number_stays() -> None:
    """Two runs raced: the second copy is closed as a duplicate, the first is the one."""
    world = World(incident_thread(said("/resolve", 60))).looked_at(61)
    first = world.children[0]
    twin = Child(first.number + 50, "I", first.title, first.body, "", ours=True, at=first.at)
    world = replace(world, children=(twin, first)).then(mentioned_by(twin.number, 62))
    assert CloseIssue(twin.number, CloseReason.DUPLICATE) in world.planned(63)
    world = world.looked_at(63)
    assert [child.open for child in world.children] == [False, True]
    assert world.planned(64) == ()


def test_a_persons_forgery_is_no_child() -> None:
    """An issue with the same first line that somebody else opened does not stand in for it."""
    world = World(incident_thread(said("/resolve", 60)))
    forged = Child(5, "I", "x", f"{Marker('12/postmortem')}\n", "", ours=False, at=START)
    assert len(replace(world, children=(forged,)).looked_at(61).children) == 2


def test_another_incidents_child_is_not_ours() -> None:
    """The key names the parent."""
    other = Child(5, "I", "x", f"{Marker('11/postmortem')}\n", "", ours=True, at=START)
    world = replace(World(incident_thread(said("/resolve", 60))), children=(other,)).looked_at(61)
    assert len(world.children) == 2
    assert world.children[0].open


def test_a_team_may_want_none() -> None:
    """`postmortem: none` in the config means none."""
    rules = {level: replace(rule, postmortem=None) for level, rule in TEAM.rules.items()}
    config = replace(TEAM, rules=rules)
    assert wants(postmortem, incident_thread(closed(60)), 61, config) == []
