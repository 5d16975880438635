"""What Stanch left on a thread: what it proves, what it hints at, and what another workflow's mark may not do."""

from dataclasses import replace

import pytest
from tests.values import (
    World,
    card,
    case,
    comment,
    deleted,
    edited,
    happened,
    incident_thread,
    labeled,
    marked,
    notice,
    snapshot,
    thread,
    without,
)

from stanch.core.committing import commitments_of
from stanch.core.ledger import Ledger, Record
from stanch.core.snapshot import ledger_of
from stanch.core.thread import Comment, Mark, Thread
from stanch.core.timeline import may_hold_commands, people_behind
from stanch.core.traces import Traces, traces_of, untouched

DAY = 24 * 60
ACK = comment(1, "jordan", "/ack", 3)
ROCKET, THUMB = marked(ACK, Mark.ACCEPTED), marked(ACK, Mark.REFUSED)
CARD = card(9, Ledger(), 1)
REPLY = notice(8, "12/refused/1", 4)
TALK = marked(comment(1, "jordan", "hello", 3), Mark.ACCEPTED)


def traces(of: Thread, now: float = 5) -> Traces:
    return traces_of(snapshot(of, now), ledger_of(of))


def first(of: Thread) -> Comment:
    return next(one for one in of.comments if one.id == 1)


def quiet(*items: Comment) -> Thread:
    """A SEV-4, which never gets a card."""
    return incident_thread(*items, severity=4)


@pytest.mark.parametrize(
    ("of", "people"),
    [
        (incident_thread(ACK), ("jordan",)),
        (incident_thread(edited(ACK, "jordan", 4)), ("jordan",)),
        (incident_thread(edited(ACK, "kim", 4)), ("jordan", "kim")),
        (incident_thread(ROCKET), ("jordan",)),
        (incident_thread(ROCKET, CARD), ("jordan",)),
        (incident_thread(ROCKET, deleted(4)), ("jordan",)),
        (quiet(ROCKET), ("jordan",)),
        (incident_thread(marked(ACK, *Mark), REPLY), ("jordan",)),
        (incident_thread(THUMB), ("jordan",)),
        (incident_thread(THUMB, CARD), ("jordan",)),
        (incident_thread(THUMB, CARD, deleted(4)), ("jordan",)),
        (incident_thread(THUMB, notice(8, "12/refused/2", 4)), ("jordan",)),
        (incident_thread(deleted(2), THUMB), ("jordan",)),
        (incident_thread(deleted(4, "sam"), THUMB), ("jordan",)),
        (incident_thread(marked(edited(ACK, "kim", 4), Mark.REFUSED), REPLY), ("jordan", "kim")),
        (incident_thread(THUMB, REPLY), ()),
        (incident_thread(THUMB, CARD, REPLY), ()),
        (incident_thread(THUMB, card(9, Ledger(delivered={"12/refused/1": 8}))), ()),
        (incident_thread(THUMB, deleted(4)), ()),
        (incident_thread(THUMB, edited(CARD, "kim", 4)), ()),
    ],
)
def test_whose_right_decides(of: Thread, people: tuple[str, ...]) -> None:
    """The author's and the last editor's, whatever marks there are; nobody's where Stanch itself has refused.

    A 👎 is Stanch's own beside its reply, or where there is no card and the reply may be what was deleted.
    """
    assert people_behind(traces(of), first(of)) == people


OLD = comment(1, "jordan", "/ack", -20 * DAY)
OLD_ROCKET = marked(OLD, Mark.ACCEPTED)


@pytest.mark.parametrize(
    ("of", "heard"),
    [
        (thread(OLD, labeled("sev-1", 0)), False),
        (thread(OLD, labeled("sev-1", 0), CARD), False),
        (thread(OLD, labeled("sev-1", 0), edited(CARD, "kim", 2)), False),
        (thread(OLD, labeled("sev-1", 0), notice(8, "12/call/x", 1)), False),
        (thread(OLD_ROCKET, labeled("sev-1", 0)), False),
        (thread(OLD_ROCKET, labeled("sev-1", 0), CARD, deleted(2)), False),
        (thread(labeled("sev-1", -21 * DAY), OLD_ROCKET), False),
        (thread(labeled("sev-1", -21 * DAY), OLD, replace(CARD, at=OLD.at)), True),
        (thread(labeled("sev-1", -21 * DAY), OLD, notice(8, "12/call/x", -20 * DAY)), True),
        (thread(labeled("sev-1", -21 * DAY), OLD_ROCKET, deleted(2)), True),
        (thread(labeled("sev-1", -21 * DAY), OLD, deleted(2)), False),
        (thread(labeled("sev-4", -21 * DAY), OLD), False),
        (thread(labeled("sev-4", -21 * DAY), OLD_ROCKET), True),
        (thread(labeled("sev-4", -21 * DAY), OLD_ROCKET, labeled("sev-1", 0)), True),
        (thread(labeled("sev-4", -21 * DAY), OLD_ROCKET, labeled("sev-1", 0), CARD), False),
        (thread(labeled("sev-4", -22 * DAY), labeled("sev-1", -21 * DAY), OLD_ROCKET), False),
        (thread(labeled("sev-4", -22 * DAY), labeled("client-report", -22 * DAY), OLD_ROCKET), False),
    ],
)
def test_what_is_older_than_adoption_holds_no_commands(of: Thread, heard: bool) -> None:
    """Counted from what Stanch said first. What is older was heard if it bears a mark that no card could tell of."""
    assert may_hold_commands(traces(of), OLD if OLD in of.items else OLD_ROCKET) is heard


