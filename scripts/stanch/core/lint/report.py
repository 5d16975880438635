"""One document as the linter reads it, once for all rules."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from stanch.core.actions import Reading, Written, read_in
from stanch.core.lint.blanks import is_blank
from stanch.core.lint.languages import is_known
from stanch.core.lint.prose import Prose, shown_lines
from stanch.core.lint.sharing import Sharing, is_sharing, sharing
from stanch.core.lint.topics import Part, Topic, is_foreign, parts
from stanch.core.outline import sections
from stanch.core.severity import Severity, severity_in_choice
from stanch.core.structure import document

SURE = 0.5
"""From this confidence on a thing counts as an action item."""


FEW_HEADINGS = 3
"""With the title; fewer that name no topic say nothing of the language."""


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a document beside its text.

    `sev_1` says whether its incident ever was one, None to go by the text. `people` are the team's logins. `short`
    asks for the short form only.
    """

    today: date
    sev_1: bool | None = None
    short: bool = False
    people: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Report:
    """`lines` are as written, `shown` the same without what stands in code, quotes, HTML and front matter.

    `items` are the action items; those that are still to be filled in are `unfilled`.
    """

    lines: tuple[str, ...]
    shown: tuple[str, ...]
    parts: tuple[Part, ...]
    items: tuple[Written, ...]
    unfilled: tuple[Written, ...]
    about: About

    @cached_property
    def prose(self) -> Prose:
        """What it says in its own words."""
        return Prose(self.shown)

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of its prose: where none of a dear pattern's stands, nobody has to search for it."""
        return self.prose.words()

    @cached_property
    def sharing(self) -> Sharing:
        """Whether clients were given it."""
        return sharing(self.shown)

    @cached_property
    def sev_1(self) -> bool:
        """Whether its incident was a SEV-1, by what is known, else by what it says itself."""
        return self.about.sev_1 if self.about.sev_1 is not None else _said_to_be_sev_1(self.shown)

    @cached_property
    def readable(self) -> bool:
        """Whether its headings are in a language that is known: some of them name nothing, and the words are others."""
        unknown = sum(not part.topics for part in self.parts if part.line in self.headings)
        return unknown < FEW_HEADINGS or is_known(self.shown)

    @cached_property
    def foreign(self) -> bool:
        """Whether its sections have their names from another language than English."""
        return any(is_foreign(part.title) for part in self.parts)

    @cached_property
    def headings(self) -> frozenset[int]:
        """The lines that only name what stands below them."""
        return frozenset(part.line for part in self.parts if part.first > part.line)

    def of(self, topic: Topic) -> tuple[Part, ...]:
        """The parts that are about a topic."""
        return tuple(part for part in self.parts if topic in part.topics)

    def below(self, part: Part) -> tuple[tuple[int, str], ...]:
        """The lines of a part as written, with their numbers; without blank ones and without its heading."""
        numbered = enumerate(self.lines[part.first - 1 : part.last], start=part.first)
        return tuple((number, line) for number, line in numbered if line.strip())


def report_of(body: str, how: Reading, about: About) -> Report:
    """A document with its action items, parsed once. Endings of lines do not matter."""
    parsed = document(body)
    shown = shown_lines(parsed.lines, parsed.blocks)
    written = [one for one in read_in(parsed, how) if _counts(one, parsed.lines)]
    unfilled = {one.line for one in written if _is_unfilled(one)}
    return Report(
        lines=parsed.lines,
        shown=shown,
        parts=parts(sections(parsed), shown),
        items=tuple(one for one in written if one.line not in unfilled),
        unfilled=tuple(one for one in written if one.line in unfilled),
        about=about,
    )


def _counts(item: Written, lines: Sequence[str]) -> bool:
    return item.confidence >= SURE and not is_sharing(lines[item.line - 1])


_ITALIC = re.compile(r"_[^_]+_|\*[^*]+\*|")


def _is_unfilled(item: Written) -> bool:
    """Whether an item is the template's: words that ask for others, or all in italics with nobody's name."""
    if item.done:
        return False
    return is_blank(item.text) or (not item.owners and item.due is None and bool(_ITALIC.fullmatch(item.text.strip())))


_SEVERITY = re.compile(
    r"[ \t>|]*(?:[-*+•][ \t]+)?[*_]{0,3}(?:(?:incident )?severity|sev)(?: level)?[*_]{0,3}[ \t]*[:|][*_]{0,3}"
    r"[ \t|]*[*_`]{0,3}(.{1,60})",
    re.IGNORECASE,
)
_ALONE = re.compile(r"[ \t>|]*(?:[-*+•][ \t]+)?[*_`]{0,3}sev(?:erity)?[ _-]?1[*_`]{0,3}[ \t.|]*", re.IGNORECASE)
_FIRST = re.compile(r"(?:sev(?:erity)?|s|p)?[ _-]?1(?![\w/%]|[.,-]\w| (?:of|out)\b)", re.IGNORECASE)
"""A SEV-1 by another name, such as `1`, `P1` or `S1`; a fraction and a version are none."""


def _said_to_be_sev_1(shown: Iterable[str]) -> bool:
    return any(_names_sev_1(line[:200]) for line in shown)


def _names_sev_1(line: str) -> bool:
    found = _SEVERITY.match(line)
    if found:
        return severity_in_choice(found[1]) is Severity.SEV_1 or bool(_FIRST.match(found[1]))
    return bool(_ALONE.fullmatch(line))
