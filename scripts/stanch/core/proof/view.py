"""A proof as plain values for the words: the verdict, the tests before and after, and what went wrong."""

from dataclasses import asdict

from stanch.core.proof.comparison import Compared, Comparison
from stanch.core.proof.evidence import Evidence, Hunk
from stanch.core.proof.states import Standing
from stanch.core.proof.validity import fault_of
from stanch.core.proof.verdict import Proof
from stanch.core.wanted import View

MOST_ROWS = 30


def _view_of(proof: Proof) -> View:
    """What the words need of a proof alone."""
    plain = {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(proof).items()}
    return {
        **plain,
        "verdict": proof.verdict.value,
        "holds": proof.holds,
        "by_undo": _place(proof.by_undo) if proof.by_undo else None,
        "unneeded": [_place(hunk) for hunk in proof.unneeded],
        "renamed": [{"old": old, "new": new} for old, new in proof.renamed],
        "before": proof.repeats[0],
        "after": proof.repeats[1],
    }


def view_with(evidence: Evidence, proof: Proof) -> View:
    """A proof, a row for each test and the run that went wrong, as `stanch prove` shows it."""
    tests = sorted(Comparison(evidence).tests, key=_weight)
    return {
        **_view_of(proof),
        "base": evidence.merge_base,
        "head": evidence.head,
        "rows": [_row(one) for one in tests[:MOST_ROWS]],
        "more_rows": max(0, len(tests) - MOST_ROWS),
        "more_hunks": evidence.more_hunks,
        "fault": _fault(evidence),
    }


def _weight(one: Compared) -> int:
    """What decides comes first."""
    signs = (one.is_regression, one.still_fails, one.is_flaky, one.is_proof, one.is_coupled, one.is_removed)
    return signs.index(True) if True in signs else len(signs)


def _row(one: Compared) -> View:
    sides = {"pristine": one.pristine, "before": one.before, "after": one.after}
    return {"name": one.key.shown, **{name: _standing(side) for name, side in sides.items()}}


def _standing(standing: Standing) -> View:
    return {"state": standing.state.value, "passed": standing.passed, "runs": standing.runs}


def _fault(evidence: Evidence) -> View | None:
    """The run that went wrong, where one did."""
    found = fault_of(evidence)
    run = found[1] if found and evidence.has_test and not evidence.trouble else None
    if run is None:
        return None
    return {"suite": run.suite, "side": run.side.value, "attempt": run.attempt, "exit_code": run.exit_code,
            "seconds": run.seconds, "setup": run.setup, "unreadable": run.unreadable}  # fmt: skip


def _place(hunk: Hunk) -> View:
    return {"path": hunk.path, "start": hunk.start, "end": hunk.end}