def test_a_judged_comment_is_closed() -> None:
    """However young it is, and whatever it bears."""
    of = incident_thread(ROCKET, card(9, Ledger((Record(1, 1, "ack", "jordan", ACK.at),))))
    assert not may_hold_commands(traces(of), ROCKET)


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        (thread(), True),
        (incident_thread(), True),
        (incident_thread(ROCKET), True),
        (incident_thread(TALK), True),
        (thread(ROCKET, labeled("sev-1", 5)), True),
        (quiet(ACK), True),
        (quiet(TALK), True),
        (incident_thread(TALK, deleted(5)), True),
        (incident_thread(ACK, deleted(5)), True),
        (quiet(ROCKET), False),
        (quiet(THUMB), False),
        (happened(quiet(ROCKET), labeled("sev-1", 5)), False),
        (incident_thread(ROCKET, deleted(5)), False),
        (incident_thread(CARD), False),
        (incident_thread(edited(CARD, "kim", 4)), False),
        (incident_thread(REPLY), False),
        (incident_thread(replace(CARD, ours=False)), True),
    ],
)
def test_what_stanch_never_touched(of: Thread, expected: bool) -> None:
    """Its own words tell; a mark only on a command, where there may be no card or where it may be gone."""
    assert untouched(snapshot(of, 10)) is expected


def test_a_foreign_mark_does_not_keep_an_old_incident_from_being_adopted() -> None:
    """Labelled 40 days ago and never looked at: a card, and not one call, whatever bears a 🚀."""
    marks = (marked(comment(n, "sam", text, -39 * DAY), Mark.ACCEPTED) for n, text in ((1, "hello"), (2, "/ack")))
    world = World(thread(labeled("sev-1", -40 * DAY), *marks, when=-40 * DAY)).looked_at(5)
    assert len(world.bodies("/card ")) == len(world.bodies("12/")) == 1


def test_a_sev_4_that_only_got_marks_is_not_forgotten() -> None:
    """Its containment is still asked about after the three days in which unmarked words are heard."""
    world = World(quiet(comment(1, "jordan", "/contain flag x off until 2026-11-30", 3))).looked_at(4)
    assert not world.bodies("12/")
    later = case(world.thread, 20 * DAY + 9 * 60)
    assert [(one.place, one.open) for one in commitments_of(later)] == [("12.C1", True)]
    raised = world.then(labeled("sev-1", 10 * DAY)).looked_at(10 * DAY + 1).looked_at(10 * DAY + 2)
    incident = case(raised.thread, 10 * DAY + 3).incident
    assert incident is not None
    assert [one.what for one in incident.standing] == ["x off"]


def test_a_command_of_a_reader_is_refused_whatever_it_bears() -> None:
    """Another workflow's 🚀 is no permission: on an incident, with a card or without, and on a plain issue."""
    said = marked(comment(1, "kim", "/sev 1 boo\n/resolve", 3), Mark.ACCEPTED)
    for of in (thread(said), quiet(said), incident_thread(said), incident_thread(said, CARD)):
        world = World(of).looked_at(5).looked_at(6)
        assert world.thread.labels == of.labels
        assert world.thread.open
        assert len(world.bodies("/refused/")) == 1


def test_history_ends_at_the_same_instant_at_every_look() -> None:
    """`/sev 3` of three weeks ago stays history after the card, after its loss, and after a month."""
    old = thread(comment(1, "sam", "/sev 3 only exports", -20 * DAY), labeled("sev-1", 0), when=-21 * DAY)
    seen = case(old, 1).incident
    world = World(old).looked_at(1)
    posted = next(one.id for one in world.thread.comments if "/card " in one.body[:60])
    rebuilt = replace(world, thread=without(world.thread, posted, 30)).looked_at(31)
    for later, now in ((world, 2), (rebuilt, 32), (world.looked_at(30 * DAY), 30 * DAY + 1)):
        incident = case(later.thread, now).incident
        assert seen is not None
        assert incident is not None
        assert incident.spells == seen.spells
        assert not first(later.thread).marks
