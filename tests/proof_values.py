"""Evidence in a line or two, for tables of cases."""

from dataclasses import replace
from typing import Any

from stanch.core.proof.evidence import Changed, Evidence, Hunk, Run, Side, SuiteFacts
from stanch.core.proof.outcomes import Case, Key, Outcome
from stanch.core.proof.suite import ReportKind

WORDS = {
    "p": Outcome.PASS,
    "f": Outcome.FAIL,
    "e": Outcome.ERROR,
    "c": Outcome.COLLECT,
    "s": Outcome.SKIP,
}
CHANGED = Changed(tests=("tests/test_shop.py",), production=("shop.py",))


def key(name: str, suite: str = "unit") -> Key:
    """A test of the one file; a name with a dot is the file itself, as pytest names it when it does not load."""
    return Key(suite, "", "" if "." in name else "tests.test_shop", name)


def run(side: Side, said: str, attempt: int = 1, suite: str = "unit", **fields: Any) -> Run:
    """`total:p clean:f` is one run of two tests; `f!text` gives it a message, with `_` for a space."""
    cases = []
    for word in said.split():
        name, _, outcome = word.partition(":")
        cases.append(Case(key(name, suite), WORDS[outcome[0]], outcome[2:].replace("_", " ")))
    bad = any(case.outcome not in {Outcome.PASS, Outcome.SKIP} for case in cases)
    usual = Run(suite, side, attempt, exit_code=int(bad), seconds=1.0, cases=tuple(cases))
    return replace(usual, **fields)


def runs(side: Side, *each: str, suite: str = "unit", hunk: int | None = None) -> tuple[Run, ...]:
    """Runs of one side, one after the other."""
    return tuple(run(side, said, number, suite, hunk=hunk) for number, said in enumerate(each, start=1))


def evidence(
    pristine: str = "total:p",
    before: tuple[str, ...] = ("total:p", "total:p"),
    after: tuple[str, ...] = ("total:p", "total:p", "total:p"),
    undo: dict[int, tuple[str, ...]] | None = None,
    **fields: Any,
) -> Evidence:
    """The evidence of one suite; `undo` is by number of hunk."""
    undone = tuple(one for hunk, each in (undo or {}).items() for one in runs(Side.UNDO, *each, hunk=hunk))
    usual = Evidence(
        base="b" * 40,
        head="a" * 40,
        merge_base="b" * 40,
        suites=(SuiteFacts("unit", ReportKind.JUNIT, ("tests/test_shop.py",), ("tests/test_shop.py",)),),
        changed=CHANGED,
        runs=(
            *((run(Side.PRISTINE, pristine),) if pristine else ()),
            *runs(Side.BEFORE, *before),
            *runs(Side.AFTER, *after),
            *undone,
        ),
        hunks=tuple(Hunk("shop.py", 10 * number, 10 * number + 2) for number in range(1, 4)),
        new_names=frozenset({"clean"}),
    )
    return replace(usual, **fields)
