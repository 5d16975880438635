"""Hotfix: one status on every pull request, one comment on a hotfix, and each waiver told to its incident."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from tests.pulls import (
    CHECK,
    GOOD,
    HEAD,
    Gathered,
    as_case,
    merged,
    revert,
    said,
    with_pull,
    with_reviews,
    with_thread,
)
from tests.values import BOT, card, comment, instant, person, plainly

from stanch.core.case import Case
from stanch.core.ledger import Ledger
from stanch.core.plan import plan
from stanch.core.pull import CheckState, GateStatus, PullState
from stanch.core.pull_case import unreadable
from stanch.core.wanted import Card, StatusOn, Told, Want
from stanch.core.writes import SetStatus
from stanch.practices.followup import followup
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


TWIN = GateStatus("failure", "H004 is open", "https://github.test/octo/shop/pull/42", BOT)
SHARED = with_pull(ORDINARY, twins=(42,), status=TWIN)
"""It has no rules to keep itself, and the commits of #42, which has."""


@pytest.mark.parametrize(
    ("of", "state"),
    [
        (SHARED, []),
        (with_pull(SHARED, status=replace(TWIN, state="success")), ["success"]),
        (with_pull(SHARED, status=replace(TWIN, by=person("alex"))), ["success"]),
        (with_pull(SHARED, status=replace(TWIN, url="https://github.test/octo/shop/pull/41")), ["success"]),
        (with_pull(SHARED, twins=()), ["success"]),
        (with_pull(FAILING, twins=(42,), status=TWIN), ["failure"]),
    ],
    ids=[
        "the other one is red",
        "it is green",
        "a person says that it is red",
        "its own status is",
        "the other one is closed",
        "a hotfix itself",
    ],
)
def test_no_hotfix_opens_the_way_to_another_one(of: Gathered, state: list[str]) -> None:
    """A status belongs to a commit: where a hotfix with the same head is not green, what is none says nothing."""
    assert states(of) == state


def test_what_could_not_be_read_is_said_beside_another_one() -> None:
    """An error closes the way, whatever stands there."""
    broken = replace(as_case(SHARED), pull=unreadable(SHARED, "judge #41: GitHub did not answer."))
    assert [want.state for want in hotfix(broken) if isinstance(want, StatusOn)] == ["error"]


def test_a_day_alone_changes_no_comment() -> None:
    """What is owed after the merge has no date before it, or the comment would be edited every day."""
    (today,), (later,) = (
        [
            want.text.view
            for want in wanted(replace(GOOD, now=GOOD.now + timedelta(hours=hours)))
            if isinstance(want, Card)
        ]
        for hours in (0, 23)
    )
    assert today["debts"] == [{"kind": "full-review", "owner": "jordan", "days": 1, "due": None}]
    assert today == later


def test_a_merge_dates_what_is_owed() -> None:
    """One business day after it was merged, however much later it is looked at."""
    (card_,) = [want for want in wanted(replace(merged(GOOD), now=instant(9_000))) if isinstance(want, Card)]
    assert [debt["due"] for debt in card_.text.view["debts"]] == [datetime(2026, 11, 18, 18, tzinfo=UTC)]


def test_the_incident_hears_of_a_waiver() -> None:
    """Who, which rule and why; once for each that was accepted."""
    why = "it failed before this change too"
    records = said(
        FAILING,
        comment(5, "morgan", f"/waive H013 {why}", 50),
        comment(6, "alex", f"/waive H013 {why}", 51),
        comment(7, "morgan", "/recheck", 52),
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
    right = GateStatus("success", first.description, "", BOT)
    assert written(right) == []
    assert written(replace(right, by=person("alex"))) == [first]
    assert written(replace(right, state="failure")) == [first]


def test_a_rule_that_had_nothing_to_judge_was_not_eased() -> None:
    """The incident and the post-mortem name what a hotfix was not held to: no dependency changed is none of that."""

    def skipped(of: Gathered) -> list[object]:
        return [want.fact["skipped"] for want in followup(as_case(of)) if isinstance(want, Told)]

    assert skipped(merged(GOOD, 58)) == [[]]
    assert skipped(merged(revert(), 58)) == [["H003", "H008"]]
