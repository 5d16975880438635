"""The slices of GitHub's webhook schemas take GitHub's example payloads and refuse what it would not send."""

import copy
from typing import Any

import pytest

from tests.official import shapes

EVENTS = {
    "deployment",
    "deployment_status",
    "issue_comment",
    "issues",
    "merge_group",
    "pull_request",
    "pull_request_review",
    "push",
    "status",
    "workflow_run",
}
FROM_GITHUB = [p for p in shapes.payloads() if p["from"] == "api.github.com" and p["event"] in EVENTS]
CURRENT = [p for p in FROM_GITHUB if "visibility" in p["payload"]["repository"]]
OUTDATED = [p for p in FROM_GITHUB if p not in CURRENT]
"""Examples older than the schema: their repository has no `visibility` yet, nor `topics`."""


def labelled() -> dict[str, Any]:
    """GitHub's own example of an issue that got a label, to be broken."""
    found = next(p["payload"] for p in CURRENT if p["payload"].get("action") == "labeled")
    payload: dict[str, Any] = copy.deepcopy(found)
    return payload


def test_every_example_payload_is_kept() -> None:
    """All 404 different payloads of the package, of 64 events, are there without Node."""
    kept = shapes.payloads()
    assert (len(kept), len({p["event"] for p in kept})) == (404, 64)


@pytest.mark.parametrize("example", CURRENT, ids=lambda p: f"{p['event']} {p['payload'].get('action', '')}")
def test_githubs_own_payload_is_accepted(example: dict[str, Any]) -> None:
    """What GitHub shows of today's events is valid by the slice."""
    shapes.check_webhook(example["event"], example["payload"])


def test_an_outdated_payload_is_refused_for_what_it_lacks() -> None:
    """One example of each event is from before `visibility`; the slice says so."""
    assert sorted(p["event"] for p in OUTDATED) == sorted(EVENTS)
    for example in OUTDATED:
        with pytest.raises(shapes.ShapeError) as caught:
            shapes.check_webhook(example["event"], example["payload"])
        assert 'repository: "visibility" is a required property' in caught.value.problems


def test_a_payload_without_a_required_field_is_refused() -> None:
    """Leaving out what GitHub always sends is one problem, by place and name."""
    payload = labelled()
    del payload["issue"]["user"]
    with pytest.raises(shapes.ShapeError, match=r'^issues\$labeled: issue: "user" is a required property$'):
        shapes.check_webhook("issues", payload)


def test_a_payload_with_an_invented_field_is_refused() -> None:
    """The webhook schemas are closed: a further field is an error."""
    with pytest.raises(shapes.ShapeError, match="severity"):
        shapes.check_webhook("issues", labelled() | {"severity": 1})


def test_a_payload_with_milliseconds_is_refused() -> None:
    """The format allows a fraction of a second; GitHub sends one for a workflow only."""
    payload = labelled()
    payload["issue"]["updated_at"] = "2026-03-02T10:00:20.403Z"
    with pytest.raises(shapes.ShapeError, match=r"issue/updated_at: .* has a fraction of a second"):
        shapes.check_webhook("issues", payload)


def test_an_event_outside_the_slice_is_named() -> None:
    """Nothing passes because nobody described it."""
    with pytest.raises(shapes.ShapeError, match=r"issues\$sung: not a webhook of the slice"):
        shapes.check_webhook("issues", {"action": "sung"})
