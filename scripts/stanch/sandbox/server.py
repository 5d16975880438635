"""The sandbox over HTTP on loopback, with a control room below `/_sandbox/`.

GET  /_sandbox/                 time, counts, what went wrong
GET  /_sandbox/dump             the world as plain values
POST /_sandbox/clock            {"advance": seconds} or {"set": "2026-03-14T02:14:00Z"}
POST /_sandbox/faults           {"write": {"7": "502 after"}, "read": {…}, "seed": 1, "rate": 0.1, "lag": 10}; {} clears
POST /_sandbox/receiver         {"url": "http://127.0.0.1:9000/", "secret": "…"}; {"url": null} stops
POST /_sandbox/token            {"token": "narrow", "login": "alex", "scopes": ["repo"]}, or grants: {"issues": "read"}
POST /_sandbox/act              {"actor": "alex", "verb": "comments", "args": [1, "/ack"], "repo": "owner/name"}
"""

import json
import socket
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from stanch.sandbox.clock import stamp
from stanch.sandbox.faults import LAG, Dropped, Fault, Killed, TimedOut
from stanch.sandbox.records import Deployment
from stanch.sandbox.rights import Refusal
from stanch.sandbox.webhooks import Receiver
from stanch.sandbox.world import World

CONTROL = "/_sandbox/"


class Server(ThreadingHTTPServer):
    """Serves one world. `address` is the API address for GITHUB_API_URL."""

    daemon_threads = True

    def __init__(self, world: World, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.world = world
        self.address = world.api_url = f"http://127.0.0.1:{self.server_address[1]}"
        self.receiver: Receiver | None = None
        world.subscribe(self._forward)

    def _forward(self, event: str, action: str | None, payload: dict[str, object], by_bot: bool) -> None:  # noqa: FBT001 # the subscriber's signature
        if self.receiver:
            self.receiver(event, action, payload, by_bot)

    def receive_at(self, url: str | None, secret: str | None = None) -> None:
        """Send webhooks to this address from now on; None stops them."""
        if self.receiver:
            self.receiver.close()
        self.receiver = Receiver(url, secret, self.world.starts_workflow) if url else None

    def stop(self) -> None:
        """End serving and close the port."""
        self.shutdown()
        self.receive_at(None)
        self.server_close()


def serve(world: World, port: int = 0) -> Server:
    """Serve a world on loopback from a thread of its own; port 0 takes a free one."""
    server = Server(world, port)
    threading.Thread(target=server.serve_forever, name="sandbox", daemon=True).start()
    return server


def control(server: Server, method: str, path: str, wish: Mapping[str, Any]) -> tuple[int, object]:
    """Carry out one call of the control room."""
    room = path.removeprefix(CONTROL).strip("/")
    known = {"": _state, "dump": _dump, "clock": _clock, "faults": _faults, "receiver": _receiver, "act": _act}
    known |= {"token": _token}
    if room not in known or (method == "GET") != (room in {"", "dump"}):
        return 404, {"message": f"no {method} {path} here; there are {', '.join(CONTROL + name for name in known)}"}
    try:
        return 200, known[room](server, wish)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        return 400, {"message": f"{type(error).__name__}: {error}"}
    except Refusal as refusal:
        return refusal.status, {"message": refusal.message}


def _state(server: Server, _wish: Mapping[str, Any]) -> object:
    world = server.world
    counts = world.counts
    return {
        "now": stamp(world.clock.now),
        "requests": counts.requests,
        "reads": counts.reads,
        "writes": counts.writes,
        "kinds": dict(counts.kinds),
        "points": world.points_spent,
        "faults": [[kind, index, fault.value] for kind, index, fault in world.faults.fired],
    }


def _dump(server: Server, _wish: Mapping[str, Any]) -> object:
    return server.world.dump()


def _clock(server: Server, wish: Mapping[str, Any]) -> object:
    clock = server.world.clock
    clock.set(wish["set"]) if "set" in wish else clock.advance(wish["advance"])
    return {"now": stamp(clock.now)}


def _faults(server: Server, wish: Mapping[str, Any]) -> object:
    plan = server.world.faults
    plan.clear()
    for index, name in wish.get("write", {}).items():
        plan.at_write(int(index), Fault(name))
    for index, name in wish.get("read", {}).items():
        plan.at_read(int(index), Fault(name))
    if "seed" in wish:
        plan.seeded(int(wish["seed"]), float(wish.get("rate", 0.1)))
    if wish.get("lag"):
        plan.lag_reads(LAG if wish["lag"] is True else int(wish["lag"]))
    return {}


def _receiver(server: Server, wish: Mapping[str, Any]) -> object:
    server.receive_at(wish["url"], wish.get("secret"))
    return {}


def _token(server: Server, wish: Mapping[str, Any]) -> object:
    server.world.add_token(wish["token"], wish["login"], scopes=wish.get("scopes", ()), grants=wish.get("grants"))
    return {}


def _act(server: Server, wish: Mapping[str, Any]) -> object:
    person = server.world.person(wish["actor"], wish.get("repo"))
    verb = wish["verb"]
    if verb.startswith("_"):
        raise ValueError(f"{verb!r} is no verb")
    result = getattr(person, verb)(*wish.get("args", []), **wish.get("options", {}))
    return {"result": result.id if isinstance(result, Deployment) else result}


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def setup(self) -> None:
        super().setup()
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def _handle(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path.startswith(CONTROL):
            self._control(body)
            return
        try:
            self._send(*self.server.world.http(self.command, self.path, dict(self.headers), body))
        except (TimedOut, Dropped, Killed):
            # A silent server and a broken line look alike here: the connection ends without an answer.
            self.close_connection = True

    def _control(self, body: bytes) -> None:
        try:
            wish = json.loads(body or b"{}")
        except ValueError:
            self._send(400, {}, b'{"message": "not JSON"}')
            return
        with self.server.world.lock:
            status, value = control(self.server, self.command, self.path, wish)
        self._send(status, {"Content-Type": "application/json"}, json.dumps(value).encode())

    def _send(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status not in {204, 304}:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = do_HEAD = _handle  # noqa: N815 # names of the standard library

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 # the standard library's signature
        """Say nothing: the world counts."""
