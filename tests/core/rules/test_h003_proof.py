"""H003: a test fails without the fix and passes with it; whatever was not told never passes."""

from dataclasses import replace
from typing import Any

import pytest
from tests.pulls import (
    GOOD,
    HEAD,
    NEXT_HEAD,
    PROVEN,
    Change,
    Gathered,
    changed,
    decision,
    instant,
    pull_case,
    pushed,
    row,
    waiver,
    with_beside,
    with_hotfix,
    with_pull,
)
from tests.rule_tables import HOTFIX, UNDOING, Asked, Line, Table, answers, each, unchanged

from stanch.core.gate_memory import GateMemory
from stanch.core.gathered import proof_to_read
from stanch.core.own_workflows import PROOF_WORKFLOW
from stanch.core.proof import ProofVerdict
from stanch.core.pull import ChangeKind, CheckState, FileText, Run
from stanch.core.wanted import Text
from stanch.render.words import Words


def judged(verdict: ProofVerdict, **fields: Any) -> Change:
    proof = replace(PROVEN, verdict=verdict, **fields)
    return lambda g: replace(g, fresh_proof=(7, proof))


def run(state: CheckState, *, path: str = PROOF_WORKFLOW, event: str = "pull_request", id_: int = 8) -> Run:
    return Run(id_, path, event, state, instant(50))


def unproven(g: Gathered, *runs: Run) -> Gathered:
    return with_pull(replace(g, fresh_proof=None), runs=runs)


def steering_unseen(g: Gathered) -> Gathered:
    """Too many files to show them all; the config's content differs from the base's."""
    files = {f"{HEAD}:.github/stanch.yml": FileText("1"), f"{g.pull.base_sha}:.github/stanch.yml": FileText("2")}
    return with_beside(with_pull(g, changed_files=3_000), files={**g.beside.files, **files})


TABLE: Table = {
    "a good one": Line(unchanged, "pass/proven", kinds=HOTFIX),
    "it only takes something back": Line(unchanged, "skip/undoes", kinds=UNDOING),
    "by undoing one hunk": Line(judged(ProofVerdict.PROVEN_BY_UNDO), "pass/proven", kinds=HOTFIX),
    "by an exit code alone": Line(judged(ProofVerdict.PROVEN, weak=True), "pass/proven", kinds=HOTFIX),
    "a missing symbol is no bug": Line(judged(ProofVerdict.COUPLED), "unknown/inconclusive", kinds=HOTFIX),
    "one lucky run": Line(judged(ProofVerdict.FLAKY), "unknown/inconclusive", kinds=HOTFIX),
    "the setup failed": Line(judged(ProofVerdict.INFRA), "unknown/inconclusive", kinds=HOTFIX),
    "no test at all": Line(judged(ProofVerdict.NO_TEST), "fail/refuted", kinds=HOTFIX),
    "it passes without the fix": Line(judged(ProofVerdict.NOT_REPRODUCED), "fail/refuted", kinds=HOTFIX),
    "it still fails with the fix": Line(judged(ProofVerdict.NOT_FIXED), "fail/refuted", kinds=HOTFIX),
    "it breaks another test": Line(judged(ProofVerdict.REGRESSION), "fail/refuted", kinds=HOTFIX),
    "nothing ran": Line(unproven, "pending/missing", kinds=HOTFIX),
    "it runs": Line(lambda g: unproven(g, run(CheckState.RUNNING)), "pending/running", kinds=HOTFIX),
    "it runs again after a proof": Line(
        lambda g: with_pull(g, runs=(*g.pull.runs, run(CheckState.RUNNING))), "pending/running", kinds=HOTFIX
    ),
    "what it left cannot be read": Line(
        lambda g: replace(unproven(g), problem="Run 7 left no artifact."), "unknown/unreadable", kinds=HOTFIX
    ),
    "a workflow of the author's that is green": Line(
        lambda g: unproven(g, run(CheckState.PASSED, path=".github/workflows/p.yml")),
        "pending/missing",
        kinds=HOTFIX,
    ),
    "a proof that somebody started by hand": Line(
        lambda g: unproven(g, run(CheckState.PASSED, event="workflow_dispatch")), "pending/missing", kinds=HOTFIX
    ),
    "the config changes with it": Line(
        lambda g: with_pull(g, files=(*g.pull.files, changed(".github/stanch.yml"))), "fail/touches-rules", kinds=HOTFIX
    ),
    "the proof's workflow changes with it": Line(
        lambda g: with_pull(g, files=(*g.pull.files, changed(PROOF_WORKFLOW))), "fail/touches-rules", kinds=HOTFIX
    ),
    "the config changes with it, by its other name": Line(
        lambda g: with_pull(g, files=(*g.pull.files, changed(".github/stanch.yaml"))),
        "fail/touches-rules",
        kinds=HOTFIX,
    ),
    "it changes them among files that are not shown": Line(steering_unseen, "fail/touches-rules", kinds=HOTFIX),
    "the proof itself saw that": Line(
        judged(ProofVerdict.PROVEN, touches_rules=True), "fail/touches-rules", kinds=HOTFIX
    ),
}


