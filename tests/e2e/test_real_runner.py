"""A real runner: `act` runs the real workflow files against `stanch sandbox serve`, started by its webhooks."""

import json
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.runner import Run, Runner, listening_to
from tests.patience import PATIENCE

REPOSITORY = "harbour/checkout"


class GitHub:
    """`stanch sandbox serve` in a process of its own, with a runner behind its webhooks. People use its REST API."""

    def __init__(self, runner: Runner) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.api = runner.api = f"http://127.0.0.1:{port}"
        self.runner = runner
        self.process = subprocess.Popen(
            [sys.executable, "-m", "stanch", "sandbox", "serve", "--port", str(port), "--receiver", runner.url],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._wait_for_the_first_answer()

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
        self.call("POST", "/_sandbox/clock", {"set": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")})
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


@pytest.fixture
def github(tmp_path: Path) -> Iterator[GitHub]:
    """An embedded GitHub of one's own, with its runner."""
    runner = Runner(tmp_path, "ghs_sandbox")
    served = GitHub(runner)
    yield served
    served.close()
    runner.close()


def test_an_incident_from_its_label_to_its_post_mortem(github: GitHub) -> None:
    """Label, card, /ack, /resolve, post-mortem: each started by a webhook, run by the real workflow file."""
    number = github.opens("Checkout is down", "jordan")
    path = f"/issues/{number}"

    runs = github.goes_well("alex", "POST", f"{path}/labels", {"labels": ["sev-1"]})
    assert [(run.event, run.action) for run in runs if run.started] == [("issues", "labeled")]
    card, *notices = github.notes(number)
    assert card.startswith("<!-- stanch:1 ")
    assert "SEV-1" in card
    assert len(notices) <= 1

    github.goes_well("jordan", "POST", f"{path}/comments", {"body": "/ack"})
    acknowledged, *_ = github.notes(number)
    assert acknowledged != card
    assert "jordan" in acknowledged

    github.goes_well("jordan", "POST", f"{path}/comments", {"body": "/resolve"})
    assert github.issue(number)["state"] == "closed"
    (postmortem,) = [
        issue for issue in github.issues() if "post-mortem" in [label["name"] for label in issue["labels"]]
    ]
    assert f"#{number}" in postmortem["body"]
    assert postmortem["state"] == "open"


def test_talk_about_something_else_starts_no_runner(github: GitHub) -> None:
    """An ordinary issue and an ordinary comment on it cost 0 runner seconds and get no answer."""
    opened = github.goes_well("sam", "POST", "/issues", {"title": "A typo", "body": "in the footer"})
    number = github.issues()[0]["number"]
    talked = github.goes_well("sam", "POST", f"/issues/{number}/comments", {"body": "and in the header"})
    assert [run.summary for run in (*opened, *talked) if run.started] == []
    assert github.notes(number) == []


def test_a_sev_1_that_calls_nobody_is_a_red_run(github: GitHub) -> None:
    """The card is there all the same, and the run's failure is what somebody gets a mail about."""
    number = github.opens("Nobody is there")
    (run,) = github.does("alex", "POST", f"/issues/{number}/labels", {"labels": ["sev-1"]})
    assert run.code != 0
    assert "nobody was called" in run.log
    assert len(github.notes(number)) == 1


def test_a_command_of_a_stranger_is_refused(github: GitHub) -> None:
    """Who may not write may not acknowledge: the runner starts, and says so."""
    number = github.opens("Slow", "jordan")
    github.goes_well("alex", "POST", f"/issues/{number}/labels", {"labels": ["sev-2"]})
    before = github.notes(number)
    github.goes_well("sam", "POST", f"/issues/{number}/comments", {"body": "/ack"})
    after = github.notes(number)
    assert len(after) == len(before) + 1


def test_a_sweep_finds_what_no_event_told(github: GitHub) -> None:
    """The hourly look goes through the same action: it makes the card that was missed, and then nothing more."""
    number = github.opens("Checkout is down", "jordan")
    github.call("POST", "/_sandbox/receiver", {"url": None})
    github.call("POST", f"/repos/{REPOSITORY}/issues/{number}/labels", {"labels": ["sev-1"]})
    first = github.sweeps()
    assert (first.started, first.code) == (True, 0), first.log
    cards = [note for note in github.notes(number) if "SEV-1" in note and "/card" in note.partition("\n")[0]]
    assert len(cards) == 1
    world = github.call("GET", "/_sandbox/dump")
    assert github.sweeps().code == 0
    assert github.call("GET", "/_sandbox/dump") == world


MAIN, OTHER = {"ref": "refs/heads/main"}, {"ref": "refs/heads/docs"}
PROOF, RELEASE = {"workflow": {"name": "stanch-prove"}}, {"workflow": {"name": "release-notes"}}


@pytest.mark.parametrize(
    ("event", "action", "payload", "wanted"),
    [
        ("issues", "labeled", {}, ["stanch-incidents"]),
        ("issues", "pinned", {}, []),
        ("issue_comment", "deleted", {}, ["stanch-incidents"]),
        ("push", "", MAIN, ["ci", "stanch-hotfix"]),
        ("push", "", OTHER, []),
        ("pull_request", "synchronize", {}, ["ci", "stanch-hotfix", "stanch-prove"]),
        ("pull_request_review", "dismissed", {}, ["stanch-hotfix"]),
        ("pull_request_review", "edited", {}, []),
        ("deployment_status", "created", {}, ["stanch-hotfix"]),
        ("merge_group", "checks_requested", {}, ["stanch-hotfix"]),
        ("workflow_run", "completed", PROOF, ["stanch-hotfix"]),
        ("workflow_run", "requested", PROOF, []),
        ("workflow_run", "completed", RELEASE, []),
        ("schedule", "", {}, ["stanch-sweep"]),
        ("workflow_dispatch", "", {}, ["stanch-sweep"]),
        ("star", "created", {}, []),
    ],
)
def test_only_the_workflows_that_listen_are_started(
    event: str, action: str, payload: dict[str, Any], wanted: list[str]
) -> None:
    """The rig starts what GitHub would start."""
    assert listening_to(event, action, payload) == wanted
