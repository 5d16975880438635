"""From the short form to the long one through everything that can go wrong on the way."""

import pytest

from stanch.app.road import carry
from stanch.app.stage import Stage, stage
from stanch.core.errors import GitHubError
from stanch.core.marker import marker_of
from stanch.sandbox.faults import Fault, Killed
from stanch.sandbox.rights import BOT
from tests.app.rig import Mood, harbour

FAULTS = (Fault.KILLED_BEFORE, Fault.TIMEOUT_AFTER)
MORE_FAULTS = tuple(fault for fault in Fault if fault not in FAULTS)
LEAST_WRITES, MOST_WRITES = 3, 9
"""How many writes the run has that ends the incident, at least and at most."""

THEIRS = "\nThe cart summed nothing.\n"


def opened(world: Mood, set_: Stage) -> tuple[int, int]:
    """The numbers of an incident that is mitigated for days, and of its post-mortem, which is short."""
    number = world.person("alex").opens("Checkout is down", "", labels=["sev-1"])
    carry(set_.desk(), number)
    world.person("jordan").comments(number, "/take\n/status mitigated")
    carry(set_.desk(), number)
    world.clock.advance(hours=4 * 24)
    carry(set_.desk(), number)
    return number, max(world.repository().issues)


def look(set_: Stage, number: int) -> None:
    """One run, however it ends."""
    try:
        carry(set_.desk(), number)
    except (GitHubError, Killed):
        return


def heal(world: Mood, set_: Stage, number: int) -> None:
    """GitHub is well again: after two runs nothing is left to do."""
    world.faults.clear()
    world.clock.advance(minutes=5)
    carry(set_.desk(), number)
    carry(set_.desk(), number)
    assert carry(set_.desk(), number).writes == ()


def resolve(world: Mood, number: int, child: int, *, written: bool) -> str:
    """People end the incident, and may have written into its post-mortem."""
    if written:
        world.person("alex").edits_body(child, f"{world.issue(child).body}{THEIRS}")
    world.clock.advance(minutes=3)
    world.person("jordan").comments(number, "/resolve")
    return world.issue(child).body or ""


def told(world: Mood, child: int) -> list[str]:
    said = (one.body for one in world.issue(child).comments if one.author == BOT)
    return [marker.key for body in said if (marker := marker_of(body))]


@pytest.mark.unmeasured
@pytest.mark.parametrize("written", [False, True])
@pytest.mark.parametrize("fault", [*FAULTS, *(pytest.param(one, marks=pytest.mark.long) for one in MORE_FAULTS)])
def test_a_fault_at_any_write_ends_where_none_would(fault: Fault, written: bool) -> None:
    """The long form in place of the short one, or one comment below what people wrote: never both, never twice."""
    for place in range(1, MOST_WRITES + 1):
        world = harbour()
        with stage(world) as set_:
            number, child = opened(world, set_)
            before = resolve(world, number, child, written=written)
            world.faults.at_write(world.counts.writes + place, fault)
            look(set_, number)
            heal(world, set_, number)
        marker = marker_of(world.issue(child).body or "")
        assert marker is not None
        assert ("form" in marker.stamp) is written
        assert told(world, child) == ([f"{number}/postmortem/long"] if written else [])
        assert not written or world.issue(child).body == before
        if not world.faults.fired:
            assert place > LEAST_WRITES
            return


@pytest.mark.parametrize("written", [False, True])
def test_reads_that_lag_double_nothing(written: bool) -> None:
    """What was written stays unseen for a while: it is not written again, and nobody's text is lost."""
    world = harbour()
    with stage(world) as set_:
        number, child = opened(world, set_)
        before = resolve(world, number, child, written=written)
        world.clock.advance(minutes=1)
        world.faults.lag = 10
        for _ in range(3):
            look(set_, number)
        world.faults.lag = 0
        heal(world, set_, number)
    assert told(world, child) == ([f"{number}/postmortem/long"] if written else [])
    assert not written or world.issue(child).body == before


def test_what_people_write_after_the_long_form_is_never_touched() -> None:
    """Whatever becomes of the incident afterwards."""
    world = harbour()
    with stage(world) as set_:
        number, child = opened(world, set_)
        resolve(world, number, child, written=False)
        carry(set_.desk(), number)
        world.person("alex").edits_body(child, f"{world.issue(child).body}{THEIRS}")
        after = world.issue(child).body
        world.person("alex").reopens(number)
        carry(set_.desk(), number)
        world.person("jordan").comments(number, "/resolve")
        heal(world, set_, number)
    assert (world.issue(child).body, told(world, child)) == (after, [])


def test_whoever_deletes_the_notice_is_not_told_again() -> None:
    """It was said once; the card remembers."""
    world = harbour()
    with stage(world) as set_:
        number, child = opened(world, set_)
        resolve(world, number, child, written=True)
        carry(set_.desk(), number)
        (notice,) = [one for one in world.issue(child).comments if one.author == BOT]
        world.person("alex").deletes_comment(notice.id)
        heal(world, set_, number)
    assert told(world, child) == []
