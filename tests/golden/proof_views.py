"""Views of `stanch prove`: a proof for each verdict, made from runs."""

from dataclasses import replace

from tests.proof_values import CHANGED, evidence, run

from stanch.adapters.proof.bench import Running
from stanch.core.proof import Evidence, ProofVerdict, judge
from stanch.core.proof.evidence import Changed, Side, Trouble
from stanch.core.proof.view import view_with
from stanch.core.wanted import Text

LOST = "tests.test_shop:c!ImportError:_cannot_import_name_'clean'"
BOTH = ("total:p bug:f!assert_2_==_3",) * 2
FIXED = ("total:p bug:p",) * 3
HOSTILE = "<img|src=x>@alex/ack:f!**bold**_|_<b>_@alex_#12_`x`_</details>"

WHOLE: dict[str, Evidence] = {
    "proven": evidence("total:p old_test:p gone:p", (BOTH[0] + " old_tests:p",) * 2, (FIXED[0] + " old_tests:p",) * 3,
                       {0: ("total:p bug:f",), 2: (FIXED[0] + " old_tests:p",)}),
    "by-undo": evidence("total:p", (LOST, LOST), FIXED, {1: ("total:p bug:f!assert_2_==_3",) * 2}, touches_rules=True),
    "coupled": evidence("total:p", (LOST, LOST), FIXED, more_hunks=3),
    "not-reproduced": evidence("total:p", FIXED[:2], FIXED, changed=replace(CHANGED, production=())),
    "not-fixed": evidence("total:p", BOTH, BOTH),
    "regression": evidence("total:p", BOTH, ("total:s bug:p",) * 3),
    "no-test": evidence(changed=Changed(gone_tests=("tests/test_shop.py",), production=("shop.py",)), runs=()),
    "flaky": evidence("total:p", ("total:p bug:f", "total:p bug:p"), FIXED),
    "infra": evidence("total:p", BOTH, (), runs=(run(Side.BEFORE, "", exit_code=7, setup=True, seconds=3.2),)),
    "trouble": evidence(runs=(), trouble=Trouble.NO_SUITE),
    "hostile": evidence("", (HOSTILE,), (HOSTILE.partition(":")[0] + ":p",)),
    "many": evidence("", (" ".join(f"t{n}:f!snapshot" for n in range(40)),), (" ".join(f"t{n}:p" for n in range(40)),)),
}  # fmt: skip

HUNK = {"path": "shop.py", "start": 10, "end": 12}
SIDE = {"state": "pass", "passed": 3, "runs": 3}
ROW = {"name": "tests.test_shop::bug", "pristine": SIDE, "before": {**SIDE, "state": "red"}, "after": SIDE}
FAULT = {"suite": "unit", "side": "before", "attempt": 1, "exit_code": 137, "seconds": 61.2, "setup": False}
WHYS = (
    "only-removed", "no-code", "skipped", "with-the-fix", "without-the-fix", "no-suite", "budget", "too-many-tests",
    "setup-failed", "timed-out", "not-run", "not-started", "killed", "unreadable", "no-tests", "disagree",
    "does-not-load",
)  # fmt: skip
LINE = {
    **view_with(WHOLE["proven"], judge(WHOLE["proven"])),
    "why": "budget", "fault": FAULT, "row": ROW, "hunk": HUNK, "name": "tests.test_shop::gone", "new": "test_new",
    "count": 3, "text": "pytest tests", "run": Running("unit", "before", 2),
}  # fmt: skip
SETUP = Running("unit", "undo-0")
KINDS = (
    "verdict", "why", "next", "row", "message", "message-with", "fault", "undo", "unneeded", "removed", "renamed",
    "weak", "snapshots", "rules", "more-rows", "more-hunks", "kept", "uncommitted", "plan", "running",
)  # fmt: skip

PROOFS: dict[str, Text] = {
    **{f"summary/proof-{name}": Text("summary/proof", view_with(one, judge(one))) for name, one in WHOLE.items()},
    **{f"summary/proof_says-{one.lower()}": Text("summary/proof_says", {"verdict": one.value}) for one in ProofVerdict},
    **{
        f"summary/proof_next-{one.lower()}": Text("summary/proof_next", {"verdict": one.value, "why": ""})
        for one in ProofVerdict
    },
    **{f"summary/proof_why-{why}": Text("summary/proof_why", {"why": why}) for why in WHYS},
    **{f"summary/proof_line-{kind}": Text("summary/proof_line", {**LINE, "kind": kind}) for kind in KINDS},
    "summary/proof_line-running-setup": Text(
        "summary/proof_line", {"kind": "running", "run": Running("unit", "undo-0")}
    ),
}
