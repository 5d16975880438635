"""Lists and paragraphs of action items: which lines are items, which are groups, and which only explain."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from stanch.core.actions import dates, fields, links, marks, words
from stanch.core.actions.areas import Area
from stanch.core.actions.facts import Around, Said
from stanch.core.actions.fields import Field
from stanch.core.actions.headings import Meaning, finished, meaning
from stanch.core.actions.said import said
from stanch.core.actions.written import Form
from stanch.core.outline import label, titled
from stanch.core.structure import Block, Kind


@dataclass(frozen=True, slots=True)
class Found:
    """One item as it was found. `canonical` is a box that GitHub shows as one; `nested` stands below another item."""

    said: Said
    form: Form
    line: int
    line_end: int
    raw: str
    canonical: bool = False
    nested: bool = False


_BOX = re.compile(r"\\?\[[ \t]?([ \txX*\u2713\u2714\u2705]?)[ \t]?\\?\](?:[ \t\n\u00a0]+|(?=[^\s(\[:\]]))(?=\S)")
_BOX_SIGN = re.compile(r"(?:([\u2610\u25fb\u2b1c]\ufe0f?|\U0001f532)|([\u2611\u2705\u2714]\ufe0f?))[ \t]+(?=\S)")
_CANONICAL = re.compile(r"\[[ xX]\][ \t\n]+\S")
_NOTHING = re.compile(
    r"(?:none|n/?a|nil|tbd|tba|todo|nothing|no|keine?|aucune?s?|ningun[oa]?|nenhum[oa]?|nessun[oa]?|geen"
    r"|ing[ae]n?|-+|\u2013|\u2014|\.+|\u2026|\?+|x)"
    r"(?:(?: (?:yet|required|needed|identified|at (?:this|the) (?:time|moment)|for now|so far|further|new"
    r"|specific|other|actions?|items?"
    r"|follow[ -]?ups?|were|was|have|been|are|is|known)){0,6})[.!]?",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"[\[<{(\u2039](?!https?:|mailto:)[^\[\]]{0,200}[\]>})\u203a](?![\[(])"
    r"(?:[ ,/|\u2013\u2014-]*+[\[<{(@][^\[\]]{0,80}+\]?+)*+"
    r"|[*_]?(?:action|item|task|todo|follow-up|step)(?: item)?s? ?(?:#|no\.? ?)?(?:[0-9x]"
    r"|[a-c])?(?: here)?[*_]?(?: \(owner, .*\)|/.*)?"
    r"|(?:add|list|insert|describe|fill in) (?:your |the |any |action |follow-up |specific )*(?:action items?"
    r"|items?|actions?|tasks?|follow-ups?)? ?(?:here|below)?[.\u2026]*"
    r"|\{\{.*\}\}|lorem ipsum.*",
    re.IGNORECASE | re.DOTALL,
)
_ITALIC = re.compile(r"_[^_]+_|\*[^*]+\*")
_WE_WILL = re.compile(
    r"(?:[*_]{0,2})(?:(?:in the future,? |going forward,? |next,? |also,? |additionally,? |finally,? )?(?:we|i"
    r"|the team|our team|it)"
    r"(?:'ll|\u2019ll| (?:will|should|need|must|plan|intend|are going|have to|are (?:adding|working|improving"
    r"|planning|investigating)|can|could"
    r"|want|aim))\b)",
    re.IGNORECASE,
)
_SENTENCE_END = (".", "!", "?")


def found_in(area: Area, around: Around) -> Iterator[Found]:
    """The items of an area's lists and paragraphs; where there is a list, paragraphs only explain it."""
    lists = [block for block in area.blocks if block.kind is Kind.LIST]
    tables = any(block.kind is Kind.TABLE for block in area.blocks)
    for block in area.blocks:
        if block.kind is Kind.LIST:
            yield from _items(block, around)
        elif block.kind is Kind.PARAGRAPH:
            yield from _paragraph(block, around, alone=not lists and not tables)


def fields_of(area: Area) -> list[tuple[Field, str]] | None:
    """The labelled facts of an area that holds nothing else: then its title is the item. None for any other area."""
    told: list[tuple[Field, str]] = []
    for block in area.blocks:
        lines = [item.text for item in block.parts] if block.kind is Kind.LIST else block.text.split("\n")
        told += [fact for line in lines if (fact := fields.labelled(line))]
    kinds = {what for what, _ in told}
    return told if {Field.OWNER, Field.DUE} & kinds and len(told) >= 2 else None


def stated_label(block: Block, around: Around) -> Iterator[Found]:
    """`Action item: …` outside of any section of actions."""
    if block.kind is not Kind.PARAGRAPH:
        return
    for line, text in enumerate(block.text.split("\n"), start=block.line):
        if re.match(r"[*_]{0,2}(?:action item|action point)s?[*_]{0,2} ?:", text, re.IGNORECASE):
            told = said(text, around)
            if told.announced and not nothing(told.text):
                yield Found(told, Form.PARAGRAPH, line, line, text)


def nothing(text: str) -> bool:
    """Whether a text holds no item: empty, `None`, or what a template left there."""
    bare = dates.FORMAT.sub("", text).strip(" *_`.:;-")
    if not any(character.isalnum() for character in bare):
        return True
    return len(bare) < 300 and bool((_NOTHING.fullmatch(bare) and bare != "x") or _PLACEHOLDER.fullmatch(bare))


