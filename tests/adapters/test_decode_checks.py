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
    check = {"__typename": "CheckRun", "name": "lint", "isRequired": True}
    ended = {"status": "COMPLETED", "conclusion": "SKIPPED", "checkSuite": {"workflowRun": None}}
    (found,) = decode_checks.checks([At(check | ended, ("contexts",))], "stanch/hotfix")
    assert found.state is CheckState.PASSED