@pytest.mark.parametrize("asked", each(TABLE), ids=str)
def test_every_answer(asked: Asked) -> None:
    """Each line of the table, at each severity and for each class."""
    found, told = answers("H003", asked)
    assert found == told


def test_a_proof_holds_for_its_head_alone() -> None:
    """After a push there is none, until the new head has its own."""
    after = pushed(replace(GOOD, memory=pull_case(GOOD).memory), 50)
    assert row(replace(after, fresh_proof=None), "H003").finding.why == "missing"
    assert row(replace(after, fresh_proof=(9, PROVEN)), "H003").finding.why == "proven"
    assert set(pull_case(replace(after, fresh_proof=(9, PROVEN))).memory.proofs) == {HEAD, NEXT_HEAD}


def test_a_proof_is_fetched_once_and_the_newest_one() -> None:
    """What is remembered is not read again; a newer run is."""
    known = replace(GOOD, fresh_proof=None, memory=GateMemory(proofs={HEAD: (7, PROVEN)}))
    assert proof_to_read(known) is None
    again = with_pull(known, runs=(*GOOD.pull.runs, run(CheckState.FAILED, id_=9)))
    assert proof_to_read(again) == again.pull.runs[-1]
    assert proof_to_read(with_pull(known, runs=())) is None


def test_what_waits_too_long_says_so() -> None:
    """An hour after the push nobody expects a run any more."""
    late = replace(unproven(GOOD), now=instant(25 + 61))
    assert row(late, "H003").finding.values["late"] is True
    assert row(unproven(GOOD), "H003").finding.values["late"] is False


def test_what_only_takes_back_owes_its_test() -> None:
    """The test that would have caught it is due in five business days."""
    flipped = with_hotfix(with_pull(GOOD, files=(changed("flags.yml"),)), flags=("flags.yml",))
    (debt,) = decision(flipped).debts[:1]
    assert (debt.kind, debt.owner, debt.days) == ("regression-test", "alex", 5)
    moved = with_pull(flipped, files=(changed("flags.yml", kind=ChangeKind.RENAMED),))
    assert row(moved, "H003").finding.why == "proven"


def test_a_run_that_was_run_again_is_read_again() -> None:
    """GitHub keeps the run's id over its attempts; when it last moved tells them apart."""
    first = Run(7, PROOF_WORKFLOW, "pull_request", CheckState.FAILED, instant(26), instant(28))
    again = replace(first, state=CheckState.PASSED, again=instant(35))
    known = replace(GOOD, fresh_proof=None, memory=GateMemory(proofs={HEAD: (first.mark, PROVEN)}))
    assert proof_to_read(with_pull(known, runs=(first,))) is None
    assert proof_to_read(with_pull(known, runs=(again,))) == again


def test_a_proof_against_another_base_is_none() -> None:
    """Once the base is changed, what was proven before says nothing about it."""
    run = Run(7, PROOF_WORKFLOW, "pull_request", CheckState.PASSED, instant(26), instant(28))
    known = replace(GOOD, fresh_proof=None, memory=GateMemory(proofs={HEAD: (run.mark, PROVEN)}))
    assert row(with_pull(known, runs=(run,)), "H003").finding.why == "proven"
    assert row(with_pull(known, runs=(run,), retargets=(instant(30),)), "H003").finding.why == "missing"


@pytest.mark.parametrize(
    ("verdict", "when"),
    [
        (ProofVerdict.PROVEN, "; without the fix it says"),
        (ProofVerdict.COUPLED, "; without the fix it says"),
        (ProofVerdict.PROVEN_BY_UNDO, "; with one hunk of the fix undone it says"),
        (ProofVerdict.NOT_FIXED, "; with the fix it says"),
        (ProofVerdict.REGRESSION, "; with the fix it says"),
        (ProofVerdict.INFRA, "; with the fix it says"),
    ],
)
def test_a_row_says_in_which_run_the_test_said_that(verdict: ProofVerdict, when: str) -> None:
    """What a test says with the fix is never shown as what it says without."""
    found = row(judged(verdict)(GOOD), "H003").finding
    shown = Words.load({"row.md": '{% import "rules/h003.md" as rule %}{{ rule.evidence(why, v) }}'})
    assert f"{when} TypeError" in shown(Text("row", {"why": found.why, "v": dict(found.values)}))


def test_a_waived_proof_leaves_the_test_to_be_written() -> None:
    """Two people may let it through: the missing test is owed by its author, with a date. One of two is not enough."""
    unproven = replace(GOOD, fresh_proof=(7, replace(PROVEN, verdict=ProofVerdict.NO_TEST)))
    both = decision(unproven, waiver("H003", "morgan"), waiver("H003", "sam"))
    assert [(debt.kind, debt.owner, debt.days) for debt in both.debts] == [
        ("regression-test", "alex", 5),
        *[(debt.kind, debt.owner, debt.days) for debt in decision(GOOD).debts],
    ]
    assert decision(unproven, waiver("H003", "morgan")).debts == decision(GOOD).debts
