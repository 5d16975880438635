"""Plan: wanted minus what is. A plan for a world that is already right is empty."""

import pytest
from tests.values import (
    START,
    World,
    assigned,
    closed,
    comment,
    decided,
    form,
    incident_thread,
    labeled,
    plainly,
    reopened,
    thread,
    unlabeled,
)

from stanch.core.plan import plan, same_text
from stanch.core.sent import Sent
from stanch.core.thread import CloseReason, Thread
from stanch.core.wanted import Alarm, Assigned, Closed, LabelOff, LabelOn, Text, Unassigned, Want
from stanch.core.writes import AddAssignees, AddLabels, CloseIssue, CreateComment, RemoveAssignees, RemoveLabel

SCENES: dict[str, Thread] = {
    "plain": thread(),
    "declared": incident_thread(),
    "two labels": incident_thread(labeled("sev-3", 1)),
    "commanded": thread(comment(1, "alex", "/sev 2 x", 1)),
    "form": thread(body=form()),
    "report": thread(body=form(), author="kim"),
    "stray label": thread(labeled("sev-1", 0, "kim"), author="kim"),
    "worked on": incident_thread(comment(1, "jordan", "/take\n/contain flag x\n/update! y\n/snooze 1h", 2)),
    "refused": incident_thread(comment(1, "kim", "/resolve", 2), comment(2, "jordan", "/akc", 3)),
    "helped": incident_thread(comment(1, "jordan", "/help", 2)),
    "resolved": incident_thread(comment(1, "jordan", "/resolve It holds --> now", 2)),
    "closed": incident_thread(closed(3)),
    "not planned": incident_thread(closed(3, reason=CloseReason.NOT_PLANNED)),
    "reopened": incident_thread(closed(3), reopened(4)),
    "false alarm": incident_thread(comment(1, "jordan", "/false-alarm x", 2)),
    "withdrawn": incident_thread(comment(1, "jordan", "/ack", 2), unlabeled("sev-1", 4)),
    "misjudged": incident_thread(comment(1, "jordan", "/sev 3 misjudged: x", 2), closed(4)),
    "sev-4": incident_thread(comment(1, "jordan", "/ack\n/akc", 2), severity=4),
    "assigned sev-3": incident_thread(assigned("sam", 1), severity=3),
    "report called off": thread(labeled("client-report", 0), comment(1, "sam", "/false-alarm x", 1), author="kim"),
}


@pytest.mark.parametrize("scene", sorted(SCENES))
@pytest.mark.parametrize("now", [5, 40, 400, 6_000])
def test_a_plan_for_a_world_that_is_right_is_empty(scene: str, now: int) -> None:
    """After one run, three passes at most, a second look has nothing to write; nor has a third, at the same time."""
    world = World(SCENES[scene]).looked_at(now)
    assert world.planned(now) == ()
    assert world.planned(now + 0.5) == ()


@pytest.mark.parametrize("scene", sorted(SCENES))
def test_every_crash_between_two_writes_heals(scene: str) -> None:
    """Whichever write was the last, the next runs end with the same comments, labels and children as no crash."""
    whole = World(SCENES[scene]).looked_at(5)
    for count in range(len(World(SCENES[scene]).planned(5))):
        world = World(SCENES[scene])
        for write in world.planned(5)[: count + 1]:
            world = world.applied(write, 5)
        world = world.looked_at(5)
        assert _shape(world) == _shape(whole)
        assert world.planned(5) == ()


def _shape(world: World) -> tuple[object, ...]:
    keys = sorted(one.body.split("\n")[0] for one in world.thread.comments if one.ours)
    return keys, sorted(world.thread.labels), world.thread.assignees, world.thread.open, len(world.children)


def test_what_this_run_sent_is_not_sent_again_although_the_read_lags() -> None:
    """A second pass over the very same snapshot sends no second copy of anything; only the card may change."""
    found, wanted = decided(World(incident_thread(comment(1, "jordan", "/take\n/akc", 2))).seen(3))
    sent = Sent()
    for place, write in enumerate(plan(found, wanted, plainly)):
        sent = sent.plus(write, 100 + place)
    assert not [write for write in plan(found, wanted, plainly, sent) if isinstance(write, CreateComment)]


def test_an_unknown_outcome_counts_as_sent() -> None:
    """No answer means unknown, never not applied: the create is not repeated in this run."""
    found, wanted = decided(World(incident_thread()).seen(3))
    sent = Sent()
    for write in plan(found, wanted, plainly):
        sent = sent.plus(write, None)
    assert not [write for write in plan(found, wanted, plainly, sent) if isinstance(write, CreateComment)]


def test_labels_and_assignments_in_any_case_are_there() -> None:
    """GitHub's labels and logins do not know case."""
    world = World(thread(labeled("Overdue", 0), assigned("Jordan", 0)))
    found, _ = decided(world.seen(1))
    order = ("k", "jordan", START), ("k", "sam", START)
    assert plan(found, [LabelOn("overdue"), Assigned(*order[0]), Unassigned(*order[1])], plainly) == ()
    assert plan(found, [LabelOff("OVERDUE")], plainly) == (RemoveLabel(12, "Overdue"),)
    assert plan(found, [LabelOn("x"), Assigned(*order[1])], plainly) == (
        AddLabels(12, ("x",)),
        AddAssignees(12, ("sam",)),
    )
    found, _ = decided(World(thread(assigned("Jordan", -1))).seen(1))
    assert plan(found, [Unassigned(*order[0])], plainly) == (RemoveAssignees(12, ("jordan",)),)


def test_a_closed_issue_is_not_closed() -> None:
    """And an alarm is no write."""
    found, _ = decided(World(thread(closed(1))).seen(2))
    wants: list[Want] = [Closed(CloseReason.COMPLETED), Alarm(Text("summary/nobody_called", {}))]
    assert plan(found, wants, plainly) == ()
    found, _ = decided(World(thread()).seen(2))
    assert plan(found, wants, plainly) == (CloseIssue(12, CloseReason.COMPLETED),)


def test_the_card_goes_first() -> None:
    """It carries the ledger, so it is there before anything that it has to remember."""
    first, *_ = World(incident_thread()).planned(1)
    assert isinstance(first, CreateComment)
    assert first.key == "12/card"


def test_line_ends_are_no_difference() -> None:
    """GitHub may answer CRLF and drop a last line end."""
    assert same_text("a\r\nb\n", "a\nb")
    assert not same_text("a\nb", "a b")
