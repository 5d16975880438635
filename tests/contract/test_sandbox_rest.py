"""The embedded GitHub's REST side has GitHub's shapes, habits and refusals."""

import json
from typing import Any

import pytest

from stanch.sandbox.labels import MAX_LABEL
from stanch.sandbox.rights import BOT
from tests.contract.sandbox_scene import HOME, INCIDENT, call, status, world


def test_every_issue_route_answers_in_githubs_shape() -> None:
    """The whole life of an issue, each answer checked against GitHub's description."""
    made = world()
    code, headers, issue = call(made, "POST", "issues", {"title": INCIDENT, "labels": ["SEV-1"], "assignees": ["alex"]})
    assert (code, issue["number"], [label["name"] for label in issue["labels"]]) == (201, 1, ["sev-1"])
    assert headers["Location"] == issue["url"]
    assert issue["user"]["login"] == BOT
    assert issue["user"]["type"] == "Bot"
    assert status(made, "GET", "issues/1") == 200
    closing = {"state": "closed", "state_reason": "not_planned"}
    assert call(made, "PATCH", "issues/1", closing)[2]["state_reason"] == "not_planned"
    assert call(made, "PATCH", "issues/1", {"state": "open"})[2]["state_reason"] == "reopened"
    assert [row["name"] for row in call(made, "POST", "issues/1/labels", {"labels": ["new"]})[2]] == ["sev-1", "new"]
    assert [row["name"] for row in call(made, "GET", "issues/1/labels")[2]] == ["sev-1", "new"]
    assert [row["name"] for row in call(made, "PUT", "issues/1/labels", {"labels": ["sev-2"]})[2]] == ["Sev-2"]
    assert call(made, "DELETE", "issues/1/labels/SEV-2")[2] == []
    assert status(made, "DELETE", "issues/1/labels/sev-2") == 404
    assert len(call(made, "POST", "issues/1/assignees", {"assignees": ["sam", "nobody"]})[2]["assignees"]) == 2
    assert status(made, "DELETE", "issues/1/assignees", {"assignees": ["sam"]}) == 200


def test_every_comment_route_answers_in_githubs_shape() -> None:
    """The whole life of a comment; the second reaction of a kind is a 200."""
    made = world()
    made.person("kim").opens(INCIDENT)
    code, _, comment = call(made, "POST", "issues/1/comments", {"body": "one"})
    where = f"issues/comments/{comment['id']}"
    assert code == 201
    assert comment["id"] > 2**31
    assert call(made, "PATCH", where, {"body": "two"})[2]["body"] == "two"
    assert call(made, "GET", where)[2]["body"] == "two"
    assert status(made, "POST", f"{where}/reactions", {"content": "rocket"}) == 201
    assert status(made, "POST", f"{where}/reactions", {"content": "rocket"}) == 200
    assert [row["body"] for row in call(made, "GET", "issues/1/comments")[2]] == ["two"]
    assert status(made, "DELETE", where) == 204
    assert status(made, "GET", where) == 404


def test_the_other_routes_answer_in_githubs_shape() -> None:
    """Labels, permissions, deployments, statuses, pull requests, files and dispatches."""
    made = world(dict.fromkeys(("actions", "contents", "deployments", "issues", "pull-requests", "statuses"), "write"))
    sha = made.repository().head
    assert status(made, "GET", HOME) == 200 or made.bot_permissions
    assert status(made, "POST", "labels", {"name": "urgent", "color": "ff0000"}) == 201
    assert status(made, "PATCH", "labels/URGENT", {"new_name": "calm"}) == 200
    assert [row["name"] for row in call(made, "GET", "labels")[2]] == ["calm", "post-mortem", "sev-1", "Sev-2"]
    assert status(made, "GET", "labels/calm") == 200
    made_one = call(made, "POST", "deployments", {"ref": "main"})[2]
    statuses = f"deployments/{made_one['id']}/statuses"
    assert status(made, "POST", statuses, {"state": "success"}) == 201
    assert len(call(made, "GET", statuses)[2]) == 1
    assert len(call(made, "GET", "deployments")[2]) == 1
    assert status(made, "POST", f"statuses/{sha}", {"state": "success", "context": "stanch/hotfix"}) == 201
    assert len(call(made, "GET", f"commits/{sha}/statuses")[2]) == 1
    made.person("alex").sets_actions(opens_pulls=True)
    made.person("jordan").pushes_to("undo", {"a": "a"})
    assert status(made, "POST", "pulls", {"title": "Undo", "head": "undo", "base": "main"}) == 201
    assert status(made, "GET", "pulls/1") == 200
    assert call(made, "PUT", "pulls/1/merge")[2]["merged"] is True
    assert call(made, "GET", "pulls/1")[2]["merged"] is True
    assert status(made, "PUT", "contents/notes.md", {"message": "note", "content": "aGk="}) == 201
    assert status(made, "PUT", "contents/notes.md", {"message": "note", "content": "aGk="}) == 422
    assert status(made, "POST", "actions/workflows/stanch-watch.yml/dispatches", {"ref": "main"}) == 204
    assert status(made, "POST", "dispatches", {"event_type": "alert"}) == 204
    assert [sent.name for sent in made.repository().dispatches] == ["stanch-watch.yml", "alert"]


