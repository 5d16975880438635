"""A GraphQL answer: its values, each of which knows its path, and its errors, told apart by type and path.

GitHub answers 200 with `errors` beside partial data. Such an answer is a failed read, with two exceptions:
a thread that is not there, and the other end of a cross-reference that may not be seen.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from stanch.core.errors import Forbidden, NotReadable, RateLimited

Path = tuple[str | int, ...]

TOO_MUCH = {"RESOURCE_LIMITS_EXCEEDED", "MAX_NODE_LIMIT_EXCEEDED", "TIMEOUT"}
TOO_MUCH_WORDS = re.compile(r"timeout|timed out|resource limit|something went wrong while executing", re.I)
LIMITED = {"RATE_LIMITED", "RATE_LIMIT"}
LIMITED_WORDS = re.compile(r"\brate limit|abuse detection", re.I)
BIG_INT = re.compile("[0-9]{1,20}")
FORBIDDEN = {"FORBIDDEN", "INSUFFICIENT_SCOPES"}

UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


class TooMuch(NotReadable):
    """GitHub gave up on a document (resource limits, a timeout, 502 or 504): ask for less at once."""


def clean(text: str) -> str:
    """Text as a person meant it: line ends are LF, control characters but LF and TAB are gone."""
    return UNREADABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


class At:
    """One value of an answer and the path to it, which NotReadable names when the value is of no use."""

    __slots__ = ("path", "value")

    def __init__(self, value: object, path: Path) -> None:
        self.value = value
        self.path = path

    def __getitem__(self, key: str) -> "At":
        if not isinstance(self.value, dict) or key not in self.value:
            raise At(None, (*self.path, key)).unexpected("it")
        return At(self.value[key], (*self.path, key))

    def __contains__(self, key: str) -> bool:
        return isinstance(self.value, dict) and key in self.value

    @property
    def null(self) -> bool:
        return self.value is None

    def unexpected(self, wanted: str) -> NotReadable:
        """The error that names this place."""
        return NotReadable(f"GitHub's answer lacks {wanted} at {'.'.join(map(str, self.path))}")

    def each(self) -> Iterator["At"]:
        if not isinstance(self.value, list):
            raise self.unexpected("a list")
        return (At(value, (*self.path, index)) for index, value in enumerate(self.value))

    def text(self) -> str:
        if not isinstance(self.value, str):
            raise self.unexpected("a text")
        return self.value

    def flag(self) -> bool:
        if not isinstance(self.value, bool):
            raise self.unexpected("true or false")
        return self.value

    def whole(self) -> int:
        """A whole number; GraphQL's BigInt comes as digits in a string."""
        if isinstance(self.value, str) and BIG_INT.fullmatch(self.value):
            return int(self.value)
        if not isinstance(self.value, int) or isinstance(self.value, bool):
            raise self.unexpected("a whole number")
        return self.value

    def instant(self) -> datetime:
        """An instant in UTC."""
        try:
            at = datetime.fromisoformat(self.text())
        except ValueError:
            raise self.unexpected("an instant") from None
        if at.tzinfo != UTC:
            raise self.unexpected("an instant in UTC")
        return at


@dataclass(frozen=True, slots=True)
class Answer:
    """The repository of an answer. `missing` are the paths that GitHub says do not exist;
    `hidden` are the timeline nodes whose cross-reference leads where this token may not look.
    """

    repository: At
    missing: frozenset[Path] = frozenset()
    hidden: frozenset[Path] = frozenset()


def answer(payload: object, retry_after: float = 60.0) -> Answer:
    """Judge a decoded GraphQL answer. `retry_after` (seconds) is what the headers said.

    Raises RateLimited, TooMuch, Forbidden or NotReadable (also when the repository is not there).
    """
    missing, hidden = set(), set()
    for error in errors_of(payload):
        check_limits(error, retry_after)
        path = path_of(error)
        if node := hidden_node(path):
            hidden.add(node)
        elif error.get("type") == "NOT_FOUND" and len(path) == 2:
            missing.add(path)
        else:
            raise failure(error)
    data = At(payload, ())["data"]
    return Answer(At(data.value, ())["repository"], frozenset(missing), frozenset(hidden))


def errors_of(payload: object) -> list[Mapping[str, Any]]:
    """The errors of a payload, in order; an entry that is no object counts as an error without words."""
    entries = payload.get("errors") if isinstance(payload, dict) else None
    if not entries:
        return []
    listed = entries if isinstance(entries, list) else [entries]
    return [entry if isinstance(entry, dict) else {} for entry in listed]


def check_limits(error: Mapping[str, Any], retry_after: float) -> None:
    """Raise RateLimited or TooMuch when the error says so: by its type or, without one, by its words."""
    kind, words = str(error.get("type", "")), words_of(error)
    if kind in LIMITED or (not kind and LIMITED_WORDS.search(words)):
        raise RateLimited(f"GitHub asks to wait: {words}", 200, retry_after)
    if kind in TOO_MUCH or (not kind and TOO_MUCH_WORDS.search(words)):
        raise TooMuch(f"GitHub gave up on a large read: {words}", 200)


def failure(error: Mapping[str, Any]) -> Forbidden | NotReadable:
    """What a read that GitHub answered with this error has become."""
    where, words = ".".join(map(str, path_of(error))) or "the document", words_of(error)
    if str(error.get("type")) in FORBIDDEN:
        return Forbidden(f"The token may not read {where}: {words}. Give the job this permission.", 403)
    return NotReadable(f"GitHub could not read {where}: {words}", 200)


def words_of(error: Mapping[str, Any]) -> str:
    """GitHub's own words, on one line and short enough for a log."""
    return " ".join(str(error.get("message") or "no reason given").split())[:300]


def path_of(error: Mapping[str, Any]) -> Path:
    path = error.get("path")
    return tuple(step for step in path if isinstance(step, str | int)) if isinstance(path, list) else ()


def hidden_node(path: Path) -> Path | None:
    """The timeline node of an error that runs through a cross-reference's source, else None."""
    for end in range(3, len(path)):
        if path[end] == "source" and path[end - 3 : end - 1] == ("timelineItems", "nodes"):
            return path[:end]
    return None
