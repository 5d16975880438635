"""From evidence to a verdict: what failed without the fix and passes with it.

A test that cannot be loaded without the fix is no reproduction: it shows that a name is new, not that the bug
is there.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from stanch.core.proof.comparison import Compared, Comparison
from stanch.core.proof.coupling import is_about_a_snapshot
from stanch.core.proof.evidence import Evidence, Side
from stanch.core.proof.renames import gone
from stanch.core.proof.states import State
from stanch.core.proof.suite import ReportKind
from stanch.core.proof.undoing import proof_by_undo, unneeded
from stanch.core.proof.validity import fault_of
from stanch.core.proof.verdict import Proof, ProofVerdict

MOST_NAMED = 50
"""More tests than this are not named one by one."""

LONGEST_MESSAGE = 500


def judge(evidence: Evidence) -> Proof:
    """The verdict, and everything a reader needs to believe it."""
    if evidence.trouble:
        return _proof(evidence, ProofVerdict.INFRA, evidence.trouble.value)
    if not evidence.has_test:
        return _proof(evidence, ProofVerdict.NO_TEST, "only-removed" if evidence.changed.gone_tests else "")
    fault = fault_of(evidence)
    if fault:
        return _proof(evidence, ProofVerdict.INFRA, fault[0].value)
    return _compared(evidence)


def _compared(evidence: Evidence) -> Proof:
    """What speaks against the change comes first, the gravest before the rest."""
    comparison = Comparison(evidence)
    regressions = [one for one in comparison.tests if one.is_regression]
    failing = [one for one in comparison.tests if one.still_fails]
    if regressions:
        return _told(comparison, ProofVerdict.REGRESSION, message=_after(regressions), regressions=_names(regressions))
    if any(one.is_unsettled for one in comparison.tests):
        return _told(comparison, ProofVerdict.FLAKY, "with-the-fix")
    if failing:
        return _not_fixed(comparison, failing)
    return _reproduced(comparison)


def _reproduced(comparison: Comparison) -> Proof:
    """With the fix all is well; how was it without?"""
    proven = [one for one in comparison.tests if one.is_proof]
    if proven:
        return _proven(comparison, proven)
    if any(one.is_flaky for one in comparison.tests):
        return _told(comparison, ProofVerdict.FLAKY, "without-the-fix")
    if any(one.is_coupled for one in comparison.tests):
        return _coupled(comparison)
    return _not_reproduced(comparison)


def _proven(comparison: Comparison, proven: Sequence[Compared]) -> Proof:
    message = proven[0].before.message
    snapshots = all(is_about_a_snapshot(one.before.message) for one in proven)
    return _told(comparison, ProofVerdict.PROVEN, message=message, tests=_names(proven), snapshot_only=snapshots)


def _not_fixed(comparison: Comparison, failing: Sequence[Compared]) -> Proof:
    """Still failing; but where nothing loads on either side, that is nothing the fix could mend."""
    loads = any(one.after.state is not State.COLLECT or one.before.state is not State.COLLECT for one in failing)
    if not loads and not any(one.after.state is State.PASS for one in comparison.tests):
        return _told(comparison, ProofVerdict.INFRA, "does-not-load", message=_after(failing))
    return _told(comparison, ProofVerdict.NOT_FIXED, message=_after(failing), failing=_names(failing))


def _coupled(comparison: Comparison) -> Proof:
    undone = proof_by_undo(comparison)
    coupled = [one for one in comparison.tests if one.is_coupled]
    message = next((one.before.message for one in coupled if one.before.message), "") or _not_loading(comparison)
    if undone is None:
        return _told(comparison, ProofVerdict.COUPLED, message=message, coupled=_names(coupled))
    tests = [comparison.by_key[key] for key in undone.tests]
    snapshots = is_about_a_snapshot(undone.message)
    found: dict[str, Any] = {"by_undo": undone.hunk, "tests": _names(tests), "snapshot_only": snapshots}
    return _told(comparison, ProofVerdict.PROVEN_BY_UNDO, message=undone.message, **found)


def _not_loading(comparison: Comparison) -> str:
    """What a file says that does not load without the fix."""
    runs = comparison.evidence.of(Side.BEFORE)
    return next((run.by_key[key].message for run in runs for key in run.not_loaded if run.by_key[key].message), "")


def _not_reproduced(comparison: Comparison) -> Proof:
    changed = comparison.evidence.changed
    passing = any(one.after.state is State.PASS for one in comparison.tests)
    code = changed.production or changed.inline
    return _told(comparison, ProofVerdict.NOT_REPRODUCED, ("" if passing else "skipped") if code else "no-code")


def _told(comparison: Comparison, verdict: ProofVerdict, why: str = "", **found: Any) -> Proof:
    """A verdict with what is shown beside every verdict."""
    removed, renamed = gone(comparison.tests)
    told = comparison.evidence.suites
    found |= {
        "unneeded": tuple(unneeded(comparison)) if verdict.holds else (),
        "removed": tuple(key.shown for key in removed[:MOST_NAMED]),
        "renamed": tuple((old.shown, new.shown) for old, new in renamed[:MOST_NAMED]),
        "flaky": _names([one for one in comparison.tests if one.is_flaky]),
        "weak": verdict.holds and all(suite.report is ReportKind.EXIT_CODE for suite in told),
    }
    return _proof(comparison.evidence, verdict, why, **found)


def _proof(evidence: Evidence, verdict: ProofVerdict, why: str = "", **found: Any) -> Proof:
    message = str(found.pop("message", ""))[:LONGEST_MESSAGE]
    shared: dict[str, Any] = {"repeats": _repeats(evidence), "touches_rules": evidence.touches_rules}
    return Proof(
        verdict, why, message=message, suites=tuple(suite.name for suite in evidence.suites), **shared, **found
    )


def _repeats(evidence: Evidence) -> tuple[int, int]:
    """The runs before and after: of each suite at least so many."""
    names = [suite.name for suite in evidence.suites]
    before, after = (
        min((len(evidence.of(side, name)) for name in names), default=0) for side in (Side.BEFORE, Side.AFTER)
    )
    return before, after


def _after(tests: Sequence[Compared]) -> str:
    return next((one.after.message for one in tests if one.after.message), "")


def _names(tests: Iterable[Compared]) -> tuple[str, ...]:
    return tuple(one.key.shown for one in tests)[:MOST_NAMED]
