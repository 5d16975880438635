"""Everything that one look at the runbooks may know: the pages, the config, the day, and what links lead to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from stanch.core.config import Config
from stanch.core.config_problems import Problem, Source
from stanch.core.runbooks.links import Link, links
from stanch.core.runbooks.model import Kind, Runbook, Section, Shelf
from stanch.core.runbooks.placeholders import holds_placeholder
from stanch.core.runbooks.sheet import Fence, Sheet, anchors


@dataclass(frozen=True)
class Leaf:
    """A runbook, or a page of the handbook, with the page that it was read from."""

    runbook: Runbook
    sheet: Sheet
    problems: tuple[Problem, ...] = ()

    @property
    def path(self) -> str:
        """The file's path from the repository's top."""
        return self.runbook.path

    def fences(self, section: Section) -> tuple[Fence, ...]:
        """The fences of one of its sections."""
        return self.sheet.within(section.first, section.last)

    def written(self, key: str) -> bool:
        """Whether the front matter has a key, whatever stands behind it."""
        return (key,) in self.runbook.places

    def unfilled(self, key: str) -> bool:
        """Whether a placeholder stands behind a key of the front matter."""
        lines = {place.line for path, place in self.runbook.places.items() if path[:1] == (key,)}
        return any(holds_placeholder(self.sheet.lines[line - 1]) for line in lines)

    def wrong(self, key: str) -> bool:
        """Whether what stands behind a key could not be read, which is told of by itself."""
        return any(problem.message.startswith(key) for problem in self.problems)


@dataclass(frozen=True)
class Library:
    """`today` is the team's day. `used` says when a runbook last worked, by its name, where that is known.

    `there` are the files beside the pages that links lead to and that exist, with the anchors of those that are
    Markdown; None where nobody looked. `source` says where the config's values stand.
    """

    shelf: Shelf
    config: Config
    today: date
    used: Mapping[str, date] = field(default_factory=dict)
    there: Mapping[str, frozenset[str]] | None = None
    source: Source = field(default_factory=Source)

    @cached_property
    def sheets(self) -> Mapping[str, Sheet]:
        """Every page that can be read, by its path: runbooks, the handbook, and what is neither."""
        return {page.path: page.sheet for page in self.shelf.pages if page.sheet is not None}

    @cached_property
    def unreadable(self) -> frozenset[str]:
        """The pages that cannot be read."""
        return frozenset(page.path for page in self.shelf.pages if page.sheet is None)

    @cached_property
    def runbooks(self) -> tuple[Leaf, ...]:
        """The runbooks."""
        return tuple(self._leaves(Kind.RUNBOOK))

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """The runbooks and the handbook."""
        return (*self.runbooks, *self._leaves(Kind.HANDBOOK))

    @cached_property
    def links(self) -> Mapping[str, tuple[Link, ...]]:
        """The relative links of every page, by its path."""
        return {path: tuple(links(sheet)) for path, sheet in self.sheets.items()}

    @cached_property
    def anchors(self) -> Mapping[str, frozenset[str]]:
        """The anchors of every page that is known, by its path."""
        own = {path: frozenset(anchors(sheet)) for path, sheet in self.sheets.items()}
        return {**(self.there or {}), **own}

    def elsewhere(self) -> Mapping[str, bool]:
        """The paths that links lead to and that are none of the pages: whether these exist has to be looked up.

        True for those of which the anchors are asked too.
        """
        pages, asked = {page.path for page in self.shelf.pages}, dict[str, bool]()
        for link in (link for of_page in self.links.values() for link in of_page if not link.outside):
            if link.path not in pages:
                asked[link.path] = asked.get(link.path, False) or bool(link.anchor)
        return asked

    def reviewed(self, runbook: Runbook) -> date | None:
        """When it was last known to be right: at its review, or at its last use that worked."""
        days = (runbook.last_reviewed, self.used.get(runbook.name))
        return max((day for day in days if day is not None), default=None)

    def _leaves(self, kind: Kind) -> Iterator[Leaf]:
        for page in self.shelf.pages:
            if page.runbook is not None and page.runbook.kind is kind and page.sheet is not None:
                yield Leaf(page.runbook, page.sheet, page.problems)
