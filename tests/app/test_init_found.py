"""What `stanch init` takes in of a repository: all of it, and no more than counts."""

import io
import json
import sys
from pathlib import Path

import pytest

from stanch.core.config import CONFIG_PATH
from tests.app.bringing import at_hand, bare_world, now
from tests.app.rig import Mood, rigged

GATE = ".github/workflows/stanch-hotfix.yml"
README = {"README.md": "# Shop\n"}


def brought(world: Mood, folder: Path, patch: pytest.MonkeyPatch) -> dict[str, str]:
    """The files that a request brings, without a question."""
    patch.setattr(sys, "stdin", io.StringIO())
    with rigged(world, folder, patch) as rig:
        assert at_hand(rig, "--yes").code == 0
    return now(world, "stanch/init")


def test_labels_are_read_to_the_last_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one that means a severity may be the hundred and twenty-first."""
    world = bare_world(README, (*(f"area-{n}" for n in range(120)), "P0-critical"))
    assert "# labels: {sev-1: [P0-critical]}" in brought(world, tmp_path, monkeypatch)[CONFIG_PATH]


def test_a_bot_is_not_called_at_night(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may push; nor is anybody called who may not."""
    rows = [
        {"login": login, "type": kind, "permissions": {"push": push}}
        for login, kind, push in (("alex", "User", True), ("sweeper", "Bot", True), ("sam", "User", False))
    ]
    world = bare_world(README)
    said = (200, {"Content-Type": "application/json"}, json.dumps(rows).encode())
    world.says = lambda asked: said if "/collaborators" in asked.path else None
    assert "people: [alex]\n" in brought(world, tmp_path, monkeypatch)[CONFIG_PATH]


@pytest.mark.parametrize(
    "flow",
    [
        "name: [ci\non: pull_request\n",
        f"on: pull_request\nname: ci\nx: [{', '.join(f'&a{n} {n}' for n in range(60))}]\n",
        "on: pull_request\nname: ci\n# " + "x" * 200_000,
        "- pull_request\n",
        "\0",
    ],
    ids=["broken", "anchors", "huge", "a list", "no text"],
)
def test_a_workflow_that_cannot_be_read_is_not_waited_for(
    flow: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It stops nothing either."""
    world = bare_world({".github/workflows/ci.yml": flow})
    assert "workflows: [stanch-prove]\n" in brought(world, tmp_path, monkeypatch)[GATE]
