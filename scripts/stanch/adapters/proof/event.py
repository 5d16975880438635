"""Which commits a GitHub event of a pull request is about."""

import json
from pathlib import Path

from pydantic import BaseModel, ValidationError

from stanch.core.errors import UsageProblem
from stanch.core.proof.manifest import Sha

MOST_BYTES = 32 * 1024 * 1024


class _Side(BaseModel):
    sha: Sha


class _PullRequest(BaseModel):
    base: _Side
    head: _Side


class _Event(BaseModel):
    pull_request: _PullRequest


def commits_of(file: str) -> tuple[str, str]:
    """The SHAs of base and head. Raises UsageProblem for a file that is no event of a pull request."""
    try:
        event = _Event.model_validate(json.loads(Path(file).read_bytes()[:MOST_BYTES]))
    except (OSError, ValueError, RecursionError, ValidationError) as problem:
        why = f"GITHUB_EVENT_PATH is {file[:200]!r}, which is no event of a pull request"
        raise UsageProblem(f"{why}. Name the commits with --base and --head.") from problem
    return event.pull_request.base.sha, event.pull_request.head.sha
