"""Action items, as people write them: a strict reading that takes boxes only, a lenient one for lint and import."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import islice

from stanch.core.actions import dates, lists, owners, paragraphs, tables
from stanch.core.actions.areas import Area, areas_of, people_listed
from stanch.core.actions.confidence import confidence
from stanch.core.actions.dates import Reading
from stanch.core.actions.facts import Around
from stanch.core.actions.found import Found, left_there, nothing
from stanch.core.actions.headings import Meaning
from stanch.core.actions.links import links_of
from stanch.core.actions.said import said
from stanch.core.actions.written import Form, Written
from stanch.core.structure import Block, Document, Kind, document

__all__ = ["Form", "Reading", "Written", "read", "read_in"]

MOST_ITEMS = 1_000
"""Items of one body that are read; further ones are left out."""


def read(body: str, how: Reading | None = None) -> tuple[Written, ...]:
    """The action items of a body, in its order. Never raises, whatever the body holds."""
    return read_in(document(body), how or Reading())


def read_in(parsed: Document, how: Reading) -> tuple[Written, ...]:
    """The same of a document that is parsed."""
    body, areas = "\n".join(parsed.lines), areas_of(parsed.blocks)
    known = owners.known_people(body[:20_000])
    listed = frozenset(name for text in people_listed(areas) for name in owners.spellings(text))
    held = (block for area in areas if area.expected for block in area.blocks if block.kind is Kind.TABLE)
    kinds = frozenset(word for table in held for word in tables.kinds_of(table))
    around = Around(how, _written_on(body, how), known | listed, kinds=kinds)
    items = (item for area in areas for item in _items(area, around))
    return tuple(sorted(islice(items, MOST_ITEMS), key=lambda item: item.line))


def _items(area: Area, around: Around) -> Iterator[Written]:
    if area.expected:
        around = replace(around, names=_names(area))
        heading = _heading_as_item(area, around)
        if heading:
            yield heading
            return
        for found in lists.found_in(area, around):
            yield _written(found, area, around)
    elif area.meaning is not Meaning.OTHER:
        for block in area.blocks:
            for found in paragraphs.stated_label(block, around):
                yield _written(found, area, around)
    for block in area.blocks:
        if block.kind is Kind.TABLE and (area.expected or tables.announces_actions(block)):
            yield from _rows(block, area, around)


def _rows(table: Block, area: Area, around: Around) -> Iterator[Written]:
    for row in tables.rows_of(table, around):
        found = Found(row.said, Form.TABLE, row.line, row.line, " ".join(row.cells))
        if not nothing(row.said.text) and not left_there(found):
            yield _written(found, area, around)


def _heading_as_item(area: Area, around: Around) -> Written | None:
    """A group is one item where only its owner and date stand below, or where sentences explain what its title asks."""
    if not area.group or not area.blocks:
        return None
    told = paragraphs.fields_of(area)
    title = paragraphs.without_number(area.title)
    item = said(title, around)
    if told is None and not paragraphs.is_titled_item(area, item, numbered=title != area.title):
        return None
    for what, value in told or []:
        item.tell(what, value, around)
    last = max(block.line_end for block in area.blocks)
    found = Found(item, Form.PARAGRAPH, area.line, last, area.title)
    return None if nothing(item.text) else _written(found, area, around)


def _written(found: Found, area: Area, around: Around) -> Written:
    told = found.said
    due = told.due
    if not due.raw and area.due and area.expected:
        due = dates.due_of(area.due, around.how, around.written_on)
    box = found.form is Form.CHECKBOX
    return Written(
        text=told.text,
        done=bool(told.done) or (area.done and told.done is None and not box),
        owners=tuple(told.owners) or _whose(area, around),
        due=due.day,
        due_raw=due.raw,
        line=found.line,
        line_end=max(found.line, found.line_end),
        form=found.form,
        confidence=confidence(found, area),
        links=links_of(found.raw),
        priority=told.priority,
        ambiguous=due.ambiguous,
        strict=found.canonical and area.meaning is Meaning.ACTIONS,
    )


def _whose(area: Area, around: Around) -> tuple[str, ...]:
    """The people after whom a group is called: `### @kim`."""
    named = area.group and owners.looks_like_people(area.title, around.people)
    return owners.owners_of(area.title) if named else ()


_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]{2,60})[)\]][ .]{0,2}$")


def _names(area: Area) -> bool:
    """Whether the brackets at the ends of a list's items hold names: several do, and hold nothing else."""
    texts = [item.text[-70:] for block in area.blocks if block.kind is Kind.LIST for item in block.parts[:200]]
    ends = [found[1] for text in texts if (found := _IN_BRACKETS.search(text))]
    fitting = sum(owners.could_be_a_name(end) for end in ends)
    return fitting >= 2 and fitting * 5 >= len(texts) * 2 and fitting * 3 >= len(ends) * 2


_DATED = re.compile(
    r"^[ \t>*_#|-]{0,8}(?:(?:incident |post-?mortem |report |publish(?:ed)? |creation )?date(?: of \w+)?|datum"
    r"|fecha|data|written(?: on)?|published|published on)"
    r"[*_\"]{0,3}[ \t]*[:|=][*_\"|]{0,3}[ \t]*(.{4,80})$",
    re.IGNORECASE | re.MULTILINE,
)


def _written_on(body: str, how: Reading) -> date | None:
    """The document's own date: the one that it states, else the one in its title."""
    top = body[:4_000]
    stated = (dates.day_of(found[1], how) for found in _DATED.finditer(top))
    title = next((line for line in top.split("\n")[:12] if line.strip()), "")
    return next((day for day in stated if day), None) or dates.day_of(title[:300], how)
