"""The judge: what the runs of a test without and with the fix come to."""

import json
from dataclasses import replace

import pytest
from tests.proof_values import CHANGED, evidence, run, runs

from stanch.core.proof import Evidence, Proof, ProofVerdict, from_plain, judge, to_plain
from stanch.core.proof.evidence import Changed, Hunk, Run, Side, SuiteFacts, Trouble
from stanch.core.proof.suite import ReportKind

V = ProofVerdict
BOTH = ("total:p bug:f", "total:p bug:f")
FIXED = ("total:p bug:p",) * 3
NAME_ERROR = "NameError:_name_'clean'_is_not_defined"
LOST = "tests.test_shop:c!ImportError:_cannot_import_name_'clean'"


def test_nothing_changed_about_the_tests_is_no_test() -> None:
    """The first case: a change without a test file."""
    proof = judge(evidence(changed=Changed(production=("shop.py",)), runs=()))
    assert (proof.verdict, proof.why, proof.holds) == (V.NO_TEST, "", False)


def test_a_change_that_only_takes_tests_away_is_no_test() -> None:
    """Deleting the test that is red is the oldest trick."""
    proof = judge(evidence(changed=Changed(gone_tests=("tests/test_shop.py",), production=("shop.py",)), runs=()))
    assert (proof.verdict, proof.why) == (V.NO_TEST, "only-removed")


@pytest.mark.parametrize(
    ("before", "after", "pristine", "verdict", "why"),
    [
        (BOTH, FIXED, "total:p", V.PROVEN, ""),
        (("total:p bug:e",) * 2, FIXED, "total:p", V.PROVEN, ""),
        (("total:p bug:e", "total:p bug:f"), FIXED, "total:p", V.PROVEN, ""),
        (("bug:f",), ("bug:p",), "", V.PROVEN, ""),
        # An old test that was changed passes on the base as it is.
        (("total:f", "total:f"), ("total:p",) * 3, "total:p", V.PROVEN, ""),
        # It failed before the change too: the base was red, and is mended.
        (("total:f", "total:f"), ("total:p",) * 3, "total:f", V.PROVEN, ""),
        (("total:p bug:p",) * 2, FIXED, "total:p", V.NOT_REPRODUCED, ""),
        (("total:s bug:s",) * 2, ("total:s bug:s",) * 3, "total:s", V.NOT_REPRODUCED, "skipped"),
        # xfail in the old tree is a skip, and no failure.
        (("total:p bug:s",) * 2, FIXED, "total:p", V.NOT_REPRODUCED, ""),
        (BOTH, ("total:p bug:f",) * 3, "total:p", V.NOT_FIXED, ""),
        (BOTH, ("total:p bug:e",) * 3, "total:p", V.NOT_FIXED, ""),
        (("total:p bug:f other:f",) * 2, ("total:p bug:p other:f",) * 3, "total:p", V.NOT_FIXED, ""),
        # `other` is red on the base as it is: not this change's fault.
        (("total:p bug:f other:f",) * 2, ("total:p bug:p other:f",) * 3, "total:p other:f", V.PROVEN, ""),
        ((LOST, LOST), ("tests.test_shop:c!SyntaxError",) * 3, "", V.INFRA, "does-not-load"),
        ((LOST, LOST), ("tests.test_shop:c!SyntaxError",) * 3, "total:p", V.REGRESSION, ""),
        (BOTH, ("total:f bug:p",) * 3, "total:p", V.REGRESSION, ""),
        (BOTH, ("total:s bug:p",) * 3, "total:p", V.REGRESSION, ""),
        (("total:p bug:f new:p",) * 2, ("total:p bug:p new:e",) * 3, "total:p", V.REGRESSION, ""),
        (("total:f bug:f",) * 2, ("total:f bug:p",) * 3, "total:p", V.REGRESSION, ""),
        (("total:p bug:f", "total:p bug:p"), FIXED, "total:p", V.FLAKY, "without-the-fix"),
        (BOTH, ("total:p bug:p", "total:p bug:f", "total:p bug:p"), "total:p", V.FLAKY, "with-the-fix"),
        (BOTH, ("total:p bug:p", "total:f bug:p", "total:p bug:p"), "total:p", V.FLAKY, "with-the-fix"),
        (BOTH, ("total:p bug:p", "total:p bug:s", "total:p bug:p"), "total:p", V.FLAKY, "with-the-fix"),
        (BOTH, ("total:p bug:p", "total:p", "total:p bug:p"), "total:p", V.FLAKY, "with-the-fix"),
        # Another test of the file is as flaky without the fix as with it: it is only named.
        (("t:p bug:f", "t:f bug:f"), ("t:p bug:p", "t:f bug:p", "t:p bug:p"), "t:p", V.PROVEN, ""),
        ((LOST, LOST), FIXED, "total:p", V.COUPLED, ""),
        (("total:p",) * 2, FIXED, "total:p", V.COUPLED, ""),
        ((f"total:p bug:f!{NAME_ERROR}",) * 2, FIXED, "total:p", V.COUPLED, ""),
        ((f"total:p bug:e!{NAME_ERROR}",) * 2, FIXED, "total:p", V.COUPLED, ""),
        # The missing name is none that the change adds: the bug itself is a NameError.
        (("total:p bug:e!NameError:_name_'rounding'_is_not_defined",) * 2, FIXED, "total:p", V.PROVEN, ""),
        (("total:p bug:e!'NoneType'_object_has_no_attribute_'total'",) * 2, FIXED, "total:p", V.PROVEN, ""),
        # One that is coupled beside one that proves does no harm.
        ((f"bug:f new:e!{NAME_ERROR}",) * 2, ("bug:p new:p",) * 3, "", V.PROVEN, ""),
    ],
)
def test_the_verdict_follows_from_the_runs(
    before: tuple[str, ...], after: tuple[str, ...], pristine: str, verdict: ProofVerdict, why: str
) -> None:
    """One row for each way in which tests may stand before and after."""
    proof = judge(evidence(pristine, before, after))
    assert (proof.verdict, proof.why) == (verdict, why)
    assert proof.holds == (verdict is V.PROVEN)


