"""A runbook, or a page of the handbook, as a value: what its front matter promises and what its sections say."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from stanch.core.config_problems import Path, Place, Problem
from stanch.core.runbooks.sheet import Sheet
from stanch.core.severity import Severity, same_name

FOLDER = "runbooks"

SECTIONS = ("Symptoms", "First look", "Diagnose", "Mitigate", "Verify", "Escalate", "Roll back")
"""The sections of a runbook, in the order in which somebody who was just woken up needs them."""


class Kind(StrEnum):
    """A runbook is for one kind of failure; the handbook says how the team works."""

    RUNBOOK = "runbook"
    HANDBOOK = "handbook"


@dataclass(frozen=True, slots=True)
class Section:
    """What stands below a `##` heading, as far as the next one. Lines count from 1, `line` is the heading's.

    `last` is before `first` when nothing stands below it.
    """

    title: str
    line: int
    first: int
    last: int
    text: str


@dataclass(frozen=True)
class Runbook:
    """`name` is the file's stem, by which people speak of it; `path` starts at the repository's top.

    What nobody has filled in yet is absent: placeholders stand in none of the fields but `symptoms`, `title`,
    `sections` and `text`. `text` is the whole file, its lines ended by LF; `places` says where each value of the
    front matter stands; of a key, where its name does.
    """

    path: str
    name: str
    title: str = ""
    services: tuple[str, ...] = ()
    symptoms: tuple[str, ...] = ()
    alerts: tuple[str, ...] = ()
    severity: Severity | None = None
    owner: str | None = None
    last_reviewed: date | None = None
    review_every: timedelta | None = None
    sections: tuple[Section, ...] = ()
    text: str = ""
    kind: Kind = Kind.RUNBOOK
    places: Mapping[Path, Place] = field(default_factory=dict, compare=False, repr=False)

    def section(self, title: str) -> Section | None:
        """The first section of this name, however it is spelt."""
        return next((one for one in self.sections if same_name(one.title) == same_name(title)), None)

    def place(self, *path: str | int) -> Place:
        """Where a value of the front matter stands; the file's first line where it is not written."""
        return self.places.get(path, Place())

    def stale_since(self, reviewed: date | None) -> date | None:
        """The day from which its review is overdue, None where it has no rhythm. `reviewed` is the last look at it."""
        return None if self.review_every is None or reviewed is None else reviewed + self.review_every


@dataclass(frozen=True, slots=True)
class Page:
    """A file of the folder as it was read. A file without front matter is no runbook: `runbook` is None.

    A runbook with problems keeps what is right of it: a slip in its front matter never hides it from an incident.
    `sheet` is None for what cannot be read at all.
    """

    path: str
    runbook: Runbook | None = None
    problems: tuple[Problem, ...] = ()
    sheet: Sheet | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Shelf:
    """Every page of the folder, in the order of their paths."""

    pages: tuple[Page, ...] = ()

    @cached_property
    def runbooks(self) -> tuple[Runbook, ...]:
        """The runbooks; of two that share a name, the first."""
        named: dict[str, Runbook] = {}
        for one in self._of(Kind.RUNBOOK):
            named.setdefault(one.name, one)
        return tuple(named.values())

    @cached_property
    def handbook(self) -> tuple[Runbook, ...]:
        """The handbook's pages."""
        return tuple(self._of(Kind.HANDBOOK))

    @cached_property
    def plain(self) -> tuple[str, ...]:
        """The paths of what is neither, for want of front matter, and could be read."""
        return tuple(page.path for page in self.pages if page.runbook is None and not page.problems)

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the pages' front matter, and with names that two of them share."""
        return (*(problem for page in self.pages for problem in page.problems), *self._doubled())

    def named(self, name: str) -> Runbook | None:
        """The runbook of this name, however it is spelt."""
        return next((one for one in self.runbooks if same_name(one.name) == same_name(name)), None)

    def _of(self, kind: Kind) -> Iterator[Runbook]:
        return (page.runbook for page in self.pages if page.runbook is not None and page.runbook.kind is kind)

    def _doubled(self) -> Iterator[Problem]:
        named: dict[str, Runbook] = {}
        for one in self._of(Kind.RUNBOOK):
            first = named.setdefault(one.name, one)
            if first is not one:
                yield Problem(one.path, Place(), f"{first.path} has the same name; rename one of the two files")


def shelf_of(pages: Iterable[Page]) -> Shelf:
    """The pages in their order."""
    return Shelf(tuple(sorted(pages, key=lambda page: page.path)))