@pytest.mark.parametrize(
    ("login", "permission", "role"),
    [
        ("alex", "admin", "admin"),
        ("morgan", "write", "maintain"),
        ("jordan", "write", "write"),
        ("sam", "read", "triage"),
        ("kim", "read", "read"),
        ("riley", "read", "read"),
    ],
)
def test_the_permission_endpoint_folds_maintain_and_triage(login: str, permission: str, role: str) -> None:
    """Maintain reads as write and triage as read; a stranger may read a public repository."""
    answered = call(world(), "GET", f"collaborators/{login}/permission")[2]
    assert (answered["permission"], answered["role_name"]) == (permission, role)


def test_nobody_of_that_name_is_a_404() -> None:
    """The permission endpoint knows people only."""
    made = world()
    assert status(made, "GET", "collaborators/nobody/permission") == 404
    assert status(made, "GET", f"collaborators/{BOT}/permission") == 404


def test_who_may_not_triage_loses_labels_without_a_word() -> None:
    """Labels and assignees of a stranger are dropped, the issue is made; a form's labels apply all the same."""
    made = world()
    code, _, issue = call(made, "POST", "issues", {"title": "x", "labels": ["sev-1"], "assignees": ["alex"]}, "riley")
    assert (code, issue["labels"], issue["assignees"]) == (201, [], [])
    number = made.person("riley").opens_by_form("client-report", "y", {"Since when?": ""})
    assert made.repository().label_names(made.issue(number)) == ("post-mortem",)
    assert made.issue(number).body == "### Since when?\n\n_No response_"


@pytest.mark.parametrize(
    ("method", "path", "body", "who", "expected"),
    [
        ("POST", "issues/1/labels", {"labels": ["sev-1"]}, "kim", 403),
        ("POST", "issues/1/labels", {"labels": ["sev-1"]}, "sam", 200),
        ("POST", "issues/1/labels", {"labels": ["unheard-of"]}, "sam", 403),
        ("PATCH", "issues/1", {"state": "closed"}, "riley", 403),
        ("PATCH", "issues/1", {"title": "mine"}, "sam", 403),
        ("POST", "issues/1/comments", {"body": "hi"}, "riley", 201),
        ("POST", "issues/2/comments", {"body": "hi"}, "kim", 403),
        ("POST", "issues/2/comments", {"body": "hi"}, "jordan", 201),
        ("GET", "collaborators/alex/permission", None, "kim", 403),
        ("POST", "issues/99/comments", {"body": "hi"}, None, 404),
        ("POST", "issues/1/comments", {"body": ""}, None, 422),
        ("POST", "issues/1/comments", {}, None, 422),
        ("POST", "issues", {"title": "t" * 257}, None, 422),
        ("POST", "issues", {"title": "t" * 256, "body": "é" * 65_536}, None, 201),
        ("POST", "issues", {"title": "t", "body": "b" * 65_537}, None, 422),
        ("POST", "labels", {"name": "SEV-1"}, None, 422),
        ("POST", "labels", {"name": "l" * (MAX_LABEL + 1)}, None, 422),
        ("POST", "deployments", {"ref": "main"}, None, 403),
        ("POST", "statuses/unknown", {"state": "success"}, None, 422),
    ],
)
def test_rights_and_limits(method: str, path: str, body: Any, who: str | None, expected: int) -> None:
    """Who may do what, and what is too long, as GitHub answers it."""
    made = world()
    made.person("jordan").opens(INCIDENT)
    made.person("jordan").locks(made.person("jordan").opens("locked"))
    assert status(made, method, path, body, who) == expected


def test_a_422_lists_its_errors() -> None:
    """A client can tell which field was refused, and why."""
    answered = call(world(), "POST", "labels", {"name": "sev-1"})[2]
    assert answered["errors"] == [{"resource": "Label", "field": "name", "code": "already_exists"}]


