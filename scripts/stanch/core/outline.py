"""The sections of a document: its headings, in whatever way they are written, and the lines below each."""

from dataclasses import dataclass
from enum import StrEnum


class Heading(StrEnum):
    """How a heading is written; a bold line stands for one where nothing else does."""

    ATX = "atx"
    SETEXT = "setext"
    BOLD = "bold"
    BOLD_LIST = "bold-list"


@dataclass(frozen=True, slots=True)
class Section:
    """`level` is 1 to 6, 7 for bold lines. `line` is the heading's; its own text runs from `first` to `last`, from 1.

    `last` is before `first` when nothing stands below it. What stands in code or in a quote is no heading.
    """

    title: str
    level: int
    line: int
    first: int
    last: int
    heading: Heading
