"""How the workflows on an incident's commits ended: what was asked, what came of it, and what of it is told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

MOST_COMMITS = 20
"""Commits that are asked; one read brings them all."""

SUITES = 10
"""Check suites that are read of a commit, the first ones: what its push set off comes before what a timer did."""

MOST_LINES = 20
"""Runs that a timeline shows."""

OURS = "stanch"
"""How the names of Stanch's own workflows, and of their files, begin."""


class End(StrEnum):
    """How a run ended, by the word that is shown."""

    FAILED = "failed"
    TIMED_OUT = "timed out"
    CANCELLED = "was cancelled"
    SUCCEEDED = "succeeded"


RANK = {End.FAILED: 0, End.TIMED_OUT: 0, End.CANCELLED: 1, End.SUCCEEDED: 2}
"""Which are shown first where not all can be."""


class State(StrEnum):
    """What is known of the runs as a whole: the names that the templates know."""

    NOT_ASKED = "not asked"
    UNREAD = "unread"
    PARTLY = "partly"
    READ = "read"


@dataclass(frozen=True, slots=True)
class EndedRun:
    """One workflow run that has ended, at `at` (UTC). `path` is the workflow's file, empty where GitHub names none."""

    name: str
    path: str
    event: str
    end: End
    at: datetime
    url: str
    sha: str

    @property
    def ours(self) -> bool:
        """Whether it is one of Stanch's own, which tell nothing of the system."""
        return any(name.lower().startswith(OURS) for name in (self.name.strip(), self.path.rpartition("/")[2]))


@dataclass(frozen=True, slots=True)
class Runs:
    """What came of asking `asked` commits.

    Of `unread` of them no answer could be had, of `more` only the first check suites; `unasked` are those that were
    too many to ask.
    """

    found: tuple[EndedRun, ...] = ()
    asked: int = 0
    unread: int = 0
    more: int = 0
    unasked: int = 0

    @property
    def state(self) -> State:
        if not self.unread:
            return State.READ
        return State.UNREAD if self.unread >= self.asked else State.PARTLY


def ended_within(runs: Runs | None, since: datetime, until: datetime | None) -> tuple[EndedRun, ...]:
    """The runs between two instants (None: until now) that are none of Stanch's own, oldest first."""
    found: Iterable[EndedRun] = runs.found if runs else ()
    within = [one for one in found if since <= one.at and (until is None or one.at <= until) and not one.ours]
    return tuple(sorted(within, key=lambda one: (one.at, one.name, one.url)))


def fitting(runs: tuple[EndedRun, ...]) -> tuple[EndedRun, ...]:
    """Those that are shown, oldest first: where they are too many, failures before successes and new before old."""
    newest_first = runs[::-1]
    chosen = sorted(newest_first, key=lambda one: RANK[one.end])[:MOST_LINES]
    return tuple(one for one in runs if one in chosen)
