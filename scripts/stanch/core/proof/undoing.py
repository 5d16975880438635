"""What undoing one hunk of the fix shows: that a test misses it, or that none does."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from stanch.core.proof.comparison import Compared, Comparison
from stanch.core.proof.coupling import is_coupled
from stanch.core.proof.evidence import Evidence, Hunk, Side
from stanch.core.proof.outcomes import Key
from stanch.core.proof.states import State, standing
from stanch.core.proof.validity import is_sound

MOST_HUNKS = 12


@dataclass(frozen=True, slots=True)
class Undone:
    """A hunk without which a test fails, on its own account: the test, and what it says."""

    hunk: Hunk
    tests: tuple[Key, ...]
    message: str


def proof_by_undo(comparison: Comparison) -> Undone | None:
    """The first hunk whose undoing makes a new test fail, as often as tests are run without the fix."""
    evidence = comparison.evidence
    for number in _undone(evidence):
        tests = tuple(key for key in missed_by(comparison, number) if is_settled(evidence, number, key.suite))
        if tests:
            message = standing(evidence, Side.UNDO, tests[0], number).message
            return Undone(evidence.hunks[number], tests, message)
    return None


def is_settled(evidence: Evidence, number: int, suite: str) -> bool:
    """Whether a suite ran without this hunk as often as it ran without the fix."""
    return len(evidence.of(Side.UNDO, suite, number)) >= len(evidence.of(Side.BEFORE, suite))


def missed_by(comparison: Comparison, number: int) -> tuple[Key, ...]:
    """The tests that fail without this hunk, though they load, and that nothing but the coupling keeps from proving.

    A test that the base passes may fail without a hunk only because the rest of the change relies on it: it
    says nothing about the bug. Nor does a hunk that changes the tests themselves.
    """
    evidence = comparison.evidence
    if evidence.hunks[number].of_tests:
        return ()
    candidates = [one for one in comparison.tests if one.is_coupled and one.pristine.state is not State.PASS]
    counting = {suite.name for suite in evidence.suites if _counts(evidence, number, suite.name)}
    return tuple(one.key for one in candidates if one.key.suite in counting and _fails_without(evidence, number, one))


def _counts(evidence: Evidence, number: int, suite: str) -> bool:
    """Whether a suite was run without this hunk, and every such run can be believed."""
    runs = evidence.of(Side.UNDO, suite, number)
    return bool(runs) and all(is_sound(run, evidence) for run in runs)


def _fails_without(evidence: Evidence, number: int, one: Compared) -> bool:
    without = standing(evidence, Side.UNDO, one.key, number)
    return without.state is State.RED and not is_coupled(without.message, evidence.new_names)


def unneeded(comparison: Comparison) -> Iterator[Hunk]:
    """The hunks without which every test does what it does with them."""
    evidence = comparison.evidence
    steady = [one for one in comparison.tests if one.after.state is State.PASS]
    for number in _undone(evidence):
        runs = evidence.of(Side.UNDO, hunk=number)
        sound = all(is_sound(run, evidence) for run in runs)
        if sound and not evidence.hunks[number].of_tests and _all_pass(evidence, number, steady):
            yield evidence.hunks[number]


def _all_pass(evidence: Evidence, number: int, tests: Iterable[Compared]) -> bool:
    """Every test passes without this hunk, and every suite was asked."""
    states = {standing(evidence, Side.UNDO, one.key, number).state for one in tests}
    return states == {State.PASS}


def _undone(evidence: Evidence) -> Iterator[int]:
    """The hunks that were undone, by number."""
    found = {run.hunk for run in evidence.last_turn if run.side is Side.UNDO and run.hunk is not None}
    return iter(sorted(number for number in found if number < len(evidence.hunks)))
