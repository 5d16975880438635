"""H006: the smallest change that mends it; beyond fifty lines it takes the author's reason and a maintainer's word."""

import pytest
from tests.pulls import (
    BASE,
    GOOD,
    HEAD,
    Change,
    Gathered,
    changed,
    plus_line,
    row,
    text,
    verdict,
    with_beside,
    with_file,
    with_pull,
)
from tests.rule_tables import Asked, Line, Table, answers, each, unchanged

from stanch.core.pull import ChangedFile, ChangeKind, FileText

WHY = "Why not smaller: the rounding stands in three places"


def lines(count: int) -> Change:
    """So many added lines in a new file of production, beside the two of the good one."""
    return lambda g: with_file(g, "rounding.py", None, "x = 1\n" * count)


def reasoned(change: Change) -> Change:
    return lambda g: plus_line(change(g), WHY)


def moved(g: Gathered) -> Gathered:
    """A file of a hundred lines in a new place; GitHub counts no line of it."""
    files = {**g.beside.files, f"{HEAD}:lib/cart.py": text("x = 1\n" * 100)}
    renamed = ChangedFile("lib/cart.py", ChangeKind.RENAMED, 0, 0)
    return with_beside(with_pull(g, files=(*g.pull.files, renamed)), files=files)


def unseen(g: Gathered) -> Gathered:
    """A hundred tests are shown, and beyond them something else."""
    shown = tuple(changed(f"!/tests/test_{n}.py") for n in range(100))
    return with_pull(g, files=shown, changed_files=101, added=101, removed=100)


TABLE: Table = {
    "a good one": Line(unchanged, "pass/small"),
    "nine lines": Line(lambda g: lines(9 - shown(g))(g), "pass/small"),
    "ten lines": Line(lambda g: lines(10 - shown(g))(g), "fail/no-reason"),
    "ten lines with a reason": Line(lambda g: reasoned(lines(10 - shown(g)))(g), "pass/reasoned"),
    "fifty with a reason": Line(lambda g: reasoned(lines(50 - shown(g)))(g), "pass/reasoned"),
    "fifty-one with a reason": Line(lambda g: reasoned(lines(51 - shown(g)))(g), "fail/large"),
    "fifty-one without": Line(lambda g: lines(51 - shown(g))(g), "fail/large"),
    "a workflow": Line(lambda g: with_file(g, ".github/workflows/ci.yml", "a\n", "b\n"), "fail/workflows"),
    "a workflow that calls itself a test": Line(
        lambda g: with_file(g, ".github/tests/ci.test.yml", "a\n", "b\n"), "fail/workflows"
    ),
    "owners of code": Line(reasoned(lambda g: with_file(g, ".github/CODEOWNERS", "a\n", "b\n")), "fail/workflows"),
    "owners of code at the root": Line(lambda g: with_file(g, "CODEOWNERS", "a\n", "b\n"), "fail/workflows"),
    "owners of code among the documents": Line(
        lambda g: with_file(g, "docs/CODEOWNERS", "a\n", "b\n"), "fail/workflows"
    ),
    "a list of people that is called alike": Line(
        lambda g: with_file(g, "shop/CODEOWNERS", "a\n", "b\n"), "pass/small"
    ),
    "a hundred lines of tests": Line(lambda g: with_file(g, "tests/test_b.py", None, "x\n" * 100), "pass/small"),
    "a lock file": Line(lambda g: with_file(g, "uv.lock", "x\n", "y\n" * 100), "pass/small"),
    "a binary": Line(lambda g: with_pull(g, files=(*g.pull.files, changed("logo.png", 0, 0))), "fail/opaque"),
    "a binary goes": Line(
        lambda g: with_pull(g, files=(*g.pull.files, changed("logo.png", 0, 0, ChangeKind.DELETED))), "fail/opaque"
    ),
    "a text that GitHub counts no line of": Line(
        lambda g: with_file(g, "bundle.js", None, "x\n", (0, 0)), "fail/opaque"
    ),
    "a mode": Line(lambda g: with_file(g, "run.sh", "x\n", "x\n", (0, 0)), "fail/opaque"),
    "a type": Line(
        lambda g: with_pull(g, files=(*g.pull.files, changed("link", 1, 1, ChangeKind.CHANGED))), "fail/opaque"
    ),
    "a submodule": Line(lambda g: with_pull(g, files=(*g.pull.files, changed("vendored"))), "fail/opaque"),
    "a file too large to be read": Line(
        lambda g: with_beside(
            with_pull(g, files=(*g.pull.files, changed("bundle.js"))),
            files={**g.beside.files, f"{HEAD}:bundle.js": FileText("1"), f"{BASE}:bundle.js": FileText("2")},
        ),
        "fail/opaque",
    ),
    "nothing could be read": Line(lambda g: with_beside(g, files={}), "fail/opaque"),
    "an empty file comes": Line(lambda g: with_file(g, "shop/__init__.py", None, "", (0, 0)), "pass/small"),
    "an empty file goes": Line(lambda g: with_file(g, "shop/__init__.py", "", None, (0, 0)), "pass/small"),
    "a file goes": Line(lambda g: with_file(g, "old.py", "x = 1\n" * 60, None), "fail/large"),
    "a rename is not free": Line(moved, "fail/large"),
    "packed into one line": Line(
        lambda g: with_file(g, "shop2.py", "x = 1\n", "x=1;" * 400 + "\n", (1, 1)), "fail/no-reason"
    ),
    "something among files that are not shown": Line(unseen, "fail/hidden"),
}


def shown(g: Gathered) -> int:
    """The lines of production of a good one."""
    count = row(g, "H006").finding.values["lines"]
    assert isinstance(count, int)
    return count


@pytest.mark.parametrize("asked", each(TABLE), ids=str)
def test_every_answer(asked: Asked) -> None:
    """Each line of the table, at each severity and for each class."""
    found, told = answers("H006", asked)
    assert found == told


@pytest.mark.parametrize("change", [lines(60), TABLE["a workflow"].change, TABLE["a binary"].change])
def test_beyond_the_limits_a_reason_comes_first(change: Change) -> None:
    """Without the author's reason nobody can waive it; with it a maintainer may."""
    assert row(change(GOOD), "H006").finding.firm
    assert not row(reasoned(change)(GOOD), "H006").finding.firm


def test_what_nobody_saw_nobody_waives() -> None:
    """Where files were not shown, no reason helps."""
    assert row(reasoned(unseen)(GOOD), "H006").finding.firm


def test_no_reason_is_needed_to_be_told_hidden() -> None:
    """A reason in a comment of the template is none."""
    hidden = plus_line(lines(20)(GOOD), "Why not smaller: <!-- one line -->")
    assert verdict(hidden, "H006") == "fail/no-reason"