def bad(fields: dict[str, object], side: Side = Side.BEFORE, said: str = "bug:f") -> Evidence:
    """Good evidence in which one run is not as it should be."""
    good = evidence("", ("bug:f",), ("bug:p",))
    kept = [one for one in good.runs if one.side is not side]
    return replace(good, runs=(*kept, run(side, said, **fields)))


@pytest.mark.parametrize("side", [Side.PRISTINE, Side.BEFORE, Side.AFTER])
@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"timed_out": True, "exit_code": -9}, "timed-out"),
        ({"exit_code": 127, "cases": ()}, "not-started"),
        ({"exit_code": 126}, "not-started"),
        ({"exit_code": -9}, "killed"),
        ({"exit_code": 137}, "killed"),
        ({"unreadable": "missing", "cases": ()}, "unreadable"),
        ({"exit_code": 0}, "disagree"),
        ({"setup": True, "exit_code": 1, "cases": ()}, "setup-failed"),
        ({"setup": True, "exit_code": 0, "timed_out": True}, "timed-out"),
    ],
)
def test_what_goes_wrong_outside_of_the_tests_is_never_a_result(
    side: Side, fields: dict[str, object], why: str
) -> None:
    """A run that was killed, did not start, or contradicts itself is no failure of a test, and no pass either."""
    proof = judge(bad(fields, side))
    assert (proof.verdict, proof.why) == (V.INFRA, why)


@pytest.mark.parametrize(("side", "said"), [(Side.BEFORE, "bug:p"), (Side.AFTER, "bug:p"), (Side.AFTER, "bug:s")])
def test_a_failing_exit_without_a_failing_test_is_a_contradiction(side: Side, said: str) -> None:
    """A suite that is missing from the report makes exactly this."""
    assert judge(bad({"exit_code": 1}, side, said)).why == "disagree"


@pytest.mark.parametrize("side", [Side.BEFORE, Side.AFTER])
def test_no_tests_at_all_is_no_result(side: Side) -> None:
    """A filter that matches nothing looks green; the base as it is may be without a test in the file."""
    assert judge(bad({}, side, "")).why == "no-tests"
    assert judge(bad({"exit_code": 5}, Side.PRISTINE, "")).verdict is V.PROVEN


def test_code_and_tests_in_one_file_may_be_without_a_test_before() -> None:
    """The head's tests come with the head's code, so the base has none of them: nothing but undoing can tell."""
    good = evidence("", ("",), ("bug:p",), {0: ("bug:f",)})
    assert judge(good).why == "no-tests"
    inline = replace(
        good, changed=Changed(inline=("tests/test_shop.py",)), hunks=(Hunk("a", 1, 1), Hunk("a", 5, 6, of_tests=True))
    )
    assert judge(inline).verdict is V.PROVEN_BY_UNDO
    # pytest, and unittest since Python 3.12, say with 5 that there was no test.
    assert judge(replace(inline, runs=(*inline.runs, run(Side.BEFORE, "", exit_code=5)))).why == ""
    assert judge(replace(inline, runs=(*inline.runs, run(Side.BEFORE, "", exit_code=4)))).why == "no-tests"


