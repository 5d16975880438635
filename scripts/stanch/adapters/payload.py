"""The event that started a run. It only says where to look; everything else is read from GitHub again."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stanch.core.errors import UsageProblem

LIMIT = 32 * 1024 * 1024
"""Bytes; GitHub's own payloads end at 25 MB."""

HIGHEST = 2**31 - 1
"""The highest number that GitHub can be asked for."""

ADVICE = "GITHUB_EVENT_PATH has to name the event's JSON file, as Actions sets it."


SHA = re.compile("[0-9a-f]{40}")
HEADS = "refs/heads/"

COMMITS = (("merge_group", "head_sha"), ("workflow_run", "head_sha"), ("deployment", "sha"), ("after",))
"""Where an event that is about a commit names it."""

BRANCHES = (("merge_group", "base_ref"), ("ref",))


@dataclass(frozen=True, slots=True)
class Trigger:
    """What happened, and on which issue or pull request; `number` is None when it was on neither.

    `sha` is the commit that a deployment, a run, a push or a merge group is about, `branch` where it was pushed to
    or is to be merged into.
    """

    event: str
    action: str = ""
    number: int | None = None
    is_pull_request: bool = False
    sha: str = ""
    branch: str = ""


def read(event: str, path: str) -> Trigger:
    """Read the payload file that GITHUB_EVENT_PATH names. Raises UsageProblem with what to do."""
    if not path:
        raise UsageProblem("There is no payload: set GITHUB_EVENT_PATH to the event's JSON file.")
    try:
        with Path(path).open("rb") as file:
            content = file.read(LIMIT + 1)
        return trigger(event, content)
    except (OSError, ValueError) as cause:
        raise UsageProblem(f"The payload {path!r} cannot be read ({type(cause).__name__}). {ADVICE}") from cause
    except UsageProblem as problem:
        raise UsageProblem(f"{problem} It was read from {path!r}. {ADVICE}") from problem


def trigger(event: str, content: str | bytes) -> Trigger:
    """Understand a payload. Raises UsageProblem when it is empty, too large or not what GitHub sends."""
    payload = parsed(content)
    subject, is_pull_request = subject_of(payload)
    return Trigger(
        event=event,
        action=action if isinstance(action := payload.get("action"), str) else "",
        number=None if subject is None else number_of(subject),
        is_pull_request=is_pull_request,
        sha=next((sha for sha in (_at(payload, *way) for way in COMMITS) if SHA.fullmatch(sha)), ""),
        branch=next((name for name in (_at(payload, *way) for way in BRANCHES) if name), "").removeprefix(HEADS),
    )


def _at(payload: dict[str, Any], *way: str) -> str:
    """The text at a place of the payload; empty when there is none."""
    value: Any = payload
    for name in way:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, str) else ""


def parsed(content: str | bytes) -> dict[str, Any]:
    if len(content) > LIMIT:
        raise UsageProblem(f"The payload is larger than {LIMIT // 1024 // 1024} MiB, more than GitHub ever sends.")
    if not content.strip():
        raise UsageProblem("The payload is empty.")
    try:
        payload = json.loads(content)
    except (ValueError, RecursionError) as cause:
        raise UsageProblem(f"The payload is not JSON ({type(cause).__name__}).") from cause
    if not isinstance(payload, dict):
        raise UsageProblem(f"The payload is a JSON {type(payload).__name__}, not an object.")
    return payload


def subject_of(payload: dict[str, Any]) -> tuple[dict[str, Any] | None, bool]:
    """The issue or pull request that a payload is about, and which of the two it is."""
    for key in ("issue", "pull_request"):
        subject = payload.get(key)
        if subject is None:
            continue
        if not isinstance(subject, dict):
            raise UsageProblem(f"The payload's {key!r} is not an object.")
        return subject, key == "pull_request" or bool(subject.get("pull_request"))
    return None, False


def number_of(subject: dict[str, Any]) -> int:
    number = subject.get("number")
    if not isinstance(number, int) or isinstance(number, bool) or not 1 <= number <= HIGHEST:
        raise UsageProblem(f"The payload names {str(number)[:40]!r} where an issue's number belongs.")
    return number
