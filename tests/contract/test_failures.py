"""The adapters when the embedded GitHub fails: reads heal, writes are sent once, unknown is said."""

from contextlib import AbstractContextManager, nullcontext

import pytest

from stanch.core.errors import GitHubError, NotReadable, RateLimited, UnknownOutcome
from stanch.core.thread import CloseReason, Mark
from stanch.core.writes import (
    AddAssignees,
    AddLabels,
    CloseIssue,
    CreateComment,
    CreateIssue,
    EditComment,
    EditIssue,
    Minimise,
    React,
    RemoveAssignees,
    RemoveLabel,
    Write,
)
from stanch.sandbox.faults import READ_FAULTS, Fault
from stanch.sandbox.world import World
from tests.contract.scenes import connected, shop

CLEAR = {Fault.SECONDARY_LIMIT, Fault.TOO_MANY_REQUESTS}
UNCLEAR = [fault for fault in Fault if fault not in CLEAR and "killed" not in fault.value]
PASSING = [fault for fault in READ_FAULTS if fault is not Fault.TOO_MANY_REQUESTS]


def scene() -> tuple[World, int, list[Write]]:
    """A world with one issue that has two comments, and every kind of write to it."""
    world = shop()
    alex = world.person("alex")
    number = alex.opens("Down", labels=["sev-1"])
    said = alex.comments(number, "/ack")
    alex.assigns(number, "sam")
    with connected(world) as github:
        ours = github.writer.apply(CreateComment(number, "key", "one")).id
        comment = github.reader.thread(number)[1].comments[1]
    assert ours == comment.id
    writes: list[Write] = [
        CreateComment(number, "new", "one more"),
        EditComment(number, comment.id, "two"),
        AddLabels(number, ("post-mortem",)),
        RemoveLabel(number, "sev-1"),
        AddAssignees(number, ("alex",)),
        RemoveAssignees(number, ("sam",)),
        React(number, said, Mark.ACCEPTED),
        CreateIssue("child", "Post-mortem", "text", ("post-mortem",), ()),
        EditIssue(number, "the long form"),
        CloseIssue(number, CloseReason.COMPLETED),
        Minimise(number, comment.node_id),
    ]
    return world, number, writes


def outcome_of(world: World, write: Write, fault: Fault | None, kind: type[GitHubError] | None) -> int:
    """How many requests a write made when it went wrong like this."""
    before = world.counts.writes
    if fault:
        world.faults.at_write(before + 1, fault)
    expected: AbstractContextManager[object] = pytest.raises(kind) if kind else nullcontext()
    with connected(world) as github, expected:
        github.writer.apply(write)
    return world.counts.writes - before


@pytest.mark.parametrize("fault", UNCLEAR)
def test_an_unclear_answer_to_any_write_is_unknown_and_never_repeated(fault: Fault) -> None:
    """Applied or not, each kind of write is sent once and called unknown; the world shows which it was."""
    for index in range(10):
        world, _, writes = scene()
        before = world.dump()
        assert outcome_of(world, writes[index], fault, UnknownOutcome) == 1
        assert (world.dump() != before) is fault.applies


@pytest.mark.parametrize("fault", sorted(CLEAR))
def test_a_limit_on_a_write_is_told_with_its_wait(fault: Fault) -> None:
    """Nothing was applied and nothing is sent again: the next run pays."""
    world, _, writes = scene()
    before = world.dump()
    assert outcome_of(world, writes[0], fault, RateLimited) == 1
    assert world.dump() == before


@pytest.mark.parametrize("fault", PASSING)
def test_a_read_heals_when_its_fault_passes(fault: Fault) -> None:
    """One failed try is waited out within a minute, and the thread is as without it."""
    world, number, _ = scene()
    with connected(world) as github:
        undisturbed = github.reader.thread(number)
    world.faults.at_read(world.counts.reads + 1, fault)
    with connected(world) as github:
        assert github.reader.thread(number) == undisturbed
        assert github.reader.reads == 2
        assert 1.0 <= sum(github.pauses) <= 60.0


@pytest.mark.parametrize("fault", READ_FAULTS)
def test_a_read_that_goes_on_failing_is_a_failed_read(fault: Fault) -> None:
    """Three tries at most, a minute of waiting at most, and never an empty answer."""
    world, number, _ = scene()
    for ahead in range(1, 10):
        world.faults.at_read(world.counts.reads + ahead, fault)
    with connected(world) as github:
        with pytest.raises((NotReadable, RateLimited)):
            github.reader.thread(number)
        assert github.reader.reads <= 3
        assert sum(github.pauses) <= 60.0


@pytest.mark.parametrize("fault", PASSING)
def test_a_permission_that_cannot_be_asked_is_no_refusal(fault: Fault) -> None:
    """The answer is waited for; a person is never refused because of a bad minute."""
    world = shop()
    world.faults.at_read(1, fault)
    with connected(world) as github:
        assert github.reader.access("alex").may_command
