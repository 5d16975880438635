"""PyGithub without a network: a connection class that finds its world by host name.

What goes wrong is raised as requests would raise it, so that callers see no difference.
"""

import io
import itertools
import threading
from collections.abc import ItemsView, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import requests
import requests.adapters
from github.Requester import Requester
from requests.structures import CaseInsensitiveDict

from stanch.sandbox.faults import Dropped, TimedOut
from stanch.sandbox.world import World

_worlds: dict[str, World] = {}
_numbers = itertools.count(1)
_lock = threading.Lock()


class Response:
    """What PyGithub reads of an answer."""

    def __init__(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.status = status
        self.headers: CaseInsensitiveDict[str] = CaseInsensitiveDict(headers)
        self.body = body

    def getheaders(self) -> ItemsView[str, str]:
        return self.headers.items()

    def read(self) -> str:
        return self.body.decode()


class Connection:
    """PyGithub's connection, answered by the world that lives at its host."""

    def __init__(self, host: str, port: int | None = None, **_options: Any) -> None:
        self.host, self.port = host, port
        self._request: tuple[str, str, dict[str, str], bytes] | None = None

    def request(self, verb: str, url: str, sent: Any, headers: dict[str, str], *_options: object) -> None:
        """Take one request as PyGithub hands it over: by position, whether to stream last."""
        body = sent.encode() if isinstance(sent, str) else sent or b""
        self._request = (verb, url, headers, body)

    def getresponse(self) -> Response:
        """Raises requests' ReadTimeout or ConnectionError, or Killed."""
        world = _worlds.get(self.host)
        if world is None or self._request is None:
            raise requests.exceptions.ConnectionError(f"no world lives at {self.host}")
        try:
            return Response(*world.http(*self._request))
        except TimedOut as error:
            raise requests.exceptions.ReadTimeout(str(error)) from error
        except Dropped as error:
            raise requests.exceptions.ConnectionError(str(error)) from error

    def close(self) -> None:
        """Nothing is open."""


def connect(world: World, host: str | None = None) -> str:
    """Give a world a host name; returns the API address for `Github(base_url=…)`. Every thread may use it."""
    with _lock:
        name = host or f"world-{next(_numbers)}.sandbox"
        _worlds[name] = _worlds[f"blobs.{name}"] = world
        world.api_url = f"http://{name}"
        Requester.injectConnectionClasses(Connection, Connection)  # type: ignore[arg-type] # it only needs these methods
    return world.api_url


def disconnect(world: World) -> None:
    """Forget a world; with the last one, PyGithub speaks to the network again."""
    with _lock:
        for name in [name for name, known in _worlds.items() if known is world]:
            del _worlds[name]
        if not _worlds:
            Requester.resetConnectionClasses()


class Blobs(requests.adapters.BaseAdapter):
    """Answers a requests session from the worlds that live here: `session.mount("http://", Blobs())`.

    For what PyGithub does not fetch: the archives of artifacts, which lie outside the API.
    """

    def send(
        self, request: requests.PreparedRequest, *_args: Any, **_options: Any
    ) -> requests.Response:  # what requests calls
        """Raises requests' ReadTimeout or ConnectionError, or Killed."""
        parts = urlsplit(request.url or "")
        asked = Connection(parts.hostname or "")
        body = request.body or b""
        asked.request(request.method or "GET", urlunsplit(("", "", *parts[2:])), body, dict(request.headers))
        got, response = asked.getresponse(), requests.Response()
        response.status_code, response.headers, response.url = got.status, got.headers, request.url or ""
        response.raw, response.request = io.BytesIO(got.body), request
        return response

    def close(self) -> None:
        """Nothing is open."""


@contextmanager
def connected(world: World) -> Iterator[str]:
    """The API address of a world, for the length of a block."""
    try:
        yield connect(world)
    finally:
        disconnect(world)
