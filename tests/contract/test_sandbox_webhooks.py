"""The embedded GitHub's webhooks have GitHub's shapes, in its order, and start workflows as GitHub does."""

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from stanch.sandbox import server
from stanch.sandbox.webhooks import starts_workflow
from stanch.sandbox.world import World
from tests.contract.sandbox_scene import INCIDENT, call, world
from tests.official import shapes

Told = list[tuple[str, str | None, dict[str, Any], bool]]
ALL = dict.fromkeys(("actions", "contents", "deployments", "issues", "pull-requests"), "write")


def listen(made: World) -> Told:
    """What the world tells from now on, each payload checked against GitHub's description."""
    told: Told = []

    def hear(event: str, action: str | None, payload: dict[str, Any], by_bot: bool) -> None:
        if not event.endswith("_dispatch"):
            shapes.check_webhook(event, payload)
        told.append((event, action, payload, by_bot))

    made.subscribe(hear)
    return told


def names(told: Told) -> list[str]:
    """The events as `name.action`."""
    return [f"{event}.{action}" if action else event for event, action, _, _ in told]


def test_an_issue_s_life_is_told_in_githubs_shapes() -> None:
    """Opened, then one labeled per label; an edit tells what was there before."""
    made = world()
    told, alex = listen(made), made.person("alex")
    number = alex.opens(INCIDENT, labels=["sev-1", "post-mortem"], assignees=["sam"])
    alex.renames(number, "Slow")
    alex.edits_body(number, "body")
    alex.unlabels(number, "SEV-1")
    alex.unassigns(number, "sam")
    alex.closes(number)
    alex.reopens(number)
    alex.locks(number)
    alex.unlocks(number)
    alex.deletes(number)
    assert names(told) == [
        "issues.opened", "issues.labeled", "issues.labeled", "issues.assigned", "issues.edited", "issues.edited",
        "issues.unlabeled", "issues.unassigned", "issues.closed", "issues.reopened", "issues.locked",
        "issues.unlocked", "issues.deleted",
    ]  # fmt: skip # one story
    assert told[4][2]["changes"] == {"title": {"from": INCIDENT}}
    assert told[1][2]["label"]["name"] == "sev-1"
    assert told[3][2]["assignee"]["login"] == "sam"
    assert not any(by_bot for *_, by_bot in told)


def test_comments_transfers_pulls_and_deployments_are_told_too() -> None:
    """The rest of what a workflow may listen to; a comment on a pull request shows an issue with its links."""
    made = world()
    made.add_repository("harbour/search")
    made.add_person("alex", "admin", "harbour/search")
    told, alex = listen(made), made.person("alex")
    number = alex.opens(INCIDENT)
    comment = alex.comments(number, "one")
    alex.edits_comment(comment, "two")
    alex.deletes_comment(comment)
    alex.transfers(number, "harbour/search")
    pull = alex.opens_pull("Undo")
    alex.labels(pull, "sev-1")
    alex.comments(pull, "hm")
    alex.merges(pull)
    alex.deploys()
    assert names(told) == [
        "issues.opened", "issue_comment.created", "issue_comment.edited", "issue_comment.deleted",
        "issues.transferred", "pull_request.opened", "pull_request.labeled", "issue_comment.created", "push",
        "pull_request.closed", "deployment.created", "deployment_status.created",
    ]  # fmt: skip # one story
    assert told[2][2]["changes"] == {"body": {"from": "one"}}
    assert told[7][2]["issue"]["pull_request"]
    assert told[9][2]["pull_request"]["merged"] is True


def test_what_changes_nothing_is_not_told() -> None:
    """A label that is there, a close of the closed and an edit to the same text stay silent."""
    made = world()
    alex = made.person("alex")
    number = alex.opens(INCIDENT, "body", labels=["sev-1"])
    alex.closes(number)
    told = listen(made)
    alex.labels(number, "SEV-1")
    alex.closes(number)
    alex.edits_body(number, "body")
    assert told == []


def test_nothing_that_the_bot_writes_starts_a_workflow_but_dispatches() -> None:
    """GITHUB_TOKEN's writes are told all the same; only the two dispatches would start a run, and the run of one."""
    made = world(ALL)
    told = listen(made)
    call(made, "POST", "issues", {"title": "x", "labels": ["sev-1"]})
    call(made, "POST", "issues/1/comments", {"body": "x"})
    call(made, "POST", "actions/workflows/stanch-watch.yml/dispatches", {"ref": "main"})
    call(made, "POST", "dispatches", {"event_type": "alert", "client_payload": {"a": 1}})
    made.person("alex").comments(1, "/ack")
    starting = [event for event, _, payload, by_bot in told if starts_workflow(event, payload, by_bot=by_bot)]
    assert starting == ["workflow_dispatch", "workflow_run", "repository_dispatch", "issue_comment"]
    assert told[5][2]["client_payload"] == {"a": 1}


def test_an_inactive_deployment_is_told_to_nobody() -> None:
    """GitHub's webhook knows no such state, and no workflow would start for it."""
    made = world(ALL)
    alex = made.person("alex")
    deployment = alex.deploys(state="")
    told = listen(made)
    call(made, "POST", f"deployments/{deployment.id}/statuses", {"state": "inactive"}, "alex")
    assert told == []
    inactive = {"deployment_status": {"state": "inactive"}}
    assert not starts_workflow("deployment_status", inactive, by_bot=False)


class Inbox(HTTPServer):
    """Keeps the webhooks that reach it."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Post)
        self.letters: list[tuple[dict[str, str], bytes]] = []


class Post(BaseHTTPRequestHandler):
    server: Inbox

    def do_POST(self) -> None:
        """Keep one webhook."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.letters.append((dict(self.headers), body))
        self.send_response(202)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    box = Inbox()
    thread = threading.Thread(target=box.serve_forever)
    thread.start()
    yield box
    box.shutdown()
    thread.join()
    box.server_close()


def test_webhooks_travel_signed_over_http(inbox: Inbox) -> None:
    """Event, GUID, hook id and signature stand in the headers; the sandbox adds whether a run would start."""
    made = world()
    host = server.serve(made)
    host.receive_at(f"http://127.0.0.1:{inbox.server_port}/", "secret")
    made.person("alex").opens(INCIDENT)
    call(made, "POST", "issues/1/comments", {"body": "x"})
    host.stop()
    headers, body = inbox.letters[0]
    digest = hmac.new(b"secret", body, hashlib.sha256).hexdigest()
    assert headers["X-Hub-Signature-256"] == f"sha256={digest}"
    assert (headers["X-Github-Event"], json.loads(body)["action"]) == ("issues", "opened")
    assert len(headers["X-Github-Delivery"]) == 36
    assert headers["X-Github-Hook-Id"].isdigit()
    assert [letter["X-Sandbox-Starts-Workflow"] for letter, _ in inbox.letters] == ["true", "false"]
