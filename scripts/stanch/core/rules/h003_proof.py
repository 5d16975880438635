"""H003: a test fails without the fix and passes with it, shown by running it."""

from datetime import timedelta

from stanch.core.proof import Proof, ProofVerdict
from stanch.core.rules.facts import Facts, ProofState
from stanch.core.rules.rule import SHOWN, Debt, Finding, Rule, Waivable, cannot_tell, fails, passes, skips, waits

REGRESSION_TEST = "regression-test"
"""The debt of a change that only takes something back, and of a waived proof: the test that would have caught it."""

DAYS = 5
"""Business days in which the missing test is due."""

PATIENCE = timedelta(minutes=60)
"""After so long a proof that never began will not begin by itself."""


class ProvenTest(Rule):
    """A test reproduces the bug on the code before the fix and passes after it; what was not told never passes."""

    code = "H003"
    waivable = Waivable.BY_TWO

    def judge(self, facts: Facts) -> Finding:
        if facts.kind.undoes:
            return skips("undoes", *self.owed_when_waived(facts), kind=facts.kind.value)
        proving = facts.proving
        if proving.touches_rules:
            return fails("touches-rules")
        if proving.state is ProofState.DONE and proving.proof is not None:
            return _judged(proving.proof)
        if proving.state is ProofState.UNREADABLE:
            return cannot_tell("unreadable", problem=proving.problem)
        if proving.state is ProofState.RUNNING:
            return waits("running", sha=facts.pull.head_sha[:7])
        late = facts.pushed_at is not None and facts.now - facts.pushed_at > PATIENCE
        return waits("missing", sha=facts.pull.head_sha[:7], late=late)

    def owed_when_waived(self, facts: Facts) -> tuple[Debt, ...]:
        return (Debt(REGRESSION_TEST, DAYS, facts.author),)


def _judged(proof: Proof) -> Finding:
    said = _said(proof)
    if proof.holds:
        return passes("proven", **said)
    if proof.verdict.is_inconclusive:
        return cannot_tell("inconclusive", **said)
    return fails("refuted", **said)


def _said(proof: Proof) -> dict[str, object]:
    tests = proof.tests or proof.failing or proof.coupled or proof.flaky
    return {
        "verdict": proof.verdict.value,
        "cause": proof.why,
        "tests": list(tests[:SHOWN]),
        "more": max(0, len(tests) - SHOWN),
        "message": proof.message,
        "weak": proof.weak,
        "by_undo": proof.verdict is ProofVerdict.PROVEN_BY_UNDO,
        "regressions": list(proof.regressions[:SHOWN]),
        "removed": list(proof.removed[:SHOWN]),
        "snapshot_only": proof.snapshot_only,
    }
