"""How a test stood on one side, over all of its runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum, auto

from stanch.core.proof.evidence import Evidence, Run, Side
from stanch.core.proof.outcomes import Key, Outcome


class State(StrEnum):
    """What all runs of a side say of one test. RED: it ran and did not pass, each time."""

    PASS = auto()
    RED = auto()
    COLLECT = auto()
    SKIP = auto()
    ABSENT = auto()
    FLAKY = auto()


_STATES = {
    Outcome.PASS: State.PASS,
    Outcome.SKIP: State.SKIP,
    Outcome.FAIL: State.RED,
    Outcome.ERROR: State.RED,
    Outcome.COLLECT: State.COLLECT,
}


@dataclass(frozen=True, slots=True)
class Standing:
    """One test on one side. `passed` and `runs` are counts; `message` is the first thing it said."""

    state: State
    passed: int
    runs: int
    message: str = ""


def standing(evidence: Evidence, side: Side, key: Key, hunk: int | None = None) -> Standing:
    """How a test stood on a side; ABSENT when nothing was run there."""
    return over(evidence.of(side, key.suite, hunk), key)


def over(runs: Sequence[Run], key: Key) -> Standing:
    """How a test stood in these runs."""
    states = [_in_one(run, key) for run in runs]
    agreed = set(states) or {State.ABSENT}
    message = next((case.message for run in runs if (case := run.by_key.get(key)) and case.message), "")
    state = agreed.pop() if len(agreed) == 1 else State.FLAKY
    return Standing(state, states.count(State.PASS), len(runs), message)


def _in_one(run: Run, key: Key) -> State:
    case = run.by_key.get(key)
    if case is not None:
        return _STATES[case.outcome]
    return State.COLLECT if run.hidden.could_hold(key) else State.ABSENT
