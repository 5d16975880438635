"""What `stanch init` takes in of a repository: all of it, and no more than counts."""

import io
import json
import sys
from pathlib import Path

import pytest

from stanch.core.config import CONFIG_PATH
from tests.app.bringing import at_hand, bare_world, now, pulls
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


def test_a_configuration_that_is_there_says_where_hotfixes_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The gate hears that branch and that prefix, as the doctor wants it; of the branch's rules is spoken too."""
    config = 'hotfix: {production-branch: release, branch-prefix: "urgent\'fix/"}\n'
    world, asked = bare_world({**README, CONFIG_PATH: config}), list[str]()
    world.says = lambda request: asked.append(request.path)
    files = brought(world, tmp_path, monkeypatch)
    assert "    branches: [release] #" in files[GATE]
    assert "startsWith(github.event.workflow_run.head_branch, 'urgent''fix/')" in files[GATE]
    assert files[".github/workflows/stanch-prove.yml"].count("'urgent''fix/'") == 2
    assert [path.rpartition("/")[2] for path in asked if "/rules/branches/" in path] == ["release"]
    said = "- Hotfixes go to `release`, as your configuration says: the workflows listen to it."
    assert said in (pulls(world)[0].body or "")
