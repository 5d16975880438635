"""The embedded GitHub over HTTP, and its control room."""

import http.client
import json
from collections.abc import Iterator
from typing import Any

import pytest

from stanch.sandbox import server
from tests.contract.sandbox_scene import HOME, INCIDENT, world
from tests.patience import PATIENCE


@pytest.fixture
def host() -> Iterator[server.Server]:
    running = server.serve(world())
    yield running
    running.stop()


def send(host: server.Server, method: str, path: str, body: object = None) -> tuple[int, Any]:
    """One request to the server, as the bot."""
    line = http.client.HTTPConnection("127.0.0.1", host.server_address[1], timeout=PATIENCE)
    try:
        line.request(method, path, None if body is None else json.dumps(body), host.world.auth())
        answered = line.getresponse()
        return answered.status, json.loads(answered.read() or b"null")
    finally:
        line.close()


def test_it_serves_rest_and_graphql_on_loopback(host: server.Server) -> None:
    """The addresses that it hands out lead back to it, also below /api/v3."""
    host.world.person("alex").opens(INCIDENT)
    status, issue = send(host, "GET", f"{HOME}/issues/1")
    assert (status, issue["url"]) == (200, f"{host.address}{HOME}/issues/1")
    assert send(host, "GET", f"/api/v3{HOME}/issues/1")[0] == 200
    assert send(host, "POST", "/graphql", {"query": "{ viewer { login } }"})[1]["data"]
    comment = send(host, "POST", f"{HOME}/issues/1/comments", {"body": "x"})[1]
    assert send(host, "DELETE", f"{HOME}/issues/comments/{comment['id']}") == (204, None)


def test_the_control_room_moves_time_and_people(host: server.Server) -> None:
    """Advance the clock, act as somebody, and look at the whole."""
    assert send(host, "POST", "/_sandbox/clock", {"advance": 60})[1] == {"now": "2026-03-14T02:01:00Z"}
    act = {"actor": "alex", "verb": "opens", "args": [INCIDENT], "options": {"labels": ["sev-1"]}}
    assert send(host, "POST", "/_sandbox/act", act) == (200, {"result": 1})
    assert send(host, "GET", "/_sandbox/dump")[1]["harbour/checkout"]["issues"]["1"]["labels"] == ["sev-1"]
    assert send(host, "GET", "/_sandbox/")[1]["writes"] == 0


def test_the_control_room_sets_what_a_repository_is_like(host: server.Server) -> None:
    """Settings by the verbs of their owner, and further tokens."""
    assert (
        send(host, "POST", "/_sandbox/act", {"actor": "alex", "verb": "protects", "options": {"approvals": 2}})[0]
        == 200
    )
    assert send(host, "POST", "/_sandbox/act", {"actor": "alex", "verb": "archives"})[0] == 200
    assert send(host, "GET", HOME)[1]["archived"] is True
    assert host.world.repository().protections["main"].approvals == 2
    assert send(host, "POST", "/_sandbox/token", {"token": "narrow", "login": "alex", "scopes": ["repo"]})[0] == 200
    assert host.world.tokens["narrow"].scopes == ("repo",)


@pytest.mark.parametrize(
    ("path", "wish", "expected"),
    [
        ("clock", {"advance": -1}, 400),
        ("clock", {}, 400),
        ("faults", {"write": {"1": "no such fault"}}, 400),
        ("act", {"actor": "alex", "verb": "_secret"}, 400),
        ("act", {"actor": "kim", "verb": "labels", "args": [1, "sev-1"]}, 403),
        ("nowhere", {}, 404),
    ],
)
def test_a_wrong_wish_is_answered_and_does_no_harm(host: server.Server, path: str, wish: object, expected: int) -> None:
    """The control room says what is wrong and goes on serving."""
    host.world.person("alex").opens(INCIDENT)
    assert send(host, "POST", f"/_sandbox/{path}", wish)[0] == expected
    assert send(host, "GET", HOME)[0] == 200


def test_a_fault_without_an_answer_ends_the_connection(host: server.Server) -> None:
    """A dropped write is applied, and the line breaks."""
    host.world.person("alex").opens(INCIDENT)
    assert send(host, "POST", "/_sandbox/faults", {"write": {"1": "dropped after"}})[0] == 200
    with pytest.raises(http.client.RemoteDisconnected):
        send(host, "POST", f"{HOME}/issues/1/comments", {"body": "x"})
    assert len(host.world.issue(1).comments) == 1
    assert send(host, "POST", "/_sandbox/faults", {})[0] == 200
