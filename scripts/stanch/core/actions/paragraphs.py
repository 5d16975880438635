"""Paragraphs and titles that are action items, and those that only explain some."""

import re
from collections.abc import Iterator

from stanch.core.actions import fields, words
from stanch.core.actions.areas import Area
from stanch.core.actions.facts import Around, Said
from stanch.core.actions.fields import Field
from stanch.core.actions.found import Found, boxed, nothing
from stanch.core.actions.said import said
from stanch.core.actions.written import Form
from stanch.core.outline import label
from stanch.core.structure import Block, Kind

_WE_WILL = re.compile(
    r"(?:[*_]{0,2})(?:(?:in the future,? |going forward,? |next,? |also,? |additionally,? |finally,? )?(?:we|i"
    r"|the team|our team|it)"
    r"(?:'ll|\u2019ll| (?:will|should|need|must|plan|intend|are going|have to|are (?:adding|working|improving"
    r"|planning|investigating)|(?:can|could)(?! (?:see|confirm|say|only|not)\b)"
    r"|want|aim))\b)",
    re.IGNORECASE,
)
_SHOULD_BE = re.compile(
    r"[^.!?:;]{3,160}? (?:should|must|will|shall|needs? to|has to|have to|ought to)(?: also| always| then| now)? be "
    r"(?!able\b|possible\b|an?\b|the\b|no\b|noted\b)(?:\w+ly )?\w+(?:ed|en|pt|lt|ut|ne|un|wn|de|ht|et|up)\b",
)
_SENTENCE_END = (".", "!", "?")


def fields_of(area: Area) -> list[tuple[Field, str]] | None:
    """The labelled facts of an area that holds nothing else: then its title is the item. None for any other area."""
    told: list[tuple[Field, str]] = []
    for block in area.blocks:
        lines = [item.text for item in block.parts] if block.kind is Kind.LIST else block.text.split("\n")
        told += [fact for line in lines if (fact := fields.labelled(line))]
    kinds = {what for what, _ in told}
    return told if {Field.OWNER, Field.DUE} & kinds and len(told) >= 2 else None


_NUMBER = re.compile(r"[0-9]{1,2}(?:[.)]|(?= [-\u2013\u2014]))[ \u2013\u2014-]+(?=\S)")


def without_number(title: str) -> str:
    """A title without the number that it begins with."""
    return _NUMBER.sub("", title, count=1) if title[:1].isdigit() else title


def is_titled_item(area: Area, told: Said, *, numbered: bool) -> bool:
    """Whether a title asks for something and sentences explain it: its number and its verb say so, or an owner."""
    if not area.blocks or any(block.kind is not Kind.PARAGRAPH for block in area.blocks):
        return False
    first, _, rest = told.text.partition(" ")
    named = any(owner.startswith("@") for owner in told.owners)
    return bool(rest) and (named or (numbered and first.casefold() in words.VERBS))


def stated_label(block: Block, around: Around) -> Iterator[Found]:
    """`Action item: …` outside of any section of actions."""
    if block.kind is not Kind.PARAGRAPH:
        return
    for line, text in enumerate(block.text.split("\n"), start=block.line):
        if re.match(r"[*_]{0,2}(?:action item|action point)s?[*_]{0,2} ?:", text, re.IGNORECASE):
            told = said(text, around)
            if told.announced and not nothing(told.text):
                yield Found(told, Form.PARAGRAPH, line, line, text)


def found_in(block: Block, around: Around, *, alone: bool) -> Iterator[Found]:
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
        boxed(line)[0] is not None
        or re.match(r"(?:[\u2022\u00b7\u25cf\u25aa\u2013\u2014-]|[0-9]{1,2}[.)](?![0-9])) ?\S", line)
        for line in lines
    ):
        return True
    ended = sum(line.rstrip().endswith(_SENTENCE_END) for line in lines)
    return (
        len(lines) >= 3 and ended == len(lines) and all(line[:1].isupper() and line.count(" ") >= 2 for line in lines)
    )


_BULLET_SIGN = re.compile(r"(?:[\u2022\u00b7\u25cf\u25aa\u2013\u2014-]|[0-9]{1,2}[.)](?![0-9])) ?")


def _one(text: str, line: int, line_end: int, around: Around, *, alone: bool, each: bool = False) -> Found | None:
    bullet = _BULLET_SIGN.match(text)
    box, rest = boxed(text[bullet.end() :] if bullet else text)
    told = said(rest, around, box=box)
    if box is not None:
        told.done = box or bool(told.done)
    if nothing(told.text):
        return None
    sure = box is not None or told.announced or bullet or each or _is_led(rest)
    if sure or (alone and _sounds_like_action(rest, told)):
        return Found(told, Form.PARAGRAPH if box is None else Form.CHECKBOX, line, line_end, rest)
    return None


_LED = re.compile(r"\*\*[^*\n:]{1,40}\*\* ([A-Za-z][\w-]*)\b")


def _is_led(text: str) -> bool:
    """Whether a paragraph is a short bold word and a request: `**Kim** Write the runbook`."""
    found = _LED.match(text)
    return found is not None and found[1][0].isupper() and found[1].casefold() in words.VERBS


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
    begins = bold[1] if bold else text
    asked = bool(_WE_WILL.match(begins) or _SHOULD_BE.match(begins))
    return word in words.VERBS or asked or bool(told.owners or told.due.raw)
