"""Lists and paragraphs of action items: which lines are items, which are groups, and which only explain."""

import re
from collections.abc import Iterator
from dataclasses import replace

from stanch.core.actions import fields, links, marks, owners, paragraphs, words
from stanch.core.actions.areas import Area
from stanch.core.actions.facts import Around, Said
from stanch.core.actions.fields import Field
from stanch.core.actions.found import BOX, CANONICAL, Found, boxed, left_there, nothing
from stanch.core.actions.headings import Meaning, finished, meaning
from stanch.core.actions.said import said
from stanch.core.actions.written import Form
from stanch.core.outline import label, titled
from stanch.core.structure import Block, Kind


def found_in(area: Area, around: Around) -> Iterator[Found]:
    """The items of an area's lists and paragraphs; where there is a list, paragraphs only explain it."""
    lists = [block for block in area.blocks if block.kind is Kind.LIST]
    tables = any(block.kind is Kind.TABLE for block in area.blocks)
    for block in area.blocks:
        if block.kind is Kind.LIST and not _is_legend(block, around):
            yield from _items(block, around)
        elif block.kind is Kind.PARAGRAPH:
            yield from paragraphs.found_in(block, around, alone=not lists and not tables)


_LEGEND = re.compile(r"[*_`]{0,3}([\w ]{1,24}?)[*_`]{0,3} ?[:=\u2013\u2014-]")


def _is_legend(block: Block, around: Around) -> bool:
    """Whether a list only explains what stands in the cells of a table of actions: `P0 = this week`."""
    if not around.kinds or len(block.parts) < 2:
        return False
    explained = {found[1].casefold() for item in block.parts if (found := _LEGEND.match(item.text))}
    return len(explained) == len(block.parts) and explained <= around.kinds


def _items(block: Block, around: Around, *, nested: bool = False, depth: int = 0) -> Iterator[Found]:
    for item in block.parts:
        below = [part for part in item.parts if part.kind is Kind.LIST]
        if not below and item is not block.parts[-1] and _announces(item):
            continue
        if below and not BOX.match(item.text) and _is_group(item, below):
            named = label(item.text)[0] or titled(item.text)
            if meaning(named) is Meaning.OTHER:
                continue
            of = owners.owners_of(named) if owners.looks_like_people(named, around.people) else ()
            for inner in below:
                yield from _marked(
                    _items(inner, around, nested=nested, depth=depth + 1), done=finished(named), owned_by=of
                )
            continue
        found = _item(item, around, nested=nested)
        if found and not nothing(found.said.text) and not left_there(found):
            _take_notes(found.said, item, around)
            yield replace(found, raw=f"{found.raw} {_links_below(below)}")
        for inner in below:
            yield from _boxes_below(inner, around)


def _announces(item: Block) -> bool:
    """Whether an item with nothing below is the heading of those behind it: `Tasks for next week:`."""
    text = item.text.rstrip(" *_")
    if item.parts or not text.endswith((":", "\uff1a")) or BOX.match(text):
        return False
    words_in = text.split()
    if len(words_in) > 8:
        return False
    return not {word.casefold().strip("*_`") for word in words_in[:3]} & words.VERBS


def _marked(items: Iterator[Found], *, done: bool, owned_by: tuple[str, ...]) -> Iterator[Found]:
    for found in items:
        found.said.owners = found.said.owners or list(owned_by)
        if done and found.said.done is None:
            found.said.done = True
        yield found


def _boxes_below(block: Block, around: Around) -> Iterator[Found]:
    """Below an item, only boxes are items of their own; what else stands there explains it."""
    for item in block.parts:
        if BOX.match(item.text):
            found = _item(item, around, nested=True)
            if found and not nothing(found.said.text):
                yield found
        for inner in item.parts:
            if inner.kind is Kind.LIST:
                yield from _boxes_below(inner, around)


def _item(item: Block, around: Around, *, nested: bool) -> Found | None:
    box, rest = boxed(item.text)
    told = said(rest, around, box=box)
    if box is not None:
        told.done = box or bool(told.done)
    if box is not None and not told.text and (told.owners or told.due.day):
        told.text = " ".join(rest.split())
    form = Form.BULLET if box is None else Form.CHECKBOX
    return Found(told, form, item.line, item.line_end, rest, bool(CANONICAL.match(item.text)), nested)


def _is_group(item: Block, below: list[Block]) -> bool:
    """Whether an item is only the name of those below it."""
    text = item.text.strip()
    named, beside = label(text)
    if any(fields.labelled(child.text) for inner in below for child in inner.parts):
        return False
    if named and not beside:
        return True
    said_in = text.rstrip(":").split()
    first = said_in[0].casefold().strip("*_`") if said_in else ""
    if any(BOX.match(child.text) for inner in below for child in inner.parts):
        return len(said_in) <= 6 and first not in words.VERBS
    if text.endswith(":") and len(said_in) <= 8:
        return first not in words.VERBS
    return len(said_in) <= 2 and first not in words.VERBS and not links.only_links(text)


def _take_notes(told: Said, item: Block, around: Around) -> None:
    """Owner, date and status may stand below the item, in a list or in a paragraph of their own."""
    for text in _notes(item):
        fact = fields.labelled(text)
        if fact:
            told.tell(*fact, around)
        elif told.done is None and (marks.is_done(text) or _note_says_done(text)):
            told.done = True


def _notes(item: Block) -> Iterator[str]:
    for part in item.parts:
        if part.kind is Kind.LIST:
            yield from (child.text for child in part.parts)
        elif part.kind is Kind.PARAGRAPH:
            yield from part.text.split("\n")


def _links_below(below: list[Block]) -> str:
    """What is labelled as a link below an item: `Ticket: #6`."""
    told = (fields.labelled(child.text) for block in below for child in block.parts)
    return " ".join(fact[1] for fact in told if fact and fact[0] is Field.LINK)


def _note_says_done(text: str) -> bool:
    return bool(
        re.fullmatch(
            r"(?:\W*)(?:this|that|it)(?: has| is)?(?: been| now)? (?:already )?(?:done|completed|fixed)\b.{0,80}",
            text,
            re.IGNORECASE,
        )
    )
