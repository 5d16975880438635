"""The embedded GitHub in a process of its own, with a runner behind its webhooks."""

import json
import socket
import subprocess
import sys
import time
import urllib.request
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.runner import Run, Runner
from tests.patience import PATIENCE

REPOSITORY = "harbour/checkout"


class GitHub:
    """`stanch sandbox serve` in a process of its own, with a runner behind its webhooks. People use its REST API."""

    def __init__(self, runner: Runner, world: Path | None = None) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.api = runner.api = f"http://127.0.0.1:{port}"
        self.runner = runner
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "stanch", "sandbox", "serve", "--port", str(port), "--receiver", runner.url),
                *(("--world", str(world)) if world else ()),
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._wait_for_the_first_answer()
        if world:  # from then on it runs by itself
            self.call("POST", "/_sandbox/clock", {"set": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")})

    def _wait_for_the_first_answer(self) -> None:
        for _ in range(PATIENCE * 10):
            try:
                self.call("GET", "/_sandbox/")
            except OSError:
                if self.process.poll() is not None and self.process.stdout:
                    pytest.fail(self.process.stdout.read())
                time.sleep(0.1)
            else:
                return
        pytest.fail("the embedded GitHub did not answer")

    def close(self) -> None:
        self.process.terminate()
        self.process.communicate(timeout=PATIENCE)

    def call(self, method: str, path: str, body: object = None, login: str = "alex") -> Any:
        """One request of a person."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer ghp_{login}", "Content-Type": "application/json"}
        request = urllib.request.Request(self.api + path, data, headers, method=method)  # noqa: S310 # loopback
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310 # loopback
            return json.load(answer)

    def does(self, login: str, method: str, path: str, body: object) -> list[Run]:
        """A person acts; the runs that this started, once all is quiet."""
        seen = len(self.runner.runs)
        self.call(method, f"/repos/{REPOSITORY}{path}", body, login)
        for _ in range(PATIENCE * 20):
            if len(self.runner.runs) > seen:
                break
            time.sleep(0.05)
        self.runner.settle()
        runs = self.runner.runs[seen:]
        assert runs, f"no webhook came for {method} {path}"
        return runs

    def goes_well(self, login: str, method: str, path: str, body: object) -> list[Run]:
        """A person acts, and every run that this started ends green."""
        runs = self.does(login, method, path, body)
        for run in runs:
            assert run.code == 0, f"{run.summary}\n{run.log}"
        return runs

    def opens(self, title: str, *assignees: str) -> int:
        """The number of a new issue of alex's."""
        self.does("alex", "POST", "/issues", {"title": title, "body": "503s", "assignees": assignees})
        return int(self.issues()[0]["number"])

    def sweeps(self) -> Run:
        """The schedule comes round."""
        payload = {"schedule": "37 * * * *", "repository": {"full_name": REPOSITORY}}
        return self.runner.run("stanch-sweep", "schedule", payload)

    def issue(self, number: int) -> Any:
        return self.call("GET", f"/repos/{REPOSITORY}/issues/{number}")

    def issues(self) -> list[Any]:
        found: list[Any] = self.call("GET", f"/repos/{REPOSITORY}/issues?state=all")
        return found

    def notes(self, number: int) -> list[str]:
        """What the bot wrote below an issue."""
        every = self.call("GET", f"/repos/{REPOSITORY}/issues/{number}/comments")
        return [comment["body"] for comment in every if comment["user"]["login"] == "github-actions[bot]"]
