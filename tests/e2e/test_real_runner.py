"""A real runner: `act` runs the real workflow files against `stanch sandbox serve`, started by its webhooks."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.github import REPOSITORY, GitHub
from tests.e2e.runner import Runner, listening_to


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


@pytest.mark.long  # what it costs is two runners; that strangers are refused is tested wherever commands are
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
        ("workflow_dispatch", "", {"workflow": ".github/workflows/stanch-sweep.yml"}, ["stanch-sweep"]),
        ("workflow_dispatch", "", {"workflow": ".github/workflows/stanch-watch.yml"}, ["stanch-watch"]),
        ("star", "created", {}, []),
    ],
)
def test_only_the_workflows_that_listen_are_started(
    event: str, action: str, payload: dict[str, Any], wanted: list[str]
) -> None:
    """The rig starts what GitHub would start."""
    assert listening_to(event, action, payload) == wanted
