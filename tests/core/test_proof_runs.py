"""Which run of the proof counts: the newest one in which something ran."""

from dataclasses import replace

import pytest
from tests.pulls import GOOD, PROVEN, row, state, verdict, with_pull
from tests.values import instant

from stanch.core.gate import State
from stanch.core.gathered import Gathered, proof_runs, proof_to_read
from stanch.core.own_workflows import PROOF_WORKFLOW
from stanch.core.pull import CheckState, Run
from stanch.core.pull_case import decided

PROVED = Run(7, PROOF_WORKFLOW, "pull_request", CheckState.PASSED, instant(26))
DROPPED = replace(PROVED, id=9, state=CheckState.SKIPPED, at=instant(45))


def with_runs(*runs: Run) -> Gathered:
    return with_pull(GOOD, runs=runs)


def test_there_was_no_run() -> None:
    """A head that nobody has proven has nothing to read."""
    assert proof_to_read(with_runs()) is None


@pytest.mark.parametrize("runs", [(PROVED, DROPPED), (DROPPED, PROVED)])
def test_a_run_that_its_condition_dropped_does_not_hide_the_proof(runs: tuple[Run, ...]) -> None:
    """Somebody edits the text after the proof: GitHub starts the workflow again, and nothing runs."""
    read = with_runs(*runs)
    assert proof_runs(read.pull) == (PROVED,)
    assert proof_to_read(read) == PROVED
    assert state(read) is State.SUCCESS


def test_nothing_but_dropped_runs_is_no_proof() -> None:
    """It is waited for a proof that never began; what was skipped did not pass."""
    read = replace(with_runs(DROPPED), fresh_proof=None)
    assert proof_to_read(read) is None
    assert (state(read), row(read, "H003").stands) == (State.PENDING, False)
    assert verdict(read, "H003") == "pending/missing"


def test_what_was_read_once_is_not_read_again() -> None:
    """Nor after a run that was dropped."""
    known = decided(GOOD, ()).memory
    assert known.proofs[GOOD.pull.head_sha] == (7, PROVEN)
    assert proof_to_read(replace(with_runs(PROVED, DROPPED), memory=known)) is None


def test_the_newest_run_that_ran_is_the_one_that_counts() -> None:
    """A second run after the first refutes what the first had proven."""
    later = replace(PROVED, id=8, state=CheckState.FAILED, at=instant(40))
    assert proof_to_read(with_runs(PROVED, later, DROPPED)) == later


def test_a_run_that_is_under_way_is_not_read() -> None:
    """Its artifact is not there yet; what ended before it is."""
    running = replace(PROVED, id=8, state=CheckState.RUNNING, at=instant(40))
    assert proof_to_read(with_runs(running)) is None
    assert proof_to_read(with_runs(PROVED, running)) == PROVED


@pytest.mark.parametrize("event", ["push", "workflow_dispatch", "pull_request_target", "workflow_run"])
def test_a_run_that_the_pull_request_did_not_start_is_no_proof(event: str) -> None:
    """Whoever may push starts the same workflow with whatever they like."""
    assert proof_to_read(with_runs(replace(PROVED, event=event))) is None


def test_a_run_before_the_base_was_changed_last_is_no_proof() -> None:
    """Each time it goes to another base."""
    moved = with_pull(GOOD, retargets=(instant(20), instant(30)))
    assert proof_to_read(moved) is None
    assert proof_to_read(with_pull(GOOD, retargets=(instant(20),))) == PROVED
