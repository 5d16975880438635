"""Tables of action items, read by the names of their columns."""

import re
from dataclasses import dataclass

from stanch.core.actions import fields, marks
from stanch.core.actions.dates import NEVER
from stanch.core.actions.facts import Around, Said
from stanch.core.actions.fields import Field
from stanch.core.actions.said import said
from stanch.core.structure import Block


@dataclass(frozen=True, slots=True)
class Row:
    """One row: what it says, its line, and its cells as written."""

    said: Said
    line: int
    cells: tuple[str, ...]


MOST_COLUMNS = 100
"""Columns that are looked at; more are no table of action items."""

_CELL_BOX = re.compile(r"\[([ xX])\] +")
_ONLY_BOX = re.compile(r"\[[ xX]?\]|[\u2610\u2b1c\u274c]\ufe0f?")
_YES = re.compile(r"x|y|yes|true|100 ?%|ja|j|oui|s[i\u00ed\u00ec]|sim|da", re.IGNORECASE)
_CELL_END = re.compile(r"(?<!\\)\|")


def cells_of(line: str) -> list[str]:
    """The cells of a row. A pipe behind a backslash is text."""
    text = line.strip()
    text = text[1:] if text.startswith("|") else text
    text = text[:-1] if text.endswith("|") and not text.endswith("\\|") else text
    return [cell.replace("\\|", "|").strip() for cell in _CELL_END.split(text, MOST_COLUMNS)]


def columns_of(table: Block) -> list[Field | None]:
    """What each column of a table tells."""
    header = table.text.partition("\n")[0]
    return [fields.column(cell) for cell in cells_of(header)]


def kinds_of(table: Block) -> frozenset[str]:
    """What stands in the cells beside the items' texts, in lower case: kinds, priorities, states."""
    roles = columns_of(table)
    beside = [place for place, role in enumerate(roles) if role in {Field.PRIORITY, Field.STATUS, Field.BESIDE}]
    rows = (cells_of(line) for line in table.text.split("\n")[2:52])
    told = (cells[place].strip(" *_`").casefold() for cells in rows for place in beside if place < len(cells))
    return frozenset(word for word in told if 0 < len(word) <= 24)


def announces_actions(table: Block) -> bool:
    """Whether the header alone says that these are action items, wherever the table stands."""
    names = [" ".join(cell.strip(" *_").casefold().split()) for cell in cells_of(table.text.partition("\n")[0])]
    named = any(
        re.fullmatch(r"(?:corrective |preventive )?(?:action items?|actions?|actionables?|follow[ -]?ups?|to-?dos?)", n)
        for n in names
    )
    roles = columns_of(table)
    return named and Field.OWNER in roles and Field.WHEN_IT_HAPPENED not in roles


def rows_of(table: Block, around: Around) -> list[Row]:
    """The rows, or none if no column can hold an item's text."""
    lines = table.text.split("\n")
    body = [cells_of(line) for line in lines[2:]]
    roles = columns_of(table)
    if not cells_of(lines[0])[0] and _holds_ticks(body):
        roles[0] = Field.STATUS
    place = _text_column(roles, body)
    if place is None:
        return []
    return [
        Row(_row(cells, roles, place, around), table.line + 2 + number, tuple(cells))
        for number, cells in enumerate(body)
        if place < len(cells)
    ]


def _holds_ticks(body: list[list[str]]) -> bool:
    """Whether the first column holds marks of being done or not, and nothing else."""
    return all(not cells[0] or marks.is_done(cells[0]) or _ONLY_BOX.fullmatch(cells[0]) for cells in body)


def _text_column(roles: list[Field | None], body: list[list[str]]) -> int | None:
    """The column of the text: the one that is called so, else the widest that is called nothing known."""
    if Field.WHEN_IT_HAPPENED in roles and Field.OWNER not in roles:
        return None
    named = [place for place, role in enumerate(roles) if role is Field.TEXT]
    unnamed = [place for place, role in enumerate(roles) if role is None]
    candidates = named or unnamed or [place for place, role in enumerate(roles) if role in {Field.LINK, Field.BESIDE}]
    if not candidates:
        return None
    if len(named) > 1:
        return _first_of_words(named, body)
    return max(candidates, key=lambda place: sum(len(cells[place]) for cells in body[:50] if place < len(cells)))


def _first_of_words(places: list[int], body: list[list[str]]) -> int:
    """The first column of several that holds sentences and not only a name or a number."""

    def words(place: int) -> float:
        texts = [cells[place] for cells in body[:50] if place < len(cells) and cells[place]]
        return sum(text.count(" ") + 1 for text in texts) / len(texts) if texts else 0

    return next((place for place in places if words(place) >= 3), places[0])


def _row(cells: list[str], roles: list[Field | None], place: int, around: Around) -> Said:
    box = _CELL_BOX.match(cells[place])
    ticked = None if box is None else bool(box[1].strip())
    result = said(cells[place][box.end() :] if box else cells[place], around, box=ticked)
    if ticked is not None:
        result.done = ticked or result.done
    for number, (cell, role) in enumerate(zip(cells, roles, strict=False)):
        if number == place or not cell:
            continue
        if role in {Field.OWNER, Field.DUE, Field.PRIORITY, Field.FINISHED_ON}:
            _tell(result, role, cell, around)
        elif role is Field.STATUS:
            result.done = result.done or _says_so(cell)
        elif role in {Field.LINK, Field.BESIDE} and result.done is None:
            result.done = _shouts_done(cell) or None
    return result


def _says_so(cell: str) -> bool:
    """What a column for it says of being done: a mark, a tick, a box or a plain yes."""
    return marks.begins_done(cell) or bool(re.search(r"\[[xX]\]", cell) or _YES.fullmatch(cell.strip(" *_.!")))


def _tell(result: Said, role: Field, cell: str, around: Around) -> None:
    """A column outweighs what the text itself says."""
    if role is Field.OWNER:
        result.owners = []
    elif role is Field.DUE:
        result.due = NEVER
    result.tell(role, cell, around)


def _shouts_done(cell: str) -> bool:
    return marks.is_done(cell) or bool(
        marks.TICKED.search(cell) or re.search(r"\b(?:DONE|COMPLETED?|FIXED|CLOSED)\b", cell)
    )
