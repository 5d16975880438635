"""The sections of a document: its headings, in whatever way they are written, and the lines below each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from stanch.core.structure import Block, Document, Kind, document


class Heading(StrEnum):
    """How a heading is written; a bold line stands for one where nothing else does."""

    ATX = "atx"
    SETEXT = "setext"
    BOLD = "bold"
    BOLD_LIST = "bold-list"


@dataclass(frozen=True, slots=True)
class Section:
    """`level` is 1 to 6, 7 for bold lines, 8 for bold list items. `line` is the heading's; all count from 1.

    Its own text runs from `first` to `last`, up to the next heading of any level; `last` is before `first` when
    nothing stands below it. Where a bold list item has text behind its label, `first` is `line`. What stands in
    code or in a quote is no heading.
    """

    title: str
    level: int
    line: int
    first: int
    last: int
    heading: Heading


def outline(body: str) -> tuple[Section, ...]:
    """The sections of a body, in its order; no heading is in code, a quote, front matter or an HTML comment."""
    return sections(document(body))


def sections(read: Document) -> tuple[Section, ...]:
    """The sections of a document that is parsed."""
    lines = read.lines
    found = [*_headings(read.blocks), _Found("", 0, len(lines) + 1, len(lines) + 1, Heading.ATX)]
    return tuple(
        Section(one.title, one.level, one.line, one.first, _last(lines, one.first, after.line - 1), one.heading)
        for one, after in pairwise(found)
    )


@dataclass(frozen=True, slots=True)
class _Found:
    title: str
    level: int
    line: int
    first: int
    heading: Heading


_LONGEST = 100
"""Characters of a bold line that may be a heading; longer ones are sentences."""

_BOLD = re.compile(r"(?:\*\*|__)[ \t]*([^*_\s](?:[^*\n]{0,198}[^*\s])?)[ \t]*(?:\*\*|__)[ \t]*([:\uff1a]?)")
_LINK = re.compile(r"!?\[([^\]\[]*)\](?:\([^()\s]*\)|\[[^\]\[]*\])")
_DRESSING = frozenset("<`*_")
_DRESS = re.compile(r"<!--.*?-->|</?[A-Za-z][^<>]{0,200}>|[`*]+|(?<!\w)_+|_+(?!\w)")


def titled(text: str) -> str:
    """A heading as a reader sees it: without emphasis, links, tags and a closing colon."""
    said = text[:300]
    if "[" in said:
        said = _LINK.sub(r"\1", said)
    if not _DRESSING.isdisjoint(said):
        said = _DRESS.sub("", said)
    return " ".join(said.split()).rstrip(":\uff1a ")


def _headings(blocks: tuple[Block, ...] | list[Block]) -> Iterator[_Found]:
    for block in blocks:
        if block.kind is Kind.HEADING:
            how = Heading.ATX if block.mark.startswith("#") else Heading.SETEXT
            yield _Found(titled(block.text), block.level, block.line, block.line_end + 1, how)
        elif block.kind is Kind.PARAGRAPH:
            yield from _bold_lines(block)
        elif block.kind is Kind.LIST:
            yield from _bold_items(block)


def bold_title(line: str) -> str:
    """The title that a wholly bold line stands for, empty for any other line."""
    found = _BOLD.fullmatch(line.strip())
    title = titled(found[1]) if found else ""
    return title if len(title) <= _LONGEST and not title.endswith((".", "!", ";", ",")) else ""


def _bold_lines(paragraph: Block) -> Iterator[_Found]:
    if "**" not in paragraph.text and "__" not in paragraph.text:
        return
    for line, text in enumerate(paragraph.text.split("\n"), start=paragraph.line):
        if title := bold_title(text):
            yield _Found(title, 7, line, line + 1, Heading.BOLD)


def _bold_items(block: Block) -> Iterator[_Found]:
    """Items that are only a bold label with something below; with them, their neighbours that are labelled too."""
    alone = [bool(item.parts) and bool(bold_title(item.text)) for item in block.parts]
    labels = [label(item.text) for item in block.parts] if any(alone) else []
    every = bool(labels) and all(named for named, _ in labels)
    for item, lonely, (named, said) in zip(block.parts, alone, labels, strict=False):
        if lonely or (every and named):
            yield _Found(named, 8, item.line, item.line if said else item.line + 1, Heading.BOLD_LIST)
        yield from _headings(item.parts)


def label(text: str) -> tuple[str, str]:
    """The bold label that a text begins with, and what it says behind it; both empty without one."""
    found = _BOLD.match(text)
    if not found or not (found[2] or found[1].endswith((":", "\uff1a")) or found.end() == len(text.rstrip())):
        return "", ""
    return titled(found[1]), text[found.end() :].strip()


def _last(lines: tuple[str, ...], first: int, last: int) -> int:
    """The last line that is not blank, `first - 1` when there is none."""
    while last >= first and not lines[last - 1].strip():
        last -= 1
    return last
