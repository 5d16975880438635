"""Whether the runs can be believed at all: what went wrong outside of the tests."""

from enum import StrEnum

from stanch.core.proof.evidence import Evidence, Run, Side
from stanch.core.proof.outcomes import Outcome


class Fault(StrEnum):
    """Why a run says nothing about the change."""

    SETUP = "setup-failed"
    TIMED_OUT = "timed-out"
    NOT_RUN = "not-run"
    NOT_STARTED = "not-started"
    KILLED = "killed"
    UNREADABLE = "unreadable"
    NO_TESTS = "no-tests"
    DISAGREE = "disagree"


_CANNOT_START = (126, 127)
_SIGNALS = range(129, 160)
_EMPTY = (0, 5)
"""What runners end with that found no test: pytest, and unittest since Python 3.12, with 5."""


def fault_of(evidence: Evidence) -> tuple[Fault, Run | None] | None:
    """The first thing that makes the evidence worthless, and the run that shows it; None if all of it counts."""
    for run in evidence.last_turn:
        fault = _of_setup(run) if run.setup else _of_tests(run, evidence)
        if fault and run.side is not Side.UNDO:
            return fault, run
    for suite in evidence.suites:
        if not all(evidence.of(side, suite.name) for side in (Side.BEFORE, Side.AFTER)):
            return Fault.NOT_RUN, None
    return None


def is_sound(run: Run, evidence: Evidence) -> bool:
    """Whether one run counts."""
    return _of_tests(run, evidence) is None


def _of_setup(run: Run) -> Fault | None:
    if run.timed_out:
        return Fault.TIMED_OUT
    return Fault.SETUP if run.exit_code else None


def _of_tests(run: Run, evidence: Evidence) -> Fault | None:
    if run.timed_out:
        return Fault.TIMED_OUT
    if run.exit_code in _CANNOT_START:
        return Fault.NOT_STARTED
    if run.exit_code < 0 or run.exit_code in _SIGNALS:
        return Fault.KILLED
    if run.unreadable:
        return Fault.UNREADABLE
    if not run.cases:
        return None if _may_be_empty(run, evidence) else Fault.NO_TESTS
    return Fault.DISAGREE if _contradicts(run, evidence) else None


def _may_be_empty(run: Run, evidence: Evidence) -> bool:
    """The base may have no test in a file yet; also with the head's, where tests stand in the files of code."""
    if run.side is Side.PRISTINE:
        return True
    inline = set(evidence.changed.inline)
    mixed = any(suite.name == run.suite and inline & set(suite.files) for suite in evidence.suites)
    return run.side is Side.BEFORE and mixed and run.exit_code in _EMPTY


def _contradicts(run: Run, evidence: Evidence) -> bool:
    """Whether the report and the exit code say different things. An exit code alone cannot."""
    failing = any(case.outcome.is_red or case.outcome is Outcome.COLLECT for case in run.by_key.values())
    return not evidence.is_weak(run.suite) and failing != bool(run.exit_code)
