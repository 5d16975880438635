"""One action item as somebody wrote it, and how sure the reading is."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Form(StrEnum):
    """How an item is written. Ordered lists are bullets too."""

    CHECKBOX = "checkbox"
    BULLET = "bullet"
    TABLE = "table"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True)
class Written:
    """`text` is without marker, box, owner, date and mark of being done; `owners` are as written, without decoration.

    `due_raw` is what was written for a date, also where it names no calendar day; `ambiguous` says that it could be
    two days. `line` to `line_end` count from 1. `confidence` is from 0 to 1; `strict` says that it is a checkbox in a
    section of action items, which nobody can mistake. `links` are issues and pull requests as written (`#12`,
    `owner/name#12`, an address).
    """

    text: str
    done: bool
    owners: tuple[str, ...]
    due: date | None
    due_raw: str
    line: int
    line_end: int
    form: Form
    confidence: float
    links: tuple[str, ...] = ()
    priority: str = ""
    ambiguous: bool = False
    strict: bool = False

    @property
    def owner(self) -> str | None:
        """The first owner, or None."""
        return self.owners[0] if self.owners else None
