"""The two roads to GitHub: reads, which are asked again, and writes, which are sent once.

PyGithub carries both, with all its own retries, waits and redirects switched off: it re-sends a POST on 5xx
and follows a transferred issue into another repository (reference: platform facts, section 9).
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPException
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from stanch.adapters.answer import Answer, TooMuch, answer, errors_of
from stanch.adapters.replies import (
    Reply,
    date_of,
    decoded,
    refusal_of_mutation,
    refusal_of_read,
    refusal_of_write,
    scopes_of,
    wait_of,
)
from stanch.core.errors import GitHubError, Moved, NotReadable, RateLimited, UnknownOutcome, UsageProblem

if TYPE_CHECKING:
    from github import Github
    from github.Requester import Requester

Pause = Callable[[float], None]
T = TypeVar("T")

BACKOFF = (1.0, 2.0)
"""Seconds before the second and the third try of a read; there is no fourth."""

PATIENCE = 60.0
"""Seconds that the tries of one read may wait in all."""

LARGEST = 64 * 1024 * 1024
"""Bytes of a file that is downloaded; reading stops there."""

BURST = 5
"""Writes that go at once; then one a second, as GitHub asks (secondary limits)."""

CONNECTION = "_Requester__connectionClass"  # PyGithub has no public way to keep it from following a 301


class Still:
    """A connection that reports a redirect instead of handing it to PyGithub, which would follow it."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def getresponse(self) -> Any:
        response = self._connection.getresponse()
        if 300 <= response.status < 400:
            raise Moved(
                f"GitHub answered {response.status}: this issue or repository lives elsewhere now.",
                response.status,
                dict(response.getheaders()).get("Location", ""),
            )
        return response


class Road:
    """One PyGithub client that neither retries, nor waits, nor follows."""

    def __init__(self, github: "Github", graphql_url: str) -> None:
        self._requester: Requester = github.requester
        self.graphql_url = graphql_url
        connection = getattr(self._requester, CONNECTION)
        setattr(self._requester, CONNECTION, lambda *args, **kwargs: Still(connection(*args, **kwargs)))

    def ask(self, verb: str, url: str, body: object = None) -> Reply:
        """Send one request, once. Raises Moved, OSError (which requests' own errors are) or HTTPException."""
        return Reply(*self._requester.requestJson(verb, url, input=body))

    def close(self) -> None:
        self._requester.close()


class Reads:
    """Everything that is asked. `count` is the number of requests sent, `told_at` when GitHub gave the last answer
    by its own clock (UTC, to the second); None before there was one, or where an answer does not say. `scopes` are
    those of a classic token; None for any other, which GitHub tells none of.
    """

    def __init__(self, road: Road, pause: Pause, fetch: "Fetch") -> None:
        self._road = road
        self._pause = pause
        self._fetch = fetch
        self.count = 0
        self.told_at: datetime | None = None
        self.scopes: frozenset[str] | None = None

    def download(self, path: str) -> bytes:
        """A file that GitHub keeps elsewhere and redirects to; it is fetched from there without the token.

        Raises NotReadable, also when it is larger than LARGEST, and the kinds of `refusal_of_read`.
        """
        try:
            self._once("GET", path)
        except Moved as elsewhere:
            self.count += 1
            return self._fetch(elsewhere.location)
        raise NotReadable(f"GitHub did not say where the file of {path} is.")

    def graphql(self, document: str, variables: Mapping[str, object], *, halvable: bool = False) -> Answer:
        """Ask a GraphQL document. `halvable`: the caller rather asks for less than for the same again.

        Raises TooMuch and the kinds of `answer` and `refusal_of_read`.
        """

        def ask() -> Answer:
            body = {"query": document, "variables": dict(variables)}
            reply = self._once("POST", self._road.graphql_url, body)
            return answer(decoded(reply), wait_of(reply))

        return self._patiently(ask, halvable=halvable)

    def get(self, path: str) -> Any:
        """Ask a REST address. Raises the kinds of `refusal_of_read`."""
        return self._patiently(lambda: decoded(self._once("GET", path)), halvable=False)

    def _once(self, verb: str, url: str, body: object = None) -> Reply:
        self.count += 1
        try:
            reply = self._road.ask(verb, url, body)
        except Moved:
            raise
        except (OSError, HTTPException) as cause:
            raise NotReadable(f"GitHub could not be reached ({type(cause).__name__}).") from cause
        if reply.status >= 300:
            raise refusal_of_read(reply, verb, url)
        self.told_at, self.scopes = date_of(reply), scopes_of(reply)
        return reply

    def _patiently(self, ask: Callable[[], T], *, halvable: bool) -> T:
        left = PATIENCE
        for backoff in BACKOFF:
            try:
                return ask()
            except (NotReadable, RateLimited) as problem:
                wait = max(backoff, getattr(problem, "retry_after", 0.0))
                if halvable and isinstance(problem, TooMuch):
                    self._pause(backoff)
                    raise
                if wait > left or not worth_another_try(problem):
                    raise
            self._pause(wait)
            left -= wait
        return ask()


