"""A tiny HTTP server on loopback that answers from a list, for what only a real connection can show."""

import json
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

from stanch.adapters.client import Client, connect
from tests.patience import PATIENCE


@dataclass(frozen=True)
class Canned:
    """One answer. `drop` closes the connection instead, `hang` lets the caller wait in vain."""

    status: int = 200
    body: Any = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    drop: bool = False
    hang: bool = False


Answering = Callable[[Any], Canned]
"""Makes the answer from the decoded body of a request."""


@dataclass
class Loopback:
    """What was asked (`verb path`), with which body, and how long the client said it would wait."""

    url: str
    answers: list[Canned | Answering]
    asked: list[str] = field(default_factory=list)
    bodies: list[Any] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)
    pauses: list[float] = field(default_factory=list)
    over: Event = field(default_factory=Event)

    def client(self, timeout: int = PATIENCE) -> Client:
        return connect("token-of-a-test", self.url, timeout=timeout, pause=self.pauses.append)


class Server(ThreadingHTTPServer):
    daemon_threads = True
    loopback: Loopback


class Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 # the name that the base class chose
        """Say nothing."""

    def answer(self) -> None:
        loopback = self.server.loopback
        content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        loopback.asked.append(f"{self.command} {self.path}")
        loopback.bodies.append(json.loads(content) if content else None)
        loopback.headers.append(dict(self.headers))
        canned = loopback.answers[0] if loopback.answers else Canned(501, {"message": "nothing is left"})
        if isinstance(canned, Canned):
            del loopback.answers[:1]
        else:
            canned = canned(loopback.bodies[-1])
        if canned.hang:
            loopback.over.wait(10)
        if canned.drop or canned.hang:
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
        else:
            self.send(canned)

    do_GET = do_POST = do_PATCH = do_DELETE = do_PUT = answer  # noqa: N815 # the base class's names

    def send(self, canned: Canned) -> None:
        content = canned.body.encode() if isinstance(canned.body, str) else json.dumps(canned.body).encode()
        self.send_response_only(canned.status)
        for name, value in canned.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def listening(*answers: Canned | Answering) -> Iterator[Loopback]:
    """A server that gives these answers, one a request, and 501 when they are used up.

    A function answers every request from its turn on.
    """
    server = Server(("127.0.0.1", 0), Handler)
    loopback = server.loopback = Loopback(f"http://127.0.0.1:{server.server_port}", list(answers))
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield loopback
    finally:
        loopback.over.set()
        server.shutdown()
        server.server_close()
        thread.join()