@pytest.mark.parametrize("trouble", Trouble)
def test_trouble_is_inconclusive(trouble: Trouble) -> None:
    """Whatever kept the proof from its end, it is no verdict on the change."""
    proof = judge(evidence("total:p", BOTH, FIXED, trouble=trouble))
    assert (proof.verdict, proof.why) == (V.INFRA, trouble.value)


def test_a_suite_that_did_not_run_is_missed() -> None:
    """One suite that proves does not cover for another one that was not asked."""
    good = evidence("total:p", BOTH, FIXED)
    two = replace(good, suites=(*good.suites, SuiteFacts("web", ReportKind.JUNIT)))
    assert judge(two).why == "not-run"
    three = replace(
        two, runs=(*two.runs, *runs(Side.BEFORE, "a:p", suite="web"), *runs(Side.AFTER, "a:f", suite="web"))
    )
    assert judge(three).verdict is V.REGRESSION
    four = replace(two, runs=(*two.runs, *runs(Side.BEFORE, "a:p", suite="web"), *runs(Side.AFTER, "a:p", suite="web")))
    proof = judge(four)
    assert (proof.verdict, proof.suites, proof.repeats) == (V.PROVEN, ("unit", "web"), (1, 1))


def test_only_the_second_turn_counts_where_there_was_one() -> None:
    """Everything is run again after something outside of the tests went wrong."""
    second = evidence("total:p", BOTH, FIXED)
    broken = run(Side.BEFORE, "", exit_code=127)
    both = replace(second, runs=(broken, *(replace(one, turn=2) for one in second.runs)))
    assert judge(both).verdict is V.PROVEN


def test_a_proof_says_what_failed_and_how() -> None:
    """The names, the first message, the numbers of runs; and nothing that was not found."""
    proof = judge(evidence("total:p", ("total:p bug:f!assert_3_==_4",) * 2, FIXED))
    assert proof.tests == ("tests.test_shop::bug",)
    assert (proof.message, proof.repeats, proof.suites) == ("assert 3 == 4", (2, 3), ("unit",))
    assert (proof.weak, proof.snapshot_only, proof.removed, proof.flaky, proof.unneeded) == (False, False, (), (), ())


def test_a_long_message_is_cut() -> None:
    """Tests can say as much as they like."""
    assert len(judge(evidence("", (f"bug:f!{'x' * 5000}",), ("bug:p",))).message) == 500


def test_an_exit_code_alone_is_weak() -> None:
    """Failing without and passing with the fix is shown, but not which test."""
    good = evidence("", ("bug:f",), ("bug:p",))
    weak = replace(good, suites=(replace(good.suites[0], report=ReportKind.EXIT_CODE),))
    assert (judge(weak).verdict, judge(weak).weak, judge(good).weak) == (V.PROVEN, True, False)


@pytest.mark.parametrize(
    ("before", "verdict", "with_names"),
    [("run:f", V.NOT_FIXED, V.REGRESSION), ("run:p", V.REGRESSION, V.REGRESSION)],
)
def test_an_exit_code_of_other_tests_is_no_regression(
    before: str, verdict: ProofVerdict, with_names: ProofVerdict
) -> None:
    """The base's own tests passed, but they are not the head's: with those it has to have passed as well."""
    named = evidence("run:p", (before,), ("run:f",))
    weak = replace(named, suites=(replace(named.suites[0], report=ReportKind.EXIT_CODE),))
    assert (judge(weak).verdict, judge(named).verdict) == (verdict, with_names)


@pytest.mark.parametrize(
    ("message", "only"), [("Snapshot_`total_1`_mismatched", True), ("assert_3_==_4", False), ("", False)]
)
def test_a_proof_by_snapshots_alone_says_so(message: str, only: bool) -> None:
    """A snapshot that was updated fails without the fix whatever it holds; a reader should know."""
    assert judge(evidence("", (f"bug:f!{message}",), ("bug:p",))).snapshot_only is only


def removal(pristine: str, after: str, before: str = "") -> Proof:
    return judge(evidence(pristine, (before or after.replace("bug:p", "bug:f"),), (after,)))