@pytest.mark.parametrize("area", ["issues", "pull-requests"])
def test_the_bot_needs_the_permission_of_the_thread(area: str) -> None:
    """A comment on a pull request wants pull-requests: write, one on an issue issues: write."""
    made = world({area: "write", "metadata": "read"})
    made.person("jordan").opens("issue")
    made.person("jordan").opens_pull("pull")
    answers = [call(made, "POST", f"issues/{number}/comments", {"body": "x"}) for number in (1, 2)]
    assert [code for code, _, _ in answers] == ([201, 403] if area == "issues" else [403, 201])
    refused = answers[1 if area == "issues" else 0][2]
    assert refused["message"] == "Resource not accessible by integration"


def test_a_wrong_token_is_a_401_and_a_private_repository_a_404() -> None:
    """What one may not see does not exist; the bot sees its own repository."""
    made = world(private=True)
    assert made.http("GET", HOME, {"Authorization": "Bearer nonsense"})[0] == 401
    assert made.http("GET", HOME)[0] == 404
    assert status(made, "GET", HOME, who="riley") == 404
    assert status(made, "GET", HOME, who="kim") == 200
    assert status(made, "GET", HOME) == 200


def test_a_deleted_issue_is_gone_and_a_transferred_one_elsewhere() -> None:
    """410 for the deleted; 301 with the new address for the transferred, which works."""
    made = world()
    alex = made.person("alex")
    made.add_repository("harbour/search")
    made.repository("harbour/search").roles["alex"] = "admin"
    first, second = alex.opens("gone"), alex.opens("moved", labels=["sev-1"])
    alex.deletes(first)
    assert alex.transfers(second, "harbour/search") == 1
    assert status(made, "GET", "issues/1") == 410
    code, headers, _ = call(made, "POST", "issues/2/comments", {"body": "x"})
    assert code == 301
    path = headers["Location"].removeprefix(made.api_url)
    moved = json.loads(made.http("GET", path, made.auth("alex"))[2])
    assert (moved["title"], moved["labels"], moved["number"]) == ("moved", [], 1)


def test_lists_have_pages_pull_requests_and_one_meaning_of_case() -> None:
    """Newest first, by label in any case, with links to the other pages."""
    made = world()
    for number in range(1, 6):
        made.person("jordan").opens(f"issue {number}", labels=["sev-1"])
    made.person("jordan").opens_pull("pull")
    _, headers, rows = call(made, "GET", "issues?per_page=2&page=2")
    assert [row["number"] for row in rows] == [4, 3]
    assert [part.split("; ")[1] for part in headers["Link"].split(", ")] == [
        'rel="prev"', 'rel="next"', 'rel="last"', 'rel="first"'
    ]  # fmt: skip # one row
    first = call(made, "GET", "issues?per_page=1")[2][0]
    assert first["pull_request"]["url"].endswith("/pulls/6")
    assert len(call(made, "GET", "issues?labels=SEV-1&state=all")[2]) == 5


def test_an_unknown_route_names_itself() -> None:
    """501 says what the sandbox does not know, so that nobody takes it for GitHub's answer."""
    code, _, answered = call(world(), "GET", "milestones")
    assert code == 501
    assert f"GET {HOME}/milestones" in answered["message"]


def test_every_answer_carries_the_headers_of_github() -> None:
    """Date by the virtual clock, a request id, the hour's limit; an unchanged page is a free 304."""
    made = world()
    _, headers, _ = call(made, "GET", HOME)
    assert headers["Date"] == "Sat, 14 Mar 2026 02:00:00 GMT"
    assert headers["X-RateLimit-Remaining"] == "999"
    assert headers["X-GitHub-Request-Id"]
    again = made.http("GET", HOME, {**made.auth(), "If-None-Match": headers["ETag"]})
    assert (again[0], again[2]) == (304, b"")


def test_the_hourly_limit_holds_until_the_hour_is_over() -> None:
    """A GITHUB_TOKEN has so many requests an hour; the next hour has as many again."""
    made = world()
    made.rates.bot = 2
    answers = [call(made, "GET", "labels") for _ in range(3)]
    assert [code for code, _, _ in answers] == [200, 200, 403]
    assert answers[2][1]["X-RateLimit-Remaining"] == "0"
    made.clock.advance(hours=1)
    assert status(made, "GET", "labels") == 200


def test_broken_json_is_a_400() -> None:
    """A body that is no JSON is refused before anything is looked at."""
    made = world()
    assert made.http("POST", f"{HOME}/issues", made.auth(), b"{")[0] == 400
