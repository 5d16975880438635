"""H013: no draft, no conflict, and whatever else watches is green."""

from dataclasses import replace

import pytest
from tests.pulls import CHECK, GOOD, Change, merged, row, with_pull
from tests.rule_tables import Asked, Line, Table, answers, each, unchanged

from stanch.core.pull import Check, CheckState, Mergeable

FAILED = replace(CHECK, name="lint", state=CheckState.FAILED)
RUNNING = replace(CHECK, name="slow", state=CheckState.RUNNING)
OWN = Check("gate", CheckState.RUNNING, workflow=".github/workflows/stanch-hotfix.yml")
PROOF = Check("prove", CheckState.FAILED, workflow=".github/workflows/stanch-prove.yml")


def checked(*checks: Check, more: bool = False) -> Change:
    return lambda g: with_pull(g, checks=checks, more_checks=more)


TABLE: Table = {
    "a good one": Line(unchanged, "pass/green"),
    "no checks": Line(checked(), "skip/none"),
    "a draft": Line(lambda g: with_pull(g, draft=True), "pending/draft"),
    "a conflict": Line(lambda g: with_pull(g, mergeable=Mergeable.CONFLICTING), "fail/conflict"),
    "GitHub is still reckoning": Line(lambda g: with_pull(g, mergeable=Mergeable.UNKNOWN), "pending/computing"),
    "merged: nothing to reckon": Line(lambda g: merged(with_pull(g, mergeable=Mergeable.UNKNOWN)), "pass/green"),
    "one failed": Line(checked(CHECK, FAILED), "fail/failed"),
    "one failed and one runs": Line(checked(RUNNING, FAILED), "fail/failed"),
    "one runs": Line(checked(CHECK, RUNNING), "pending/running"),
    "more than are shown": Line(checked(CHECK, more=True), "unknown/too-many"),
    "more than are shown, and one failed": Line(checked(FAILED, more=True), "fail/failed"),
    "more than are shown, and one runs": Line(checked(RUNNING, more=True), "unknown/too-many"),
    "the gate's own job runs while it looks": Line(checked(CHECK, OWN), "pass/green"),
    "the proof has a rule of its own": Line(checked(CHECK, PROOF), "pass/green"),
    "nothing but Stanch's own": Line(checked(OWN, PROOF), "skip/none"),
    "a status of that name and no workflow": Line(checked(replace(OWN, workflow="")), "pending/running"),
}


@pytest.mark.parametrize("asked", each(TABLE), ids=str)
def test_every_answer(asked: Asked) -> None:
    """Each line of the table, at each severity and for each class."""
    found, told = answers("H013", asked)
    assert found == told


@pytest.mark.parametrize(
    ("name", "firm"),
    [("a draft", True), ("a conflict", True), ("GitHub is still reckoning", True), ("one failed", False)],
)
def test_what_nobody_can_ease(name: str, firm: bool) -> None:
    """A check may be waived: it may have failed before; a draft and a conflict may not,
    nor what may turn out to be one."""
    assert row(TABLE[name].change(GOOD), "H013").finding.firm is firm
