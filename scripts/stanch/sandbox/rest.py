"""The REST side: finds the route and the repository, and turns a refusal into GitHub's answer."""

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote

from stanch.sandbox import (
    rest_actions,
    rest_comments,
    rest_git,
    rest_issues,
    rest_people,
    rest_pulls,
    rest_repo,
    rest_settings,
)
from stanch.sandbox.call import Answer, Call, Route
from stanch.sandbox.repository import Repository
from stanch.sandbox.rights import Caller, Refusal, sees, writable

if TYPE_CHECKING:
    from stanch.sandbox.world import World

ROUTES = (
    *rest_actions.ROUTES,
    *rest_issues.ROUTES,
    *rest_comments.ROUTES,
    *rest_pulls.ROUTES,
    *rest_git.ROUTES,
    *rest_people.ROUTES,
    *rest_settings.ROUTES,
    *rest_repo.ROUTES,
)
DOCUMENTATION = "https://docs.github.com/rest"

_BELOW = re.compile(r"/repos/(?P<name>[^/]+/[^/]+)(?P<rest>/.*)?|/repositories/(?P<id>\d+)(?P<tail>/.*)?")
_NUMERIC = {"artifact", "comment", "deployment", "number", "run", "ruleset"}
_LONG = {"branch", "path", "ref"}
"""Parts of a path that may hold slashes."""
_ACCOUNT = re.compile(r"/users?(?:/(?P<login>[^/]+))?")


@cache
def _pattern(path: str) -> re.Pattern[str]:
    def part(match: re.Match[str]) -> str:
        name = match[1]
        what = r"\d{1,19}" if name in _NUMERIC else ".+" if name in _LONG else "[^/]+"
        return f"(?P<{name}>{what})"

    return re.compile(re.sub(r"\{(\w+)\}", part, path))


@cache
def find(method: str, path: str) -> tuple[Route, tuple[tuple[str, str], ...]] | None:
    """The route of a method and a path below the repository, with the path's parts; None for an unknown one."""
    for route in ROUTES:
        if route.method == method and (match := _pattern(route.path).fullmatch(path)):
            return route, tuple((name, unquote(value)) for name, value in match.groupdict().items())
    return None


def split(path: str) -> tuple[str | int, str] | None:
    """The repository that a path names (or its id) and what is below it."""
    match = _BELOW.fullmatch(path)
    if match is None:
        return None
    if match["id"]:
        return int(match["id"]), match["tail"] or ""
    return match["name"], match["rest"] or ""


def kind(method: str, path: str) -> str:
    """The name under which a request is counted."""
    parts = split(path.partition("?")[0])
    if method == "GET" and _ACCOUNT.fullmatch(path.partition("?")[0]):
        return "get account"
    found = find(method, parts[1]) if parts else None
    return found[0].kind if found else "unknown"


def answer(world: "World", by: Caller, method: str, target: str, body: bytes, version: str) -> Answer:
    """Carry out one request; never raises a Refusal."""
    path, _, query = target.partition("?")
    if method == "GET" and (match := _ACCOUNT.fullmatch(path)):
        return _account(world, by, match["login"])
    parts = split(path)
    found = find(method, parts[1]) if parts else None
    if parts is None or found is None:
        said = f"The sandbox does not know {method} {path}"
        return Answer(501, {"message": said, "documentation_url": DOCUMENTATION, "status": "501"})
    try:
        repo = _repository(world, by, parts[0])
        if method != "GET" and parts[1]:
            writable(repo)
        asked = dict(parse_qsl(query, keep_blank_values=True))
        call = Call(world, repo, by, dict(found[1]), asked, _decoded(body), path, version)
        return found[0].handler(call)
    except Refusal as refusal:
        return refused(refusal)


def _account(world: "World", by: Caller, login: str | None) -> Answer:
    try:
        return rest_people.account(world, unquote(login)) if login else rest_people.me(world, by)
    except Refusal as refusal:
        return refused(refusal)


def _repository(world: "World", by: Caller, named: str | int) -> Repository:
    if isinstance(named, int):
        repo = next((repo for repo in world.repos.values() if repo.id == named), None)
    else:
        repo = world.repos.get(named.lower())
    if repo is None or not sees(repo, by):
        raise Refusal(404, "Not Found")
    return repo


def _decoded(body: bytes) -> Any:
    if not body.strip():
        return {}
    try:
        value = json.loads(body)
    except ValueError:
        raise Refusal(400, "Problems parsing JSON") from None
    if not isinstance(value, dict | list):
        raise Refusal(400, "Body should be a JSON object")
    return value


def refused(refusal: Refusal) -> Answer:
    """GitHub's words for a no."""
    value: dict[str, object] = {"message": refusal.message, "documentation_url": DOCUMENTATION}
    if refusal.status not in {405, 409, 422}:  # GitHub's description gives these no status
        value["status"] = str(refusal.status)
    if refusal.errors:
        value["errors"] = refusal.errors
    if "Location" in refusal.headers:
        value["url"] = refusal.headers["Location"]
    return Answer(refusal.status, value, refusal.headers)