@pytest.mark.parametrize(
    ("pristine", "after", "removed", "renamed"),
    [
        ("total:p", "total:p bug:p", [], []),
        ("total:p gone:p", "total:p bug:p", ["gone"], []),
        ("total:p gone:f", "total:p bug:p", ["gone"], []),
        ("test_total:p", "test_totals:p bug:p", [], [("test_total", "test_totals")]),
        ("test_total:p", "test_all_else:p bug:p", ["test_total"], []),
        # The test that proves is new; it stands in for no old one.
        ("bugs:p", "bug:p", ["bugs"], []),
        ("total:p tests.test_shop:c", "total:p bug:p", [], []),
    ],
)
def test_tests_that_are_gone_are_named(
    pristine: str, after: str, removed: list[str], renamed: list[tuple[str, str]]
) -> None:
    """A deleted test shows only when the base as it is was asked; one that has a new name is not deleted."""
    proof = removal(pristine, after)
    assert [name.rpartition(":")[2] for name in proof.removed] == removed
    assert [(old.rpartition(":")[2], new.rpartition(":")[2]) for old, new in proof.renamed] == renamed
    assert proof.verdict is V.PROVEN


def test_a_test_that_moved_is_not_removed() -> None:
    """The same name in another file."""
    good = evidence("total:p", BOTH, FIXED)
    moved = [
        replace(
            one, cases=tuple(replace(case, key=replace(case.key, classname="tests.test_new")) for case in one.cases)
        )
        if one.side is not Side.PRISTINE
        else one
        for one in good.runs
    ]
    proof = judge(replace(good, runs=tuple(moved)))
    assert (proof.verdict, proof.removed) == (V.PROVEN, ())
    assert proof.renamed == (("tests.test_shop::total", "tests.test_new::total"),)


@pytest.mark.parametrize(
    ("undo", "hunk"),
    [
        ({0: (LOST, LOST), 1: ("total:p bug:f!assert_3_==_4",) * 2}, 1),
        ({0: ("total:p bug:f!assert_3_==_4",) * 2, 1: ("total:p bug:p",)}, 0),
        # Once is not enough where tests are run twice.
        ({1: ("total:p bug:f",)}, None),
        ({1: ("total:p bug:f", "total:p bug:p")}, None),
        # Without the hunk it does not load, or names what is not there: the same coupling again.
        ({1: (LOST, LOST)}, None),
        ({1: (f"total:p bug:f!{NAME_ERROR}",) * 2}, None),
        ({1: ("total:p",) * 2}, None),
        # Only an old test fails: the rest of the change relies on the hunk, and the bug has nothing to do with it.
        ({1: ("total:f bug:p",) * 2}, None),
        ({}, None),
    ],
)
def test_undoing_a_hunk_can_prove_what_the_whole_cannot(undo: dict[int, tuple[str, ...]], hunk: int | None) -> None:
    """The test needs a name that the fix adds; without one hunk of the fix it loads, and fails on its own account."""
    coupled = evidence("total:p", (LOST, LOST), FIXED, undo)
    proof = judge(coupled)
    assert proof.verdict is (V.COUPLED if hunk is None else V.PROVEN_BY_UNDO)
    assert proof.by_undo == (None if hunk is None else coupled.hunks[hunk])
    assert proof.holds is (hunk is not None)
    if hunk is not None:
        assert (proof.tests, proof.message) == (("tests.test_shop::bug",), "assert 3 == 4")
    else:
        assert "cannot import name" in proof.message


def test_undoing_the_tests_themselves_proves_nothing() -> None:
    """Where code and tests share a file, a hunk of tests makes its test fail for a reason of its own."""
    coupled = evidence("", (LOST,), ("bug:p",), {0: ("bug:f",)})
    assert judge(coupled).verdict is V.PROVEN_BY_UNDO
    own = replace(coupled, hunks=(Hunk("shop.py", 1, 2, of_tests=True),))
    assert judge(own).verdict is V.COUPLED


def test_an_undone_hunk_that_went_wrong_counts_for_nothing() -> None:
    """A timeout or a contradiction without the hunk is neither proof nor a sign that nobody needs it."""
    coupled = evidence("", (LOST,), ("bug:p",))
    late = run(Side.UNDO, "bug:f", hunk=0, timed_out=True)
    assert judge(replace(coupled, runs=(*coupled.runs, late))).verdict is V.COUPLED


