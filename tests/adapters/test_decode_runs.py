"""Decoding how the workflows on some commits ended, and what is unknown instead of absent."""

from datetime import UTC, datetime
from typing import Any

import pytest

from stanch.adapters import answer as answers
from stanch.adapters import decode_runs
from stanch.adapters.answer import TooMuch
from stanch.core.errors import Forbidden, NotReadable, RateLimited
from stanch.core.runs import End, EndedRun, Runs

ONE, TWO = "a" * 40, "b" * 40
AT = "2026-03-14T02:10:00Z"
URL = "https://github.test/team/shop/actions/runs/7"


def suite(conclusion: str | None = "FAILURE", status: str = "COMPLETED", **run: Any) -> dict[str, Any]:
    usual = {"url": URL, "event": "push", "updatedAt": AT, "workflow": {"name": "deploy"}}
    file = {"file": {"path": ".github/workflows/deploy.yml"}}
    return {"status": status, "conclusion": conclusion, "workflowRun": usual | file | run}


def commit(*suites: Any, total: int | None = None) -> dict[str, Any]:
    return {"checkSuites": {"totalCount": len(suites) if total is None else total, "nodes": list(suites)}}


def decoded(*commits: Any, errors: Any = None) -> Runs:
    repository = {f"r{i}": one for i, one in enumerate(commits)}
    payload = {"data": {"repository": repository}} | ({"errors": errors} if errors else {})
    return decode_runs.runs(answers.answer(payload), (ONE, TWO)[: len(commits)])


def test_a_run_that_has_ended() -> None:
    """When, of which workflow, how, by what, on which commit, and where it is seen."""
    at = datetime(2026, 3, 14, 2, 10, tzinfo=UTC)
    run = EndedRun("deploy", ".github/workflows/deploy.yml", "push", End.FAILED, at, URL, ONE)
    assert decoded(commit(suite())) == Runs((run,), asked=1)


@pytest.mark.parametrize(
    ("conclusion", "end"),
    [
        ("SUCCESS", End.SUCCEEDED),
        ("NEUTRAL", End.SUCCEEDED),
        ("FAILURE", End.FAILED),
        ("STARTUP_FAILURE", End.FAILED),
        ("TIMED_OUT", End.TIMED_OUT),
        ("CANCELLED", End.CANCELLED),
    ],
)
def test_how_it_ended(conclusion: str, end: End) -> None:
    """By what GitHub concluded."""
    assert [one.end for one in decoded(commit(suite(conclusion))).found] == [end]


@pytest.mark.parametrize(
    "node",
    [
        suite("SKIPPED"),
        suite("ACTION_REQUIRED"),
        suite("STALE"),
        suite("A_NEW_WORD"),
        suite(None),
        suite(None, "IN_PROGRESS"),
        suite("SUCCESS", "IN_PROGRESS"),
        suite() | {"workflowRun": None},
    ],
)
def test_what_has_not_run_or_not_ended_is_no_run(node: dict[str, Any]) -> None:
    """Nor is what another app checked; all of it was read."""
    assert decoded(commit(node)) == Runs((), asked=1)


def test_a_workflow_without_a_file_has_no_path() -> None:
    """GitHub names none for workflows of its own."""
    assert [one.path for one in decoded(commit(suite(file=None))).found] == [""]


@pytest.mark.parametrize("node", [None, {}, {"checkSuites": None}])
def test_a_null_is_unknown_and_not_none(node: Any) -> None:
    """GitHub does not say why: a commit that it may not show looks like one that it does not have."""
    assert decoded(node) == Runs((), asked=1, unread=1)
    half = decoded(node, commit(suite()))
    assert (half.asked, half.unread, [one.sha for one in half.found]) == (2, 1, [TWO])


def test_what_is_beyond_the_first_suites_is_counted() -> None:
    """By commits; whether it is a run is not known."""
    assert decoded(commit(suite(), total=11), commit(suite())).more == 1


RUN = ["repository", "r0", "checkSuites", "nodes", 0, "workflowRun"]
FORBIDDEN = {"type": "FORBIDDEN", "message": "Resource not accessible by integration"}


@pytest.mark.parametrize(
    ("node", "error", "kind"),
    [
        (commit(suite() | {"workflowRun": None}), FORBIDDEN | {"path": RUN}, Forbidden),
        ({"checkSuites": None}, FORBIDDEN | {"path": RUN[:3]}, Forbidden),
        (None, {"type": "RATE_LIMITED", "message": "wait"}, RateLimited),
        (None, {"message": "Something went wrong while executing your query."}, TooMuch),
        (commit(suite(), None), None, NotReadable),
        (commit(suite(updatedAt="soon")), None, NotReadable),
        (commit(suite(workflow=None)), None, NotReadable),
        (commit(suite(), total=None) | {"checkSuites": {"nodes": []}}, None, NotReadable),
    ],
)
def test_an_answer_with_a_hole_is_a_failed_read(node: Any, error: Any, kind: type[Exception]) -> None:
    """Beside a partial error the rest is not believed: whoever asked takes all of it for unknown."""
    with pytest.raises(kind):
        decoded(node, errors=[error] if error else None)


def test_control_characters_are_gone() -> None:
    """From a name as from every other text of GitHub's."""
    (run,) = decoded(commit(suite(workflow={"name": "de\x00ploy\ud800\r\n"}))).found
    assert run.name == "deploy\n"
