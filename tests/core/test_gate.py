"""The decision: what the rows come to, and what a waiver eases."""

from dataclasses import replace

import pytest
from tests.pulls import (
    CHECK,
    GOOD,
    HEAD,
    KINDS,
    NEXT_HEAD,
    PROVEN,
    SEVERITIES,
    Gathered,
    decision,
    incident_thread,
    instant,
    plus_line,
    row,
    state,
    waiver,
    with_file,
    with_incident,
    with_pull,
    with_reviews,
    with_severity,
)
from tests.values import labeled, thread

from stanch.core.gate import State
from stanch.core.proof import ProofVerdict
from stanch.core.pull import CheckState
from stanch.core.rules.rule import Verdict

FAILING = with_pull(GOOD, checks=(replace(CHECK, state=CheckState.FAILED),))
UNPROVEN = replace(GOOD, fresh_proof=(7, replace(PROVEN, verdict=ProofVerdict.NO_TEST)))
UNTOLD = replace(GOOD, fresh_proof=(7, replace(PROVEN, verdict=ProofVerdict.INFRA)))
WAITING = with_pull(GOOD, checks=(replace(CHECK, state=CheckState.RUNNING),))
LARGE = plus_line(with_file(GOOD, "more.py", None, "x = 1\n" * 80), "Why not smaller: it stands in many places")


@pytest.mark.parametrize("severity", SEVERITIES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_good_one_is_ready(kind: str, severity: int) -> None:
    """Of each class, at each severity."""
    found = decision(with_severity(KINDS[kind](), severity))
    assert (found.state, found.severity) == (State.SUCCESS, severity)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (FAILING, State.FAILURE),
        (UNTOLD, State.ERROR),
        (WAITING, State.PENDING),
        (replace(FAILING, fresh_proof=UNTOLD.fresh_proof), State.FAILURE),
        (replace(WAITING, fresh_proof=UNTOLD.fresh_proof), State.ERROR),
        (replace(WAITING, fresh_proof=UNPROVEN.fresh_proof), State.FAILURE),
    ],
    ids=["fails", "cannot tell", "waits", "fails, cannot tell", "cannot tell, waits", "fails, waits"],
)
def test_the_worst_decides(changed: Gathered, expected: State) -> None:
    """A failure before what could not be told, before what is still to come."""
    assert state(changed) is expected


def test_what_could_not_be_told_is_never_green() -> None:
    """Each UNKNOWN row alone keeps it from success, also with a waiver of one."""
    unknown = (
        ("H001", replace(GOOD, beside=replace(GOOD.beside, foreign={}))),
        ("H003", UNTOLD),
        ("H004", replace(GOOD, pushes=None)),
        ("H011", with_pull(GOOD, changed_files=101)),
        ("H013", with_pull(GOOD, more_checks=True)),
    )
    for code, changed in unknown:
        assert row(changed, code).finding.verdict is Verdict.UNKNOWN
        assert state(changed, waiver(code)) is not State.SUCCESS


def test_advice_never_blocks() -> None:
    """Nothing is contained, and it is told; the ten minutes are not over, and it is told."""
    bleeding = with_incident(GOOD, thread(labeled("sev-1", 0, "sam"), author="sam"))
    bleeding = plus_line(bleeding, "Root-cause owner: @morgan")
    assert (row(bleeding, "H012").finding.verdict, state(bleeding)) == (Verdict.FAIL, State.SUCCESS)
    early = plus_line(with_incident(GOOD, incident_thread(1, when=55)), "Root-cause owner: @morgan")
    assert (row(early, "H008").finding.verdict, state(early)) == (Verdict.PENDING, State.SUCCESS)


def test_a_waiver_eases_its_rule_at_its_head() -> None:
    """That rule, that head, and nothing else."""
    assert state(FAILING, waiver("H013")) is State.SUCCESS
    assert state(FAILING, waiver("H013", sha=NEXT_HEAD)) is State.FAILURE
    assert state(FAILING, waiver("H006")) is State.FAILURE
    assert row(FAILING, "H013", waiver("H013")).waived == (waiver("H013"),)
    assert state(LARGE) is State.FAILURE
    assert state(LARGE, waiver("H006")) is State.SUCCESS


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        ("H001", with_pull(GOOD, cross_repository=True)),
        ("H001", with_pull(GOOD, twins=(42,))),
        ("H002", with_pull(GOOD, closes=(12,))),
        ("H004", with_reviews(GOOD)),
        ("H006", with_file(GOOD, "more.py", None, "x = 1\n" * 80)),
        ("H007", plus_line(GOOD, "Rollback: another sentence with `a handle` in it.")),
        ("H013", with_pull(GOOD, draft=True)),
    ],
)
def test_some_things_nobody_eases(code: str, changed: Gathered) -> None:
    """Two waivers by two people leave it as it is."""
    assert not row(changed, code, waiver(code), waiver(code, "sam")).stands


def test_the_proof_takes_two() -> None:
    """One person's waiver is begun; another one's makes it two; the same person's does not."""
    assert row(UNPROVEN, "H003", waiver("H003")).begun == (waiver("H003"),)
    assert state(UNPROVEN, waiver("H003")) is State.FAILURE
    assert state(UNPROVEN, waiver("H003"), waiver("H003", "Morgan")) is State.FAILURE
    assert state(UNPROVEN, waiver("H003"), waiver("H003", "sam")) is State.SUCCESS
    assert state(UNTOLD, waiver("H003"), waiver("H003", "sam")) is State.SUCCESS


def test_a_waiver_of_what_passes_is_nothing() -> None:
    """It is not shown as waived: the rule stands by itself."""
    assert row(GOOD, "H013", waiver("H013")).waived == ()


def test_what_is_waived_is_shown_by_whom() -> None:
    """Also once the push that made it is long ago."""
    (one,) = row(replace(FAILING, now=instant(600)), "H013", waiver("H013")).waived
    assert (one.by, one.sha) == ("morgan", HEAD)
