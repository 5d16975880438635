"""What it takes to judge a proof. Whoever may push writes the reports: no number of tests may keep the gate busy."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from stanch.core.proof import ProofVerdict, judge
from stanch.core.proof.coupling import is_coupled
from stanch.core.proof.evidence import Evidence, Run, Side
from stanch.core.proof.outcomes import Case, Key, Outcome
from tests.proof_values import evidence
from tests.steps import grows, steps

MOST_GROWTH = 2.5
V = ProofVerdict


def keys(count: int, name: str) -> list[Key]:
    return [Key("unit", f"tests/test_{n}.py", "", f"{name} {n}") for n in range(count)]


def of(side: Side, tests: list[Key], outcome: Outcome, **fields: object) -> Run:
    usual = Run("unit", side, 1, int(outcome is not Outcome.PASS), 1.0, cases=tuple(Case(k, outcome) for k in tests))
    return replace(usual, **fields)  # type: ignore[arg-type] # a case may change any field


def broken(count: int) -> Evidence:
    """Nothing loads without the fix, each test is another file's; and a hunk is undone, which no test misses."""
    lost = [replace(key, file="", name=f"tests.lost_{n}") for n, key in enumerate(keys(count, "lost"))]
    after = keys(count, "works")
    undone = of(Side.UNDO, after, Outcome.PASS, hunk=0)
    return evidence(runs=(of(Side.BEFORE, lost, Outcome.COLLECT), of(Side.AFTER, after, Outcome.PASS), undone))


def renamed(count: int) -> Evidence:
    """Every test is gone, and as many others are there."""
    old, new = keys(count, "old"), keys(count, "new")
    before, after = of(Side.BEFORE, new, Outcome.PASS), of(Side.AFTER, new, Outcome.PASS)
    return evidence(runs=(of(Side.PRISTINE, old, Outcome.PASS), before, after))


def often(count: int) -> Evidence:
    """As many runs as tests."""
    few = keys(count, "fails")
    again = tuple(of(Side.UNDO, [], Outcome.PASS, hunk=0, attempt=n) for n in range(count))
    return evidence(runs=(of(Side.BEFORE, few, Outcome.FAIL), of(Side.AFTER, few, Outcome.PASS), *again))


@pytest.mark.parametrize(("sized", "verdict"), [(broken, V.COUPLED), (renamed, V.NOT_REPRODUCED), (often, V.PROVEN)])
def test_twice_the_tests_are_twice_the_work(sized: Callable[[int], Evidence], verdict: ProofVerdict) -> None:
    """However many did not load, are gone or were run again."""
    half, whole = sized(300), sized(600)
    assert judge(sized(300)).verdict is verdict
    assert steps(lambda: judge(whole)) <= MOST_GROWTH * steps(lambda: judge(half))


LONG_WORDS = [("a", "", {"a"}, False), ("a.", "clean is not a function", {"clean"}, True)]
"""What is said again and again, its end, the names that are new, and whether it speaks of one of them."""


@pytest.mark.parametrize(("unit", "end", "names", "coupled"), LONG_WORDS)
def test_no_message_takes_long_to_read(unit: str, end: str, names: set[str], coupled: bool) -> None:
    """One long word, as of a picture that was expected to be another one."""

    def read(count: int) -> None:
        assert is_coupled(unit * count + end, names) is coupled

    assert not grows(read, 20_000, 10_000)
