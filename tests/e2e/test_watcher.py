"""The watcher on a real runner: an event starts it, it hands over to its successor, and it ends by itself."""

import base64
import queue
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.github import REPOSITORY, GitHub
from tests.e2e.runner import Run, Runner
from tests.patience import PATIENCE
from tests.workflows import FOLDER

NAME = "stanch-watch"
RUNS = f"/repos/{REPOSITORY}/actions/workflows/{NAME}.yml/runs"
SHORT = "--minutes 3.01 --nap 0.5"
"""A shift of which the last three minutes look for a gap to hand over in: here half a second of work is enough."""


class Actions(Runner):
    """A runner with one more lane: runs of the watcher, one at a time, each as long as it takes.

    What act ignores is done here: the concurrency group, and that GitHub knows how far each run has come.
    """

    def __init__(self, folder: Path, token: str) -> None:
        super().__init__(folder, token)
        self.set_args(NAME, SHORT)
        self.github: GitHub | None = None
        self.watchers: list[Run] = []
        self._lane: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self._keeper = threading.Thread(target=self._keep, daemon=True)
        self._keeper.start()

    def receive(self, event: str, payload: dict[str, Any]) -> None:
        if event == "workflow_dispatch":
            self._lane.put(payload)
        else:
            super().receive(event, payload)

    def close(self) -> None:
        self._lane.put(None)
        self._keeper.join()
        super().close()

    def _keep(self) -> None:
        while (payload := self._lane.get()) is not None:
            assert self.github is not None
            waiting = [run["id"] for run in self.github.call("GET", RUNS)["workflow_runs"] if run["status"] == "queued"]
            self._act("gives_runner", min(waiting))
            self.watchers.append(self.run(NAME, "workflow_dispatch", payload))
            self._act("finishes_run", min(waiting))

    def _act(self, verb: str, run: int) -> None:
        assert self.github is not None
        self.github.call("POST", "/_sandbox/act", {"actor": "alex", "verb": verb, "args": [run]})


@pytest.fixture
def github(tmp_path: Path) -> Iterator[GitHub]:
    """An embedded GitHub whose repository has the watcher's workflow."""
    runner = Actions(tmp_path, "ghs_sandbox")
    runner.github = served = GitHub(runner)
    content = base64.b64encode((FOLDER / f"{NAME}.yml").read_bytes()).decode()
    path = f"/repos/{REPOSITORY}/contents/.github/workflows/{NAME}.yml"
    served.call("PUT", path, {"message": "Keep the clocks", "content": content})
    yield served
    runner.close()
    served.close()


def wait(what: str, until: Any) -> None:
    for _ in range(PATIENCE * 10):
        if until():
            return
        time.sleep(0.1)
    pytest.fail(f"waited in vain for {what}")


def test_it_starts_hands_over_says_what_is_due_and_ends_by_itself(github: GitHub) -> None:
    """Nobody does anything between the label and the mitigation; each watcher's successor is there before it ends."""
    runner = github.runner
    assert isinstance(runner, Actions)
    number = github.opens("Checkout is down", "jordan")
    github.goes_well("alex", "POST", f"/issues/{number}/labels", {"labels": ["sev-1"]})
    wait("two shifts", lambda: len(runner.watchers) >= 2)
    github.call("POST", "/_sandbox/clock", {"advance": 16 * 60})
    wait("a reminder", lambda: any("/update/" in note[:200] for note in github.notes(number)))
    now = github.call("GET", "/_sandbox/")["now"]
    github.call("POST", f"/repos/{REPOSITORY}/issues/{number}/comments", {"body": "/status mitigated"}, "jordan")
    runner.settle()
    wait("the end", lambda: all(run["status"] == "completed" for run in github.call("GET", RUNS)["workflow_runs"]))

    assert [run.summary for run in runner.watchers if run.code != 0] == []
    ends = ["the next watcher goes on" if "the next watcher goes on" in run.log else "end" for run in runner.watchers]
    assert ends[0] == "the next watcher goes on"
    assert ends[-1] == "end"
    reminders = [note for note in github.notes(number) if "/update/" in note[:200]]
    assert len(reminders) == 1, now
