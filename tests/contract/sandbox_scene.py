"""A small world for the sandbox's own tests, and calls on it that check both directions by GitHub's description."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from stanch.sandbox.world import World
from tests.official import shapes

HOME = "/repos/harbour/checkout"
LABELS = ("sev-1", "Sev-2", "post-mortem")
ROLES = {"alex": "admin", "morgan": "maintain", "jordan": "write", "sam": "triage", "kim": "read", "riley": "none"}
INCIDENT = "Checkout is down"

Reply = tuple[int, Mapping[str, str], Any]


def world(permissions: Mapping[str, str] | None = None, *, private: bool = False) -> World:
    """A repository with people of every role, three labels, a form and two files."""
    made = World("2026-03-14T02:00:00Z", bot_permissions=permissions)
    files = {".github/stanch.yml": "people: [alex]\n", ".github/workflows/stanch-watch.yml": "on: push\n"}
    forms = {"client-report": ["post-mortem", "not-defined"]}
    made.add_repository("harbour/checkout", private=private, files=files, labels=LABELS, forms=forms)
    for login, role in ROLES.items():
        made.add_person(login, role)
    return made


def call(  # a request has this many parts
    made: World, method: str, path: str, body: object = None, who: str | None = None
) -> Reply:
    """Send one request as the bot, or as `who`; what is answered must look like GitHub's."""
    target = path if path.startswith("/") else f"{HOME}/{path}".rstrip("/")
    raw = b"" if body is None else json.dumps(body).encode()
    status, headers, answered = made.http(method, target, made.auth(who), raw)
    value = json.loads(answered) if answered else None
    if status not in {301, 501}:
        shapes.check_response(method, quote(target, safe="/?=&%,"), status, value)
    return status, headers, value


def status(*args: Any, **options: Any) -> int:
    """Only the status of a call."""
    return call(*args, **options)[0]


def ask(made: World, document: str, who: str | None = None, **variables: Any) -> dict[str, Any]:
    """Send one GraphQL document as the bot, or as `who`."""
    body = json.dumps({"query": document, "variables": variables})
    answered: dict[str, Any] = json.loads(made.http("POST", "/graphql", made.auth(who), body)[2])
    return answered
