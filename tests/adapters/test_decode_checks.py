"""Decoding what watched over a commit: how a run of a workflow ended, if anything of it ran at all."""

from typing import Any

import pytest

from stanch.adapters import decode_checks
from stanch.adapters.answer import At
from stanch.core.pull import CheckState

AT = "2026-03-14T02:00:00Z"


def suite(conclusion: str | None, status: str = "COMPLETED") -> dict[str, Any]:
    file = {"path": ".github/workflows/stanch-prove.yml"}
    run = {"databaseId": 7, "event": "pull_request", "file": file, "updatedAt": AT}
    return {"status": status, "conclusion": conclusion, "createdAt": AT, "workflowRun": run}


@pytest.mark.parametrize(
    ("conclusion", "state"),
    [
        ("SUCCESS", CheckState.PASSED),
        ("FAILURE", CheckState.FAILED),
        ("CANCELLED", CheckState.FAILED),
        ("SKIPPED", CheckState.SKIPPED),
        (None, CheckState.RUNNING),
    ],
)
def test_a_run_ends_as_its_suite(conclusion: str | None, state: CheckState) -> None:
    """A run of which every job was dropped has neither passed nor failed."""
    status = "COMPLETED" if conclusion else "IN_PROGRESS"
    (run,) = decode_checks.runs(At({"nodes": [suite(conclusion, status)]}, ("checkSuites",)))
    assert (run.id, run.state) == (7, state)


def test_a_check_that_was_skipped_ended_well() -> None:
    """As GitHub has it for a required check: of checks there is no such third end."""
    check = {"__typename": "CheckRun", "name": "lint"}
    ended = {"status": "COMPLETED", "conclusion": "SKIPPED", "checkSuite": {"workflowRun": None}}
    (found,) = decode_checks.checks([At(check | ended, ("contexts",))], "stanch/hotfix")
    assert found.state is CheckState.PASSED


def check(**fields: Any) -> dict[str, Any]:
    run = {"name": "lint", "detailsUrl": None, "checkSuite": {"workflowRun": None}}
    return {"__typename": "CheckRun", "status": "COMPLETED", "conclusion": "SUCCESS"} | run | fields


def status(state: str, context: str = "ci/lint") -> dict[str, Any]:
    told = {"context": context, "contextState": state, "targetUrl": None}
    return {"__typename": "StatusContext"} | told


@pytest.mark.parametrize(
    ("node", "state"),
    [
        (check(), CheckState.PASSED),
        (check(conclusion="NEUTRAL"), CheckState.PASSED),
        (check(conclusion="CANCELLED"), CheckState.FAILED),
        (check(conclusion="STARTUP_FAILURE"), CheckState.FAILED),
        (check(conclusion="A_NEW_WORD"), CheckState.FAILED),
        (check(conclusion=None), CheckState.RUNNING),
        (check(status="QUEUED", conclusion=None), CheckState.RUNNING),
        (status("SUCCESS"), CheckState.PASSED),
        (status("PENDING"), CheckState.RUNNING),
        (status("EXPECTED"), CheckState.RUNNING),
        (status("ERROR"), CheckState.FAILED),
        (status("A_NEW_WORD"), CheckState.FAILED),
    ],
)
def test_only_what_github_calls_good_has_passed(node: dict[str, Any], state: CheckState) -> None:
    """What nobody knows has failed, and what has not ended still runs."""
    (found,) = decode_checks.checks([At(node, ("contexts",))], "stanch/hotfix")
    assert found.state is state


@pytest.mark.parametrize("context", ["stanch/hotfix", "Stanch/Hotfix"])
def test_the_gates_own_status_is_none_of_its_checks(context: str) -> None:
    """In whatever case: GitHub takes both for one."""
    assert list(decode_checks.checks([At(status("FAILURE", context), ("contexts",))], "stanch/hotfix")) == []


@pytest.mark.parametrize("run", [None, {"file": None}])
def test_a_check_without_a_workflow_file_is_nobodys_own(run: object) -> None:
    """A check that an app made has no path, so it is never taken for one of ours."""
    (found,) = decode_checks.checks([At(check(checkSuite={"workflowRun": run}), ("contexts",))], "stanch/hotfix")
    assert found.workflow == ""


@pytest.mark.parametrize("run", [None, {"databaseId": None}])
def test_a_suite_without_a_run_is_no_run(run: object) -> None:
    """An app's suite; it proves nothing."""
    assert list(decode_checks.runs(At({"nodes": [suite("SUCCESS") | {"workflowRun": run}]}, ("checkSuites",)))) == []
