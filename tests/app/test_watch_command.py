"""`stanch watch` on the command line: what it says in the end, with which exit code, and what it does not take."""

from pathlib import Path

import pytest

from stanch.app.road import Outcome
from stanch.app.watch import Tally
from stanch.cli import watch
from stanch.core.writes import CreateComment
from stanch.sandbox.faults import Fault
from tests.app.rig import Rig, rigged
from tests.app.watched import runs, world_with_a_watcher

NOTE = CreateComment(1, "1/x", "x")
OTHER = CreateComment(1, "1/y", "y")


@pytest.mark.parametrize(
    ("looks", "owed", "code"),
    [
        ([[]], (), 0),
        ([[Outcome(1, writes=(NOTE,))], [Outcome(1)]], (), 0),
        ([[Outcome(1, owed=("locked",))], []], ("locked",), 3),
        ([[Outcome(1, owed=("locked",))], [Outcome(1)]], (), 0),
        ([[Outcome(1, owed=("unread",), uncertain=True)], []], (), 0),
        ([[Outcome(None, owed=("unread",), uncertain=True)], [Outcome(1)]], (), 0),
        ([[Outcome(None, owed=("unread",), uncertain=True), Outcome(None, writes=(NOTE,))]], ("unread",), 3),
        ([[Outcome(None, owed=("start",))], [Outcome(None, owed=("unread",), uncertain=True)]], ("start", "unread"), 3),
        ([[Outcome(None, owed=("start",))], [Outcome(None, owed=("start",))]], ("start",), 3),
    ],
)
def test_what_is_owed_in_the_end_is_what_the_last_look_left(
    looks: list[list[Outcome]], owed: tuple[str, ...], code: int
) -> None:
    """What was unclear is clear after the next look; a refusal stays, until its thread is looked at again."""
    tally = Tally()
    for place, outcomes in enumerate(looks):
        if place:
            tally.look_again()
        for one in outcomes:
            tally.take_in(one)
    assert tuple(debt for one in tally.outcomes for debt in one.owed) == owed
    assert max((one.exit_code for one in tally.outcomes), default=0) == code


def test_every_write_of_a_shift_is_told() -> None:
    """Also those of a look whose thread was left alone later."""
    tally = Tally()
    for one in (Outcome(1, writes=(NOTE,)), Outcome(1), Outcome(1, writes=(OTHER,))):
        tally.take_in(one)
        tally.look_again()
    assert [one.writes for one in tally.outcomes] == [(NOTE, OTHER)]


def test_a_shift_in_which_one_look_failed_ends_green(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """GitHub is away for a minute; the next look makes good for it."""
    world = world_with_a_watcher()
    with rigged(world, tmp_path, monkeypatch) as rig:
        number, naps, fired = rig.incident(), [], []

        def sleep(length: float) -> None:
            naps.append(length)
            world.clock.advance(length)
            fired.extend(world.faults.fired)
            world.faults.clear()
            for index in range(1, 8) if len(naps) == 2 else ():
                world.faults.at_read(world.counts.reads + index, Fault.BAD_GATEWAY_BEFORE)

        monkeypatch.setattr(watch.time, "sleep", sleep)
        rig.look(number)
        ran = rig.run("watch")
        assert len(fired) > 1
        assert (ran.code, "still owed" in ran.out) == (0, False), ran
        assert ran.err.count("looking again") == len(naps)


def test_a_dry_run_looks_once_and_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It names the successor that it would start."""
    world = world_with_a_watcher()
    with rigged(world, tmp_path, monkeypatch) as rig:
        rig.incident()
        ran = rig.run("watch", "--dry-run", "--json")
        assert ran.code == 0
        assert "StartWorkflow" in ran.kinds
        assert (world.counts.writes, runs(world)) == (0, [])


@pytest.mark.parametrize("minutes", ["0", "-1", "nan", "inf", "1e300", "7201", "ten"])
def test_a_shift_that_no_runner_can_work_is_refused(rig: Rig, minutes: str) -> None:
    """A usage error in one sentence, before anything is asked."""
    ran = rig.run("watch", "--minutes", minutes)
    assert (ran.code, rig.world.counts.requests) == (2, 0)
    assert "--minutes" in ran.err
    assert "Traceback" not in ran.err