def left_there(found: Found) -> bool:
    """Whether it is a template's line in italics that nobody filled in: `_What to do_ \u2014 Due: _YYYY-MM-DD_`."""
    told = found.said
    return bool(
        dates.FORMAT.search(found.raw) and _ITALIC.fullmatch(told.text) and not told.owners and not told.due.raw
    )


def _items(block: Block, around: Around, *, nested: bool = False, depth: int = 0) -> Iterator[Found]:
    for item in block.parts:
        below = [part for part in item.parts if part.kind is Kind.LIST]
        if below and not _BOX.match(item.text) and _is_group(item, below):
            named = label(item.text)[0] or titled(item.text)
            if meaning(named) is Meaning.OTHER:
                continue
            done = finished(named)
            for inner in below:
                yield from _marked(_items(inner, around, nested=nested, depth=depth + 1), done=done)
            continue
        found = _item(item, around, nested=nested)
        if found and not nothing(found.said.text) and not left_there(found):
            _take_notes(found.said, item, around)
            yield replace(found, raw=f"{found.raw} {_links_below(below)}")
        for inner in below:
            yield from _boxes_below(inner, around)


def _marked(items: Iterator[Found], *, done: bool) -> Iterator[Found]:
    for found in items:
        if done and found.said.done is None:
            found.said.done = True
        yield found


def _boxes_below(block: Block, around: Around) -> Iterator[Found]:
    """Below an item, only boxes are items of their own; what else stands there explains it."""
    for item in block.parts:
        if _BOX.match(item.text):
            found = _item(item, around, nested=True)
            if found and not nothing(found.said.text):
                yield found
        for inner in item.parts:
            if inner.kind is Kind.LIST:
                yield from _boxes_below(inner, around)


def _item(item: Block, around: Around, *, nested: bool) -> Found | None:
    box, rest = _boxed(item.text)
    told = said(rest, around, box=box)
    if box is not None:
        told.done = box or bool(told.done)
    if box is not None and not told.text and (told.owners or told.due.day):
        told.text = " ".join(rest.split())
    form = Form.BULLET if box is None else Form.CHECKBOX
    return Found(told, form, item.line, item.line_end, rest, bool(_CANONICAL.match(item.text)), nested)


def _boxed(text: str) -> tuple[bool | None, str]:
    """What the box says, None without one, and what follows it."""
    found = _BOX.match(text)
    if found:
        return found[1].strip() != "", text[found.end() :]
    sign = _BOX_SIGN.match(text)
    return (sign[1] is None, text[sign.end() :]) if sign else (None, text)


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
    if any(_BOX.match(child.text) for inner in below for child in inner.parts):
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


def _paragraph(block: Block, around: Around, *, alone: bool) -> Iterator[Found]:
    lines = block.text.split("\n")
    if alone and _line_per_item(lines):
        every = (_one(text, n, n, around, alone=True, each=True) for n, text in enumerate(lines, start=block.line))
        yield from (found for found in every if found)
    elif found := _one(block.text, block.line, block.line_end, around, alone=alone):
        yield found


def _line_per_item(lines: list[str]) -> bool:
    """Whether each line is an item: a sentence that begins and ends on it, or one with its own box."""
    if len(lines) < 2:
        return False
    if all(
        _boxed(line)[0] is not None or re.match(r"(?:[\u2022\u00b7\u25cf\u25aa\u2013\u2014-]|[0-9]{1,2}[.)]) ?\S", line)
        for line in lines
    ):
        return True
    ended = sum(line.rstrip().endswith(_SENTENCE_END) for line in lines)
    return (
        len(lines) >= 3 and ended == len(lines) and all(line[:1].isupper() and line.count(" ") >= 2 for line in lines)
    )


_BULLET_SIGN = re.compile(r"(?:[\u2022\u00b7\u25cf\u25aa\u2013\u2014-]|[0-9]{1,2}[.)]) ?")


def _one(text: str, line: int, line_end: int, around: Around, *, alone: bool, each: bool = False) -> Found | None:
    bullet = _BULLET_SIGN.match(text)
    box, rest = _boxed(text[bullet.end() :] if bullet else text)
    told = said(rest, around, box=box)
    if box is not None:
        told.done = box or bool(told.done)
    if nothing(told.text):
        return None
    if box is not None or told.announced or bullet or each or (alone and _sounds_like_action(rest, told)):
        return Found(told, Form.PARAGRAPH if box is None else Form.CHECKBOX, line, line_end, rest)
    return None


def _sounds_like_action(text: str, told: Said) -> bool:
    """Whether a paragraph asks for something to be done, or says that it will be."""
    if text.rstrip().endswith(":") or len(text) > 1500:
        return False
    named, beside = label(text)
    if named and beside:
        return True
    bold = re.match(r"\*\*([^*\n]{3,200})\*\*", text)
    first = re.match(r"[\W_]*([\w-]+)", bold[1] if bold else text)
    word = first[1].casefold() if first else ""
    return word in words.VERBS or bool(_WE_WILL.match(bold[1] if bold else text)) or bool(told.owners or told.due.raw)
