"""What is followed of a post-mortem: each action item under a number that it keeps, whatever happens to its words."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Ending(StrEnum):
    """How an item ended. Gone: somebody took it out of the text."""

    DONE = "done"
    DROPPED = "dropped"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Ended:
    """How, when (UTC) and, where it is known, by whom and why."""

    how: Ending
    at: datetime
    by: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Deferral:
    """A due date that was moved later, by a command (`why`) or in the text. `at` is UTC."""

    at: datetime
    before: date
    after: date
    why: str = ""


@dataclass(frozen=True, slots=True)
class Followed:
    """One action item under its number, which no other item of the post-mortem ever gets.

    `owners` and `due` are what holds now: the text's, or a later command's. `since` is when it was first seen (UTC).
    `line` is 0 once it is no longer in the text.
    """

    number: int
    text: str
    owners: tuple[str, ...]
    due: date | None
    since: datetime
    deferrals: tuple[Deferral, ...] = ()
    ended: Ended | None = None
    line: int = 0

    @property
    def open(self) -> bool:
        return self.ended is None
