"""Hotfix: one status on every pull request, one comment on a hotfix, and each waiver told to its incident."""

from dataclasses import replace

import pytest
from tests.pulls import (
    CHECK,
    GOOD,
    HEAD,
    Gathered,
    as_case,
    merged,
    said,
    with_pull,
    with_reviews,
    with_thread,
)
from tests.values import BOT, card, comment, person, plainly

from stanch.core.case import Case
from stanch.core.ledger import Ledger
from stanch.core.plan import plan
from stanch.core.pull import CheckState, GateStatus, PullState
from stanch.core.pull_case import unreadable
from stanch.core.wanted import Card, StatusOn, Told, Want
from stanch.core.writes import SetStatus
from stanch.practices.hotfix import hotfix

ORDINARY = with_thread(with_pull(replace(GOOD, incidents={}), head="feature"), body="")
FAILING = with_pull(GOOD, checks=(replace(CHECK, state=CheckState.FAILED),))
CARDED = comment(7, BOT.login, card(7, Ledger(), number=41).body, 30)


def wanted(of: Gathered) -> list[Want]:
    return list(hotfix(as_case(of)))


def states(of: Gathered) -> list[str]:
    return [want.state for want in wanted(of) if isinstance(want, StatusOn)]


def cards(of: Gathered) -> list[str]:
    return [want.key for want in wanted(of) if isinstance(want, Card)]


def carded(of: Gathered) -> Gathered:
    """The gate has commented on it before."""
    return with_thread(of, items=(CARDED,))


def test_an_issue_is_none_of_its_business() -> None:
    """Where there is no pull request nothing is wanted."""
    assert list(hotfix(replace(as_case(GOOD), pull=None))) == []


@pytest.mark.parametrize(
    ("of", "state", "comments"),
    [
        (ORDINARY, "success", 0),
        (GOOD, "success", 1),
        (FAILING, "failure", 1),
        (replace(GOOD, pushes=None), "error", 1),
        (with_pull(GOOD, draft=True), "pending", 1),
        (with_pull(with_reviews(GOOD), head="main-mend"), "failure", 1),
    ],
    ids=["no hotfix", "green", "red", "cannot tell", "draft", "linked, and called otherwise"],
)
def test_every_pull_request_has_a_status(of: Gathered, state: str, comments: int) -> None:
    """So that it can be required; only a hotfix has the comment."""
    assert (states(of), len(cards(of))) == ([state], comments)


def test_what_could_not_be_read_is_never_green() -> None:
    """An error, and the comment stays as it is."""
    case = as_case(carded(GOOD))
    broken: Case = replace(case, pull=unreadable(GOOD, "judge #41: GitHub did not answer."))
    (only,) = hotfix(broken)
    assert isinstance(only, StatusOn)
    assert only.state == "error"


def test_what_is_no_hotfix_any_more_says_so() -> None:
    """Only where the gate had spoken before."""
    assert cards(ORDINARY) == []
    assert cards(carded(ORDINARY)) == ["41/card"]


@pytest.mark.parametrize("state", [PullState.CLOSED, PullState.MERGED])
def test_what_is_over_gets_no_status(state: PullState) -> None:
    """The head may be another pull request's as well."""
    over = merged(GOOD) if state is PullState.MERGED else with_pull(GOOD, state=state)
    assert (states(over), len(cards(over))) == ([], 1)


def test_the_incident_hears_of_a_waiver() -> None:
    """Who, which rule and why; once for each that was accepted."""
    why = "it failed before this change too"
    records = said(
        FAILING, comment(5, "morgan", f"/waive H013 {why}", 50), comment(6, "alex", f"/waive H013 {why}", 51)
    )
    told = [want for want in hotfix(as_case(FAILING, records)) if isinstance(want, Told)]
    assert [(one.number, one.key) for one in told] == [(12, "12/waiver/41/5/1")]
    assert told[0].fact["by"] == "morgan"


def written(status: GateStatus | None) -> list[SetStatus]:
    """What is set on a good one where this status stands."""
    case = as_case(with_pull(GOOD, status=status))
    return [write for write in plan(case, tuple(hotfix(case)), plainly) if isinstance(write, SetStatus)]


def test_a_status_is_set_where_it_differs() -> None:
    """Not again where it stands; anew where somebody else has set it, whatever it says."""
    (first,) = written(None)
    assert (first.sha, first.state) == (HEAD, "success")
    right = GateStatus("success", first.description, BOT)
    assert written(right) == []
    assert written(replace(right, by=person("alex"))) == [first]
    assert written(replace(right, state="failure")) == [first]
