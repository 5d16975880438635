"""Whose permission is asked: of those whose words decide something, and nobody else."""

from dataclasses import replace

import pytest
from tests.values import (
    World,
    comment,
    edited,
    form,
    incident_thread,
    labeled,
    marked,
    notice,
    snapshot,
    thread,
)

from stanch.core.people import MOST_ASSIGNED, questions
from stanch.core.thread import Mark, Thread

ACK = comment(1, "kim", "/ack", 1)


@pytest.mark.parametrize(
    ("of", "asked"),
    [
        (thread(), set()),
        (thread(ACK), set()),
        (thread(comment(1, "kim", "/sev 1 x", 1)), {"kim"}),
        (thread(comment(1, "alex", "/sev 1 x", 1), ACK), {"alex", "kim"}),
        (incident_thread(ACK), {"alex", "kim"}),
        (thread(labeled("sev-1", 0, "jordan"), ACK, author="riley"), {"kim"}),
        (incident_thread(edited(comment(1, "sam", "/ack", 1), "jordan", 2)), {"alex", "sam", "jordan"}),
        (incident_thread(marked(ACK, Mark.ACCEPTED)), {"alex", "kim"}),
        (incident_thread(marked(ACK, Mark.REFUSED)), {"alex", "kim"}),
        (incident_thread(marked(ACK, Mark.REFUSED), notice(2, "12/refused/1", 2)), {"alex"}),
        (incident_thread(comment(1, "ghost", "/ack", 1), comment(2, "x[bot]", "/ack", 2)), {"alex"}),
        (thread(body=form(), author="kim"), {"kim"}),
        (thread(body=form(), author="x[bot]"), set()),
    ],
)
def test_who_is_asked(of: Thread, asked: set[str]) -> None:
    """Commands and forms not seen before; never bots, deleted accounts, talk or what was answered with a refusal."""
    one = snapshot(of, 5)
    assert set(one.access) == asked
    assert questions(one) == frozenset()


def test_a_quiet_look_asks_nobody() -> None:
    """What the ledger has judged is not asked about again."""
    world = World(incident_thread(comment(1, "jordan", "/ack", 3), comment(2, "kim", "/ack", 4))).looked_at(5)
    assert world.seen(6).access == {}


def test_a_command_from_before_the_label_is_asked_about_once() -> None:
    """It is remembered as too early: no mark, no reply, and no further question about its author."""
    world = World(thread(ACK, labeled("sev-1", 2, "jordan"))).looked_at(3)
    assert questions(replace(world.seen(4), access={})) == set()
    assert world.planned(4) == ()
    assert world.bodies("refused") == []
    assert all(not one.marks for one in world.thread.comments)


def test_whoever_is_given_an_item_is_asked_about() -> None:
    """Ten in one look at most; not whoever the team names, nor on an incident, where no items are."""
    names = [f"new-{n}" for n in range(12)]
    said = comment(1, "jordan", "\n".join(f"/assign 1 @{name}" for name in ("alex", "me", *names)), 5)
    report = thread(labeled("post-mortem", 1, "jordan"), said, author="jordan")
    assert set(snapshot(report, 6).access) == {"jordan", *names[:MOST_ASSIGNED]}
    assert set(snapshot(incident_thread(said), 6).access) == {"alex", "jordan"}
