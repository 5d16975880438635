"""A round over many threads: which are still to be read, how many at once, and what is left out."""

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from stanch.adapters import decode_repository
from stanch.adapters.answer import Answer, TooMuch
from stanch.core.errors import GitHubError, NotReadable
from stanch.core.thread import Repository, Thread

PAGE = 50
"""Threads asked at once; halved whenever GitHub gives up on a page."""

Unread = Callable[[int, GitHubError], None]
"""Is told the number of a thread that cannot be read, and why."""

Linked = Callable[[Repository, Thread], Iterable[int]]
"""Says which issues and pull requests decide something about a thread, from its own text and labels alone."""

GROWTH = 5
"""Threads by which a halved page grows again with each answer, so that one bad minute costs few reads."""


@dataclass(frozen=True, slots=True)
class Watch:
    """Which issues a sweep looks at: those with one label, in these states (`OPEN`, `CLOSED`),
    and, if `since` is given (UTC), only those updated then or later. An empty label: whatever they bear.
    """

    label: str
    states: tuple[str, ...] = ("OPEN",)
    since: datetime | None = None


@dataclass(slots=True)
class Round:
    """Where a sweep stands: numbers still to be read, labels with further numbers, threads to ask at once."""

    watches: dict[Watch, str | None]
    waiting: deque[int] = field(default_factory=deque)
    seen: set[int] = field(default_factory=set)
    page: int = PAGE

    @property
    def unfinished(self) -> bool:
        return bool(self.waiting or self.watches)

    def note(self, answer: Answer) -> None:
        """Take in the index pages of an answer that asked for all `watches`."""
        for i, watch in enumerate(tuple(self.watches)):
            found = decode_repository.index(answer.repository[f"i{i}"])
            fresh = dict.fromkeys(number for number in found.numbers if number not in self.seen)
            self.seen.update(fresh)
            self.waiting.extend(fresh)
            if found.after is None:
                del self.watches[watch]
            else:
                self.watches[watch] = found.after


@dataclass(frozen=True, slots=True)
class Ahead:
    """What was asked for a whole page of a sweep, and what was found: not everything that is linked exists."""

    asked: frozenset[int] = frozenset()
    found: Mapping[int, datetime | None] = field(default_factory=dict)


def go_on(progress: Round, numbers: Sequence[int], problem: NotReadable, unread: Unread | None) -> None:
    """After a page that GitHub gave up on or answered with an error: ask for half of it, then leave one thread out.

    Raises `problem` when the failure is not about what was asked, or when nobody wants to know.
    """
    answered = isinstance(problem, TooMuch) or (problem.status == 200 and unread is not None)
    if not answered or (progress.page == 1 and (unread is None or not numbers)):
        raise problem
    if progress.page > 1:
        progress.page = max(1, min(progress.page, len(numbers)) // 2)
    elif unread is not None:
        unread(progress.waiting.popleft(), problem)


def numbered(numbers: Sequence[int]) -> dict[str, object]:
    return {f"n{i}": number for i, number in enumerate(numbers)}


def index_variables(progress: Round) -> dict[str, object]:
    """The variables of the index pages of `documents.threads`."""
    variables: dict[str, object] = {}
    for i, (watch, cursor) in enumerate(progress.watches.items()):
        since = watch.since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if watch.since else None
        labels = [watch.label] if watch.label else None
        variables |= {f"l{i}": labels, f"s{i}": list(watch.states), f"u{i}": since, f"c{i}": cursor}
    return variables
