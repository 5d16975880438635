"""Payloads: what GitHub sends is understood, and what it would never send is told in one sentence."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from stanch.adapters.payload import LIMIT, Trigger, read, trigger
from stanch.core.errors import UsageProblem

OFFICIAL = Path(__file__).parents[1] / "official" / "payloads.json.gz"


def official() -> list[dict[str, Any]]:
    """GitHub's published examples, each with its event and payload."""
    with gzip.open(OFFICIAL) as file:
        payloads: list[dict[str, Any]] = json.load(file)
    return payloads


def test_every_official_payload_is_understood() -> None:
    """GitHub's own examples of every event go through; those of issues and comments name their issue."""
    examples = official()
    assert len(examples) > 300
    for example in examples:
        found = trigger(example["event"], json.dumps(example["payload"]))
        if example["event"] in {"issues", "issue_comment"}:
            assert found.number == example["payload"]["issue"]["number"]


def test_an_issue_event_names_its_issue() -> None:
    """Event, action and number are all that is taken from a payload."""
    payload = {"action": "labeled", "issue": {"number": 12}, "repository": {"full_name": "team/shop"}}
    assert trigger("issues", json.dumps(payload)) == Trigger("issues", "labeled", 12)


@pytest.mark.parametrize(
    "payload",
    [
        {"issue": {"number": 7, "pull_request": {"url": "…"}}},
        {"pull_request": {"number": 7}},
        {"issue": None, "pull_request": {"number": 7}},
    ],
)
def test_a_pull_request_is_told_from_an_issue(payload: dict[str, Any]) -> None:
    """A comment on a pull request comes as an issue that has a `pull_request`."""
    found = trigger("issue_comment", json.dumps(payload))
    assert (found.number, found.is_pull_request) == (7, True)


@pytest.mark.parametrize("payload", [{}, {"schedule": "0 9 * * 1"}, {"action": 3, "repository": "x"}, {"issue": None}])
def test_an_event_without_an_issue_has_no_number(payload: dict[str, Any]) -> None:
    """A timer or a push is about no issue; that is no problem."""
    assert trigger("schedule", json.dumps(payload)) == Trigger("schedule")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \n ",
        b"{",
        b"\xff\xfe\x00{",
        b"\x80",
        b"[]",
        b'"text"',
        b"12",
        b"null",
        b"[" * 200_000,
        b'{"issue": {"number": ' + b"9" * 5000 + b"}}",
        b'{"issue": [1]}',
        b'{"issue": "12"}',
        b'{"pull_request": true}',
        b'{"issue": {}}',
        b'{"issue": {"number": "12"}}',
        b'{"issue": {"number": true}}',
        b'{"issue": {"number": 1.5}}',
        b'{"issue": {"number": 0}}',
        b'{"issue": {"number": -3}}',
        b'{"issue": {"number": null}}',
        b'{"issue": {"number": [1]}}',
    ],
    ids=range(22),
)
def test_what_github_would_never_send_is_a_usage_problem(content: bytes) -> None:
    """A broken payload ends in one short sentence, never in a traceback."""
    with pytest.raises(UsageProblem) as problem:
        trigger("issues", content)
    assert len(str(problem.value)) < 200
    assert "\n" not in str(problem.value)


def test_a_byte_order_mark_is_no_problem() -> None:
    """Some tools write one in front of JSON."""
    assert trigger("issues", b'\xef\xbb\xbf{"issue": {"number": 3}}').number == 3


def test_a_payload_is_read_from_its_file(tmp_path: Path) -> None:
    """GITHUB_EVENT_PATH names the file."""
    path = tmp_path / "event.json"
    path.write_text('{"issue": {"number": 3}}')
    assert read("issues", str(path)).number == 3


def test_a_file_that_cannot_be_read_is_a_usage_problem(tmp_path: Path) -> None:
    """No path, a missing file, a folder and a path that is none are told apart from a broken payload."""
    for path in ("", str(tmp_path / "none.json"), str(tmp_path), "nul\0byte"):
        with pytest.raises(UsageProblem):
            read("issues", path)


def test_a_gigantic_payload_is_not_parsed(tmp_path: Path) -> None:
    """A file beyond what GitHub sends is refused by its size, without reading it whole."""
    path = tmp_path / "event.json"
    with path.open("wb") as file:
        file.truncate(LIMIT * 4)
    with pytest.raises(UsageProblem, match="larger than 32 MiB"):
        read("issues", str(path))
