"""GitHub Actions on this machine: webhooks come in over HTTP, and `act` runs the real workflow files.

act evaluates conditions, inputs and steps; what it ignores (activity types, concurrency, events of our own
making) is done here. Runs go one after the other, in the order of their webhooks, which is at least as strict
as one concurrency group per issue.
"""

import json
import os
import queue
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from typing import Any

from tests.patience import PATIENCE
from tests.workflows import FOLDER, ROOT, names, pinned, workflow

TOOLS = Path(sys.executable).parent
SHIPPED = ("action.yml", "pyproject.toml", "requirements", "runbooks", "scripts", "templates")
"""What GitHub would download of this repository, as far as the action reads it."""


@dataclass(frozen=True)
class Run:
    """One run of one workflow. `started` is false when the job's condition dropped it before a runner."""

    workflow: str
    event: str
    action: str
    code: int
    log: str

    @property
    def started(self) -> bool:
        return "Run Main" in self.log

    @property
    def summary(self) -> str:
        return f"{self.workflow}: {self.event} {self.action}: exit {self.code}"


def listening_to(event: str, action: str, payload: Mapping[str, Any] | None = None) -> list[str]:
    """The workflows that GitHub would start for an event: act takes no notice of `types`, `branches`, `workflows`."""
    return [
        name for name in names() if listens(name, workflow(name)["on"], event, {"action": action, **(payload or {})})
    ]


def listens(name: str, asked: Any, event: str, payload: Mapping[str, Any]) -> bool:
    """Whether GitHub would start a workflow with this `on:` for an event."""
    if event == "workflow_dispatch":
        return f"/{name}.yml" in str(payload.get("workflow", ""))
    if event not in asked:
        return False
    wanted = asked[event] if isinstance(asked, dict) and isinstance(asked[event], dict) else {}
    told = {
        "types": payload.get("action", ""),
        "branches": str(payload.get("ref", "")).removeprefix("refs/heads/"),
        "workflows": (payload.get("workflow") or {}).get("name", ""),
    }
    if "tags" in wanted and not str(payload.get("ref", "")).startswith("refs/tags/"):
        return False
    return touches(wanted, payload) and all(value in wanted.get(key, [value]) for key, value in told.items())


def touches(wanted: Mapping[str, Any], payload: Mapping[str, Any]) -> bool:
    """Whether a push changed one of the `paths` that are asked for; ours are names of files, not patterns."""
    commits = payload.get("commits") or ()
    changed = {path for one in commits for kind in ("added", "modified", "removed") for path in one[kind]}
    return "paths" not in wanted or bool(changed & set(wanted["paths"]))


