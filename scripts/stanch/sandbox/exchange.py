"""One HTTP exchange: counted, perhaps spoiled by a fault, answered by REST or GraphQL, with GitHub's headers."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import formatdate
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from stanch.sandbox import graphql, rest, runs
from stanch.sandbox.call import Answer
from stanch.sandbox.counting import HOUR, Write
from stanch.sandbox.faults import Dropped, Fault, Killed, TimedOut
from stanch.sandbox.rights import Caller, Refusal

if TYPE_CHECKING:
    from stanch.sandbox.world import World

Raw = tuple[int, dict[str, str], bytes]
GRAPHQL_PATHS = ("/graphql", "/api/graphql")
ENTERPRISE = "/api/v3"
UNICORN = b"<html><body>Whoa there! This page is taking way too long to load.</body></html>"


@dataclass(frozen=True)
class Request:
    """What came in. Header names are in lower case; the path has no host and may have a query."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes

    @classmethod
    def of(cls, method: str, path: str, headers: Mapping[str, str], body: bytes) -> "Request":
        """A request with its address brought to `/…`, as GitHub and GitHub Enterprise Server are asked."""
        parts = urlsplit(path)
        target = parts.path.removeprefix(ENTERPRISE) + (f"?{parts.query}" if parts.query else "")
        lower = {name.lower(): value for name, value in headers.items()}
        return cls(method.upper(), target, lower, body)

    @property
    def is_graphql(self) -> bool:
        return self.path.partition("?")[0] in GRAPHQL_PATHS

    @property
    def is_blob(self) -> bool:
        return self.path.startswith(runs.BLOBS)


def answer(world: "World", request: Request) -> Raw:
    """Carry out one request. Raises TimedOut, Dropped or Killed when the fault plan says so."""
    with world.lock:
        world.counts.requests += 1
        world.counts.bytes_in += len(request.body)
        asked = graphql.Asked.of(request.body) if request.is_graphql else None
        fault = _fault(world, request, asked)
        if fault and not fault.applies:
            return _spoiled(world, fault)
        status, headers, body = _finish(world, request, _carry_out(world, request, asked), asked)
        if fault:
            return _spoiled(world, fault)
        world.counts.bytes_out += len(body)
        return status, headers, body


def _fault(world: "World", request: Request, asked: "graphql.Asked | None") -> Fault | None:
    is_read = asked.is_query if asked else request.method in {"GET", "HEAD"}
    kind = asked.name if asked else "blob" if request.is_blob else rest.kind(request.method, request.path)
    world.counts.kinds[kind] += 1
    if is_read:
        world.counts.reads += 1
        return world.faults.next("read", world.counts.reads)
    world.counts.writes += 1
    caller = _caller(world, request)
    written = Write(world.counts.writes, kind, request.path, caller.login if caller else "")
    world.counts.log.append(written)
    return world.faults.next("write", written.index)


def _spoiled(world: "World", fault: Fault) -> Raw:
    """The answer, or the silence, that a fault makes of a request."""
    if fault in {Fault.KILLED_BEFORE, Fault.KILLED_AFTER}:
        raise Killed(fault.value)
    if fault in {Fault.TIMEOUT_BEFORE, Fault.TIMEOUT_AFTER}:
        raise TimedOut(fault.value)
    if fault in {Fault.DROPPED_BEFORE, Fault.DROPPED_AFTER}:
        raise Dropped(fault.value)
    base = {"Date": formatdate(world.clock.now, usegmt=True)}
    if fault in {Fault.BAD_GATEWAY_BEFORE, Fault.BAD_GATEWAY_AFTER}:
        return 502, base | {"Content-Type": "text/html"}, UNICORN
    said = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."
    status = 403 if fault is Fault.SECONDARY_LIMIT else 429
    wait = {"Retry-After": "60"} if fault is Fault.SECONDARY_LIMIT else {}
    value = {"message": said, "documentation_url": rest.DOCUMENTATION}
    headers = base | wait | {"Content-Type": "application/json; charset=utf-8"}
    return status, headers, json.dumps(value).encode()


def _caller(world: "World", request: Request) -> Caller | None:
    """Whose token it is; anonymous without one, None when nobody has it."""
    token = request.headers.get("authorization", "").partition(" ")[2].strip()
    return world.tokens.get(token) if token else Caller("")


def _carry_out(world: "World", request: Request, asked: "graphql.Asked | None") -> Answer:
    if request.is_blob:
        return _blob(world, request)
    caller = _caller(world, request)
    if caller is None:
        return rest.refused(Refusal(401, "Bad credentials"))
    if asked:
        if not caller.login:
            return rest.refused(Refusal(401, "This endpoint requires you to be authenticated."))
        return graphql.answer(world, caller, asked)
    used = world.rates.spend(caller.login, "core", world.clock.now)
    if used > world.rates.limit(is_bot=caller.is_bot):
        return rest.refused(Refusal(403, f"API rate limit exceeded for {caller.login or 'this address'}."))
    version = request.headers.get("x-github-api-version", "")
    return rest.answer(world, caller, request.method, request.path, request.body, version)


def _blob(world: "World", request: Request) -> Answer:
    path, _, query = request.path.partition("?")
    until = dict(parse_qsl(query)).get("until", "0")
    known = int(until) if until.isdigit() else 0
    status, raw = runs.blob(world, path, known, authorized="authorization" in request.headers)
    return Answer(status, None, {"Content-Type": "application/zip" if status == 200 else "application/xml"}, raw)


def _finish(world: "World", request: Request, given: Answer, asked: "graphql.Asked | None") -> Raw:
    if request.is_blob:
        return given.status, dict(given.headers), given.raw
    body = b"" if given.value is None else json.dumps(given.value).encode()
    headers = _headers(world, request, "graphql" if asked else "core") | dict(given.headers)
    if given.value is not None:
        headers["Content-Type"] = "application/json; charset=utf-8"
    if request.method == "GET" and given.status == 200:
        headers["ETag"] = f'W/"{hashlib.sha256(body).hexdigest()}"'
        if request.headers.get("if-none-match") == headers["ETag"]:
            return 304, headers, b""
    return given.status, headers, body


def _headers(world: "World", request: Request, resource: str) -> dict[str, str]:
    caller, now = _caller(world, request) or Caller(""), world.clock.now
    limit = world.rates.limit(is_bot=caller.is_bot)
    used = min(world.rates.spend(caller.login, resource, now, 0), limit)
    scopes = {} if caller.scopes is None else {"X-OAuth-Scopes": ", ".join(caller.scopes)}
    return scopes | {
        "Date": formatdate(now, usegmt=True),
        "Server": "github.com",
        "X-GitHub-Media-Type": "github.v3; format=json",
        "X-GitHub-Request-Id": f"{world.counts.requests:04X}:5A17:{now:X}",
        "X-RateLimit-Limit": str(limit),
        "X-RateLimit-Remaining": str(limit - used),
        "X-RateLimit-Used": str(used),
        "X-RateLimit-Reset": str((now // HOUR + 1) * HOUR),
        "X-RateLimit-Resource": resource,
    }
