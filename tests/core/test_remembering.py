"""What the card remembers: what was seen, what a deletion stood for, and never what was refused."""

from dataclasses import replace

from tests.values import TEAM, World, comment, decided, deleted, incident_thread, notice, plainly, without

from stanch.core.plan import plan
from stanch.core.remembering import remembered, swallowed
from stanch.core.sent import Sent
from stanch.core.writes import AddAssignees, CreateComment

CALL = "12/call/sev-1/20261117T020000Z"


def test_a_deleted_notice_is_not_posted_again() -> None:
    """The card knew its id: the deletion is explained, and nothing is owed."""
    world = World(incident_thread()).looked_at(1)
    (call,) = [one.id for one in world.thread.comments if "/call/" in one.body.split("\n")[0]]
    world = replace(world, thread=without(world.thread, call, 3))
    assert world.planned(4) == ()


def test_an_unexplained_deletion_counts_as_the_oldest_notice_due_before_it() -> None:
    """The run broke between the call and the next card: the deletion stands for the call."""
    world = World(incident_thread())
    (card, *_) = world.planned(1)
    world = world.applied(card, 1).then(deleted(3))
    after = world.looked_at(4)
    assert after.bodies("/call/") == []
    ledger = after.ledger()
    assert ledger is not None
    assert ledger.delivered[CALL] == 0
    assert after.planned(4.5) == ()


def test_a_deletion_stands_for_no_notice_that_was_due_later() -> None:
    """What was deleted cannot have been what was not yet owed."""
    world = World(incident_thread()).looked_at(1).then(deleted(3)).looked_at(4)
    assert len(world.looked_at(16).bodies("/update/")) == 1


def test_one_deletion_stands_for_one_notice() -> None:
    """Two notices are owed and one comment is gone: one of them is still posted."""
    thread = incident_thread(comment(1, "kim", "/ack", 2))
    world = World(thread)
    world = world.applied(world.planned(3)[0], 3).then(deleted(4))
    found, wanted = decided(world.seen(5))
    assert swallowed(found, wanted) == (CALL,)
    assert len(world.looked_at(5).bodies("/refused/")) == 1


def test_peoples_deleted_comments_are_not_the_bots() -> None:
    """Somebody deletes his own comment: everything owed is still posted."""
    world = World(incident_thread(deleted(1, of="kim"), deleted(1, of="kim"))).looked_at(2)
    assert len(world.bodies("/call/")) == 1


def test_what_was_refused_is_not_remembered() -> None:
    """A definite no leaves the notice and the assignment owed, and is not tried again in this run."""
    world = World(incident_thread(comment(1, "jordan", "/take", 2)))
    found, wanted = decided(world.seen(3))
    sent = Sent()
    for write in plan(found, wanted, plainly):
        sent = sent.tried(write) if isinstance(write, AddAssignees | CreateComment) else sent.plus(write, 1)
    ledger = remembered(found, wanted, sent)
    assert ledger.delivered == {}
    again = plan(found, wanted, plainly, sent)
    assert not [write for write in again if isinstance(write, AddAssignees)]
    assert [write for write in World(world.thread).planned(4) if isinstance(write, AddAssignees)]


def test_what_was_sent_is_remembered() -> None:
    """A notice that GitHub answered for is delivered although the read does not show it yet."""
    found, wanted = decided(World(incident_thread()).seen(3))
    sent = Sent()
    for write in plan(found, wanted, plainly):
        sent = sent.plus(write, 77)
    assert remembered(found, wanted, sent).delivered == {CALL: 77}


def test_a_notice_stands_for_what_it_covers() -> None:
    """Finer keys of a delivered notice are delivered too."""
    found, wanted = decided(World(incident_thread(notice(5, "12/a", 1, "12/b", "12/c")), config=TEAM).seen(3))
    assert {"12/a", "12/b", "12/c"} <= set(remembered(found, wanted, Sent()).delivered)


def test_a_reminder_of_long_ago_is_remembered_no_more() -> None:
    """Only the thread tells of it; what a deletion of it explained stays explained, so that it swallows no reply."""
    world = World(incident_thread(notice(70, "12/remind/sam/2026-11-05", 1))).looked_at(2)
    world = replace(world, thread=without(world.thread, 70, 3)).looked_at(4)
    assert "12/remind/sam/2026-11-05" in _remembered(world)
    world = world.then(notice(71, "12/remind/sam/2026-11-12", 5)).looked_at(6)
    assert "12/remind/sam/2026-11-05" in _remembered(world)
    world = world.then(notice(72, "12/remind/kim/2026-11-13", 7), notice(73, "12/remind/kim/2026-11-04", 7)).looked_at(
        8
    )
    assert sorted(key[10:] for key in _remembered(world) if "/remind/" in key) == ["kim/2026-11-13", "sam/2026-11-12"]
    world = world.then(comment(1, "kim", "/ack", 9))
    world = replace(world, thread=without(world.thread, 71, 10)).looked_at(11)
    assert len(world.bodies("/refused/")) == 1


def _remembered(world: World) -> set[str]:
    ledger = world.ledger()
    assert ledger is not None
    return set(ledger.delivered)