class Runner:
    """Receives webhooks at `url` and runs workflows against the API at `api`, until `close`.

    `others` are actions by the name that a workflow uses, each with the folder that stands in for it; `environment` is
    what their steps find beside GitHub's own.
    """

    def __init__(self, folder: Path, token: str, installed: Sequence[str] = ()) -> None:
        self.api = ""
        self.token = token
        self.runs: list[Run] = []
        self.received = 0
        self.others: dict[str, Path] = {}
        self.environment: dict[str, str] = {}
        self.folder = folder
        self._serials = count()
        self._installed = tuple(installed) or tuple(names())
        self.repository = _checkout(folder / "repository", self._installed)
        self._action = with_history(download(folder / "action"))
        self._waiting: queue.Queue[tuple[str, dict[str, Any]] | None] = queue.Queue()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/"
        self._threads = [
            threading.Thread(target=work, daemon=True) for work in (self._server.serve_forever, self._work)
        ]
        for thread in self._threads:
            thread.start()

    def set_args(self, name: str, arguments: str) -> None:
        """Give a workflow's one step further arguments, as its file says one may."""
        file = self.repository / f".github/workflows/{name}.yml"
        text = file.read_text(encoding="utf-8")
        given, indent = "with:\n", " " * 10
        assert text.count(given) == 1
        file.write_text(text.replace(given, f"{given}{indent}args: {arguments}\n"), encoding="utf-8")

    def receive(self, event: str, payload: dict[str, Any]) -> None:
        """Take one webhook that starts workflows."""
        self._waiting.put((event, payload))

    def settle(self) -> None:
        """Wait until everything that came in has been run."""
        while self._waiting.unfinished_tasks:
            assert self._threads[-1].is_alive(), "a run could not be made: the thread that makes them has ended"
            time.sleep(0.02)

    def token_for(self, _name: str) -> str:
        """The token of a workflow's job."""
        return self.token

    def close(self) -> None:
        self._waiting.put(None)
        self._server.shutdown()
        self._server.server_close()
        for thread in self._threads:
            thread.join()

    def _work(self) -> None:
        while (waiting := self._waiting.get()) is not None:
            event, payload = waiting
            for name in self.listening(event, payload):
                self.runs.append(self.run(name, event, payload))
            self._waiting.task_done()

    def listening(self, event: str, payload: dict[str, Any]) -> list[str]:
        """The installed workflows that an event starts."""
        return [name for name in listening_to(event, payload.get("action", ""), payload) if name in self._installed]

    def run(self, name: str, event: str, payload: dict[str, Any]) -> Run:
        """Run one workflow for one event."""
        file = self.folder / f"event-{next(self._serials)}.json"
        file.write_text(json.dumps(payload), encoding="utf-8")
        environment = {
            "GITHUB_API_URL": self.api,
            "GITHUB_GRAPHQL_URL": f"{self.api}/graphql",
            "GITHUB_REPOSITORY": payload["repository"]["full_name"],
            "RUNNER_TEMP": str(self.folder / "temp"),
            **self.environment,
        }
        flags = [word for key, value in environment.items() for word in ("--env", f"{key}={value}")]
        used = {pinned(): self._action} | self.others
        flags += [word for action, place in used.items() for word in ("--local-repository", f"{action}={place}")]
        ran = subprocess.run(
            [
                TOOLS / "act", event, "-C", self.repository, "-W", f".github/workflows/{name}.yml", "-e", file,
                "-P", "ubuntu-latest=-self-hosted", "-P", "ubuntu-slim=-self-hosted",
                "-s", f"GITHUB_TOKEN={self.token_for(name)}", "--no-cache-server", "--pull=false", *flags,
            ],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, timeout=PATIENCE, env=_clean(),
        )  # fmt: skip
        return Run(name, event, payload.get("action", ""), ran.returncode, ran.stdout)


def _clean() -> dict[str, str]:
    """An environment in which the action finds uv, and not this project's source."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("GITHUB_", "COVERAGE", "PYTHON"))}
    return kept | {"PATH": f"{TOOLS}{os.pathsep}{os.environ['PATH']}"}


def _checkout(folder: Path, installed: Sequence[str]) -> Path:
    """A repository that has these workflow files and nothing else."""
    place = folder / ".github/workflows"
    place.mkdir(parents=True)
    for name in installed:
        shutil.copy(FOLDER / f"{name}.yml", place)
    return with_history(folder)


def download(folder: Path) -> Path:
    """This action as a runner would have it: no environment, nothing built."""
    for name in SHIPPED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    return folder


def with_history(folder: Path) -> Path:
    """act asks for a revision at every turn."""
    git = [shutil.which("git") or "git", "-C", str(folder), "-c", "user.name=alex", "-c", "user.email=alex@example.com"]
    subprocess.run([*git, "init", "--quiet"], check=True)
    subprocess.run([*git, "commit", "--quiet", "--allow-empty", "--message", "As it stands"], check=True)
    return folder


def _handler(runner: Runner) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.headers.get("X-Sandbox-Starts-Workflow") != "false":
                runner.receive(self.headers["X-GitHub-Event"], json.loads(body))
            runner.received += 1
            self.send_response(202)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 # the standard library's signature
            """Say nothing; the runs tell what happened."""

    return Handler
