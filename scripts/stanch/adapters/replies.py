"""One HTTP answer, and what it means for a read and for a write: the kinds of `core.errors`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from json import loads
from typing import Any

from stanch.adapters.answer import LIMITED_WORDS, TooMuch, check_limits, words_of
from stanch.core.errors import (
    Forbidden,
    GitHubError,
    NoSuchThread,
    NotReadable,
    RateLimited,
    Refused,
    UnknownOutcome,
)

NO_HINT = 60.0
"""Seconds to wait for a limit that names none: GitHub's documentation asks for at least a minute."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An HTTP answer below 300, or one that is still to be judged. Header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    text: str

    def json(self) -> Any:
        """The decoded body, None when it is empty. Raises ValueError."""
        return loads(self.text) if self.text else None

    def message(self) -> str:
        """GitHub's own words, on one line and short enough for a log."""
        try:
            body = self.json()
        except (ValueError, RecursionError):
            body = None
        return words_of(body if isinstance(body, dict) else {})


def date_of(reply: Reply) -> datetime | None:
    """When GitHub answered, by its own clock (UTC); None where the header is missing or says no such thing."""
    try:
        at = parsedate_to_datetime(reply.headers["date"])
        return at.astimezone(UTC) if at.tzinfo else None
    except (KeyError, ValueError, OverflowError):
        return None


def scopes_of(reply: Reply) -> frozenset[str] | None:
    """What a classic token may do at all; None where the answer is to a token of another kind."""
    told = reply.headers.get("x-oauth-scopes")
    return None if told is None else frozenset(scope.strip() for scope in told.split(",") if scope.strip())


def decoded(reply: Reply) -> Any:
    try:
        return reply.json()
    except (ValueError, RecursionError):
        raise NotReadable("GitHub answered a read with something else than JSON.") from None


def refusal_of_read(reply: Reply, verb: str, url: str) -> GitHubError:
    """What an HTTP answer of 300 or above to a read means."""
    status, said = reply.status, f"GitHub answered {reply.status} to {verb} {url}: {reply.message()}"
    if is_limit(reply):
        return RateLimited(said, status, wait_of(reply))
    if status in {401, 403}:
        return Forbidden(said, status)
    if status in {404, 410} and verb == "GET":
        return NoSuchThread(said, status)
    if status in {502, 504} and verb == "POST":
        return TooMuch(said, status)
    return NotReadable(said, status)


def refusal_of_write(reply: Reply, verb: str, url: str) -> GitHubError:
    """What an HTTP answer of 300 or above to a write means.

    412 and 408 do not say that nothing was applied (cli/cli#7167: a 412 that had changed the text).
    """
    status, said = reply.status, f"GitHub answered {reply.status} to {verb} {url}: {reply.message()}"
    if is_limit(reply):
        return RateLimited(said, status, wait_of(reply))
    if status in {401, 403}:
        return Forbidden(said, status)
    if status >= 500 or status in {408, 412}:
        return UnknownOutcome(said, status)
    return Refused(said, status)


def refusal_of_mutation(error: Mapping[str, Any], retry_after: float) -> GitHubError:
    """What an error of a mutation means; one that GitHub gives no type for may have been applied."""
    said, kind = f"GitHub refused a mutation: {words_of(error)}", error.get("type")
    try:
        check_limits(error, retry_after)
    except RateLimited as limit:
        return limit
    except TooMuch:
        return UnknownOutcome(said, 200)
    if kind == "FORBIDDEN":
        return Forbidden(said, 403)
    return Refused(said, 200) if kind else UnknownOutcome(said, 200)


def is_limit(reply: Reply) -> bool:
    """Whether a 403 or 429 is about too many requests; a 403 may also be a missing permission."""
    if reply.status == 429:
        return True
    spent = reply.headers.get("x-ratelimit-remaining") == "0" or "retry-after" in reply.headers
    return reply.status == 403 and (spent or bool(LIMITED_WORDS.search(reply.message())))


def wait_of(reply: Reply) -> float:
    """Seconds to wait, by Retry-After, else until the limit's reset by GitHub's own clock, else a minute."""
    hint = reply.headers.get("retry-after", "")
    if _counts(hint):
        return float(hint)
    reset = reply.headers.get("x-ratelimit-reset", "")
    if reply.headers.get("x-ratelimit-remaining") != "0" or not _counts(reset):
        return NO_HINT
    try:
        now = parsedate_to_datetime(reply.headers.get("date", "")).timestamp()
    except ValueError:
        return NO_HINT
    return max(float(reset) - now, 1.0)


def _counts(text: str) -> bool:
    """Whether this is a number of seconds; `²` is a digit too, but no number."""
    return text.isascii() and text.isdecimal()