class Writes:
    """Everything that is sent, each once. `count` is the number of requests sent."""

    def __init__(self, road: Road, pause: Pause) -> None:
        self._road = road
        self._pause = pause
        self.count = 0

    def send(self, verb: str, url: str, body: object = None) -> Reply:
        """Send one write, once. Raises UnknownOutcome and the kinds of `refusal_of_write`."""
        if self.count >= BURST:
            self._pause(1.0)
        self.count += 1
        try:
            reply = self._road.ask(verb, url, body)
        except Moved:
            raise
        except (OSError, HTTPException) as cause:
            raise UnknownOutcome(f"{verb} {url} was not answered ({type(cause).__name__}).") from cause
        if reply.status >= 300:
            raise refusal_of_write(reply, verb, url)
        return reply

    def mutate(self, document: str, variables: Mapping[str, object]) -> None:
        """Send one GraphQL mutation, once. Raises Refused, RateLimited, Forbidden or UnknownOutcome."""
        reply = self.send("POST", self._road.graphql_url, {"query": document, "variables": dict(variables)})
        try:
            errors = errors_of(reply.json())
        except ValueError:
            raise UnknownOutcome("A mutation was answered with something else than JSON.") from None
        if errors:
            raise refusal_of_mutation(errors[0], wait_of(reply))


Fetch = Callable[[str], bytes]


def fetched(address: str) -> bytes:
    """A file from any address, without credentials. Raises NotReadable."""
    import requests  # noqa: PLC0415 # only a proof is fetched this way
    from urllib3.exceptions import HTTPError  # noqa: PLC0415 # as above; requests lets it through from `raw`

    try:
        with requests.get(address, timeout=30, stream=True) as response:
            response.raise_for_status()
            content = response.raw.read(LARGEST + 1, decode_content=True)
    except (OSError, ValueError, HTTPError) as cause:
        raise NotReadable(f"A file could not be fetched ({type(cause).__name__}).") from cause
    if len(content) > LARGEST:
        raise NotReadable(f"A file is larger than {LARGEST // 1024 // 1024} MiB.")
    return bytes(content)


@dataclass(frozen=True, slots=True)
class Client:
    """The two roads, which share nothing but the token."""

    reads: Reads
    writes: Writes
    roads: tuple[Road, Road]

    def close(self) -> None:
        for road in self.roads:
            road.close()


def connect(
    token: str, api_url: str, *, timeout: int = 15, pause: Pause = time.sleep, fetch: Fetch = fetched
) -> Client:
    """Two PyGithub clients for one token. `timeout` is in seconds; nothing is sent yet.

    Raises UsageProblem when the token is empty or the address is no http(s) URL.
    """
    token = token.strip()
    if not token:
        raise UsageProblem("There is no token: set GITHUB_TOKEN.")
    if not token.isascii() or not token.isprintable() or " " in token:
        raise UsageProblem("GITHUB_TOKEN holds characters that no token has.")
    graphql = graphql_url(api_url)
    reads, writes = (Road(_github(token, api_url, timeout), graphql) for _ in range(2))
    return Client(Reads(reads, pause, fetch), Writes(writes, pause), (reads, writes))


def _github(token: str, api_url: str, timeout: int) -> "Github":
    from github import Auth, Github  # noqa: PLC0415 # costs more than everything else in start-up

    return Github(
        auth=Auth.Token(token),
        base_url=api_url.rstrip("/"),
        timeout=timeout,
        user_agent="stanch",
        retry=None,
        seconds_between_requests=0,
        seconds_between_writes=0,
        api_version="2022-11-28",
    )


def graphql_url(api_url: str) -> str:
    """Where GraphQL is asked, from where REST is: GitHub Enterprise Server has it beside `/api/v3`.

    Raises UsageProblem when `api_url` is no plain http(s) URL.
    """
    wrong = UsageProblem("GITHUB_API_URL must be an address like https://api.github.com.")
    try:
        parts = urlsplit(api_url)
        plain = parts.hostname and parts.port != 0 and not parts.username and not parts.query
    except ValueError:
        raise wrong from None
    if parts.scheme not in {"http", "https"} or not plain:
        raise wrong
    return parts._replace(path=parts.path.rstrip("/").removesuffix("/v3") + "/graphql", fragment="").geturl()


def worth_another_try(problem: GitHubError) -> bool:
    """Whether the same read may be answered next time. 501 is the embedded GitHub's word for "never"."""
    if isinstance(problem, RateLimited | TooMuch):
        return True
    return problem.status == 0 or (problem.status >= 500 and problem.status != 501)
