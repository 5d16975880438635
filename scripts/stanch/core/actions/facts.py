"""What one item's text says, and what around it the reading depends on."""

from dataclasses import dataclass, field
from datetime import date

from stanch.core.actions import dates, links, marks, owners, words
from stanch.core.actions.dates import NEVER, Due, Reading
from stanch.core.actions.fields import Field


@dataclass(frozen=True, slots=True)
class Around:
    """What the document says that an item's reading depends on. `names` says that brackets in this list hold names.

    `kinds` are the words that its tables of actions use for kind, priority and state, in lower case.
    """

    how: Reading
    written_on: date | None = None
    people: frozenset[str] = frozenset()
    names: bool = False
    kinds: frozenset[str] = frozenset()


@dataclass(slots=True)
class Said:
    """What one text says. `done` is None when it has no mark."""

    text: str = ""
    done: bool | None = None
    owners: list[str] = field(default_factory=list)
    due: Due = NEVER
    priority: str = ""
    announced: bool = False

    def add_owners(self, written: str) -> None:
        self.owners += [name for name in owners.owners_of(written) if name not in self.owners]

    def add_due(self, written: str, around: Around) -> None:
        due = dates.due_of(written, around.how, around.written_on)
        if due.raw and not self.due.day and (due.day or not self.due.raw) and not is_left_open(due.raw):
            self.due = due

    def tell(self, what: Field, value: str, around: Around) -> None:
        """Take in a labelled fact."""
        if what is Field.OWNER:
            self.add_owners(links.bare_of_references(value))
        elif what is Field.DUE:
            self.add_due(links.bare_of_references(value), around)
        elif what is Field.STATUS and self.done is None:
            self.done = marks.begins_done(value) or None
        elif what is Field.FINISHED_ON and self.done is None:
            self.done = any(character.isdigit() for character in value) or None
        elif what is Field.PRIORITY:
            self.priority = self.priority or value


def is_left_open(text: str) -> bool:
    """Whether it is a placeholder such as `TBD`."""
    return text.casefold().strip(" .[]()<>") in words.NOBODY
