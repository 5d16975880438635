"""H001: cut from what production runs, called as hotfixes are, and on its way back there."""

from dataclasses import replace

import pytest
from tests.pulls import GOOD, merged, row, verdict, with_beside, with_hotfix, with_pull
from tests.rule_tables import Asked, Line, Table, answers, each, unchanged

TABLE: Table = {
    "a good one": Line(unchanged, "pass/cut"),
    "a fork, whatever its head is called": Line(lambda g: with_pull(g, cross_repository=True), "fail/fork"),
    "a fork that is called as production is": Line(
        lambda g: with_pull(g, cross_repository=True, head="main"), "fail/fork"
    ),
    "retargeted after everything was green": Line(lambda g: with_pull(g, base="develop"), "fail/base"),
    "production is another branch here": Line(lambda g: with_hotfix(g, branch="production"), "fail/base"),
    "two pull requests with one head": Line(lambda g: with_pull(g, twins=(42,)), "fail/twins"),
    "called otherwise": Line(lambda g: with_pull(g, head="fix/empty-cart"), "fail/name"),
    "called well, without the prefix": Line(lambda g: with_pull(g, head="empty-cart"), "fail/name"),
    "nothing behind the prefix": Line(lambda g: with_pull(g, head="hotfix/"), "fail/name"),
    "one letter is no name": Line(lambda g: with_pull(g, head="hotfix/x"), "fail/name"),
    "a name with capitals": Line(lambda g: with_pull(g, head="hotfix/Empty-Cart"), "fail/name"),
    "a folder more": Line(lambda g: with_pull(g, head="hotfix/a/b"), "fail/name"),
    "a line break": Line(lambda g: with_pull(g, head="hotfix/empty-cart\n"), "fail/name"),
    "62 characters": Line(lambda g: with_pull(g, head="hotfix/" + "a" * 62), "fail/name"),
    "61 characters": Line(lambda g: with_pull(g, head="hotfix/" + "a" * 61), "pass/cut"),
    "a prefix of the team's own": Line(
        lambda g: with_pull(with_hotfix(g, prefix="urgent-"), head="urgent-cart"), "pass/cut"
    ),
    "cut from develop": Line(
        lambda g: with_beside(with_pull(g, commit_count=3), foreign={"develop": 1}), "fail/foreign"
    ),
    "cut from the second of two": Line(
        lambda g: with_beside(with_hotfix(g, others=("next", "develop")), foreign={"next": 5, "develop": 0}),
        "fail/foreign",
    ),
    "develop merged into it": Line(
        lambda g: with_beside(with_pull(g, commit_count=2), foreign={"develop": 1}), "fail/foreign"
    ),
    "develop lacks what production has beside": Line(lambda g: with_beside(g, foreign={"develop": 5}), "pass/cut"),
    "there is no such branch": Line(lambda g: with_beside(g, foreign={"develop": None}), "pass/cut"),
    "the comparison is missing": Line(lambda g: with_beside(g, foreign={}), "unknown/unread"),
    "one of two comparisons is missing": Line(lambda g: with_hotfix(g, others=("develop", "next")), "unknown/unread"),
    "merged: the branch is gone, and nothing to compare": Line(
        lambda g: with_beside(merged(g), foreign={}), "pass/cut"
    ),
}


@pytest.mark.parametrize("asked", each(TABLE), ids=str)
def test_every_answer(asked: Asked) -> None:
    """Each line of the table, at each severity and for each class."""
    found, told = answers("H001", asked)
    assert found == told


@pytest.mark.parametrize(
    ("name", "firm"),
    [
        ("a fork, whatever its head is called", True),
        ("retargeted after everything was green", True),
        ("two pull requests with one head", True),
        ("called otherwise", False),
        ("cut from develop", False),
    ],
)
def test_what_nobody_can_ease(name: str, firm: bool) -> None:
    """A name may be waived, and where it was cut; where it comes from and goes to, and whose status it is, may not."""
    assert row(TABLE[name].change(GOOD), "H001").finding.firm is firm


def test_the_worst_comes_first() -> None:
    """Of several things that are wrong the row names the one that no rename mends."""
    worst = with_pull(GOOD, cross_repository=True, base="develop", twins=(42,), head="x")
    assert verdict(worst, "H001") == "fail/fork"
    assert verdict(replace(worst, pull=replace(worst.pull, cross_repository=False)), "H001") == "fail/base"