@pytest.mark.parametrize(
    ("without", "unneeded"),
    [("total:p bug:p", True), ("total:p bug:f", False), ("total:f bug:p", False), ("total:p", False), (LOST, False)],
)
def test_a_hunk_that_no_test_misses_is_named(without: str, unneeded: bool) -> None:
    """Every test does without it what it does with it: evidence about the smallest change."""
    proven = evidence("total:p", BOTH, FIXED, {2: (without,)})
    assert judge(proven).unneeded == ((proven.hunks[2],) if unneeded else ())


def test_a_test_that_only_changes_itself_finds_no_code() -> None:
    """No production file changed: the fix stands in a file that counts as a test, or there is none."""
    proof = judge(evidence("total:p", ("total:p",) * 2, FIXED, changed=replace(CHANGED, production=())))
    assert proof.verdict is V.COUPLED
    same = evidence("total:p", ("total:p bug:p",) * 2, FIXED, changed=replace(CHANGED, production=()))
    assert (judge(same).verdict, judge(same).why) == (V.NOT_REPRODUCED, "no-code")


@pytest.mark.parametrize(
    ("verdict", "code"),
    [
        (V.PROVEN, 0), (V.PROVEN_BY_UNDO, 0), (V.NOT_REPRODUCED, 1), (V.NOT_FIXED, 1), (V.REGRESSION, 1),
        (V.NO_TEST, 1), (V.COUPLED, 3), (V.FLAKY, 3), (V.INFRA, 3),
    ],
)  # fmt: skip
def test_every_verdict_has_its_exit_code(verdict: ProofVerdict, code: int) -> None:
    """0 proven, 1 refuted, 3 could not tell; and only a proof holds."""
    assert (verdict.exit_code, verdict.holds) == (code, code == 0)


def every() -> list[Proof]:
    """Proofs with every field filled at least once."""
    undone = evidence("total:p gone:p", (LOST, LOST), FIXED, {1: ("total:p bug:f",) * 2, 2: ("total:p bug:p",)})
    return [
        judge(undone),
        judge(evidence("total:p old_test:p", ("total:p old_tests:p bug:f",), ("total:p old_tests:p bug:p",))),
        judge(evidence("total:p", BOTH, ("total:f bug:p",) * 3, touches_rules=True)),
        judge(evidence("total:p", BOTH, ("total:p bug:f",) * 3)),
        judge(evidence("total:p", ("total:p bug:f", "total:p bug:p"), FIXED)),
        judge(evidence("", ("bug:f!Snapshot",), ("bug:p",))),
    ]


@pytest.mark.parametrize("proof", every(), ids=lambda proof: proof.verdict)
def test_a_proof_survives_being_written_down(proof: Proof) -> None:
    """Through JSON and back it is the same."""
    assert from_plain(json.loads(json.dumps(to_plain(proof)))) == proof


def test_a_proof_that_is_written_down_is_short() -> None:
    """It goes into a comment of limited length, however long the names are and however many."""
    long = Proof(V.REGRESSION, message="m" * 9999, regressions=("n" * 999,) * 999, renamed=(("a" * 999, "b"),) * 99)
    plain = to_plain(long)
    assert len(json.dumps(plain)) < 20_000
    assert from_plain(plain) is not None


@pytest.mark.parametrize(
    "value",
    [None, [], "PROVEN", {}, {"v": 2, "verdict": "PROVEN"}, {"v": 1, "verdict": "GOOD"}, {"verdict": "PROVEN", "x": 1}],
)
def test_what_was_not_written_so_is_not_read(value: object) -> None:
    """A ledger that somebody has changed gives no proof."""
    assert from_plain(value) is None


def test_nothing_at_all_is_never_a_proof() -> None:
    """Evidence without runs, however many suites it names."""
    empty: tuple[Run, ...] = ()
    assert judge(evidence(runs=empty)).why == "not-run"
    assert judge(evidence(runs=empty, suites=())).holds is False


def test_without_a_run_of_the_head_nothing_is_proven() -> None:
    """The base alone says nothing of the fix."""
    assert judge(evidence("total:p", BOTH, ())).why == "not-run"


@pytest.mark.parametrize("said", ["bug:f bug:s", "bug:s bug:f", "bug:p bug:f", "bug:f bug:p"])
def test_a_test_that_fails_once_in_a_run_has_failed(said: str) -> None:
    """Told twice in one report, in whichever order: the worst counts."""
    assert judge(evidence("total:p", ("bug:f",) * 2, (said,) * 3)).verdict is V.NOT_FIXED
