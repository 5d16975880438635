"""A runner that has what the served repository's default branch has: whatever was merged there, and nothing else."""

import base64
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.e2e.github import REPOSITORY, GitHub
from tests.e2e.runner import Run, Runner, listens
from tests.patience import PATIENCE
from tests.workflows import ROOT

WORKFLOWS = ".github/workflows/"


class Installed(Runner):
    """Before each event it takes the workflow files from the default branch, for a pull request from its head.

    GitHub takes those of the merge commit, which are the same here: nothing else is merged meanwhile. A workflow that
    is dispatched waits for ever: the watcher, which naps for as long as something burns, has a test of its own.
    """

    def __init__(self, folder: Path, token: str) -> None:
        super().__init__(folder, token)
        self.github: GitHub | None = None
        self.workflows: dict[str, dict[str, Any]] = {}
        self.dispatched: list[str] = []

    def receive(self, event: str, payload: dict[str, Any]) -> None:
        if event == "workflow_dispatch":
            self.dispatched.append(payload["workflow"])
        else:
            super().receive(event, payload)

    def listening(self, event: str, payload: dict[str, Any]) -> list[str]:
        self._take((payload.get("pull_request") or {"head": {"sha": "main"}})["head"]["sha"])
        return [name for name, file in self.workflows.items() if listens(name, file["on"], event, payload)]

    def _take(self, revision: str) -> None:
        assert self.github is not None
        place = self.repository / WORKFLOWS
        for path in place.glob("*.yml"):
            path.unlink()
        self.workflows = {}
        for entry in self.github.call("GET", f"/repos/{REPOSITORY}/git/trees/{revision}?recursive=1")["tree"]:
            path = Path(entry["path"])
            if entry["type"] == "blob" and str(path.parent) == WORKFLOWS.rstrip("/"):
                text = self._text(entry["sha"])
                (place / path.name).write_text(text, encoding="utf-8")
                self.workflows[path.stem] = _read(text)

    @cache  # noqa: B019 # one runner lives as long as its test
    def _text(self, sha: str) -> str:
        assert self.github is not None
        return base64.b64decode(self.github.call("GET", f"/repos/{REPOSITORY}/git/blobs/{sha}")["content"]).decode()


def _read(text: str) -> dict[str, Any]:
    """A workflow. PyYAML reads the key `on` as True."""
    return {("on" if key is True else key): value for key, value in yaml.safe_load(text).items()}


def initialised(github: GitHub, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`stanch init` on somebody's own machine, with alex' token and in an empty folder."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GITHUB_")}
    path = os.pathsep.join(str(ROOT / one) for one in kept.pop("PYTHONPATH", "").split(os.pathsep) if one)
    told = {"GITHUB_TOKEN": "ghp_alex", "GITHUB_API_URL": github.api, "GITHUB_REPOSITORY": REPOSITORY}
    return subprocess.run(
        [sys.executable, "-m", "stanch", "init", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=kept | told | ({"PYTHONPATH": path} if path else {}),
        cwd=github.runner.folder,
        stdin=subprocess.DEVNULL,
        timeout=PATIENCE,
    )


def summaries(runs: list[Run]) -> list[str]:
    """What ran, in order, and how it ended."""
    return [run.summary for run in runs if run.started]
