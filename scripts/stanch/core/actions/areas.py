"""A document cut at its headings, of whatever kind, into areas; each knows whether action items are expected in it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from stanch.core.actions import dates
from stanch.core.actions.headings import Meaning, finished, meaning, plainly
from stanch.core.outline import bold_title, label, titled
from stanch.core.structure import Block, Kind

EXPECTED = {Meaning.ACTIONS, Meaning.LIKELY}
BOLD, BOLD_LIST, LABEL = 7, 8, 9
"""The levels of headings that Markdown does not know as such: a bold line, a bold item, a plain line above a list."""


@dataclass(slots=True)
class Area:
    """`meaning` is what holds here, its parents' included; `group` says that it stands within an area of actions.

    `done` and `due` are what the headings say of all items below them.
    """

    title: str
    level: int
    line: int
    meaning: Meaning
    group: bool = False
    done: bool = False
    due: str = ""
    blocks: list[Block] = field(default_factory=list)

    @property
    def expected(self) -> bool:
        return self.meaning in EXPECTED


def areas_of(blocks: Sequence[Block]) -> list[Area]:
    """The areas of a document, in its order; what stands before the first heading is one too."""
    cutting = _Cutting()
    cutting.take(blocks)
    return cutting.areas


_PLAIN = re.compile(
    r"(?:action (?:items?|points?)|actions|actionables|follow ?ups?|next steps|to ?dos?|åtgärder|ma(?:ß|ss)nahmen)"
)


class _Cutting:
    def __init__(self) -> None:
        root = Area("", 0, 0, Meaning.OPEN)
        self.areas = [root]
        self.stack = [root]
        self.headings = 0

    def take(self, blocks: Sequence[Block]) -> None:
        for place, block in enumerate(blocks):
            follower = blocks[place + 1].kind if place + 1 < len(blocks) else None
            if block.kind is Kind.HEADING:
                self.open(titled(block.text), block.level, block.line)
            elif block.kind is Kind.PARAGRAPH:
                self._paragraph(block, before_items=follower in {Kind.LIST, Kind.TABLE})
            elif block.kind is Kind.LIST:
                self._lists(block)
            else:
                self.stack[-1].blocks.append(block)

    def open(self, title: str, level: int, line: int) -> None:
        self.close(level)
        parent = self.stack[-1]
        own = self._own(title, level)
        within = parent.expected and (own is Meaning.OPEN or own is Meaning.TAKEN or own in EXPECTED)
        area = Area(title, level, line, _holds(own, parent), group=within)
        if area.expected:
            ended = finished(title)
            area.done = (parent.done and own is Meaning.OPEN) or ended
            area.due = "" if ended else _when(title) or parent.due
        self.areas.append(area)
        self.stack.append(area)
        self.headings += 1

    def close(self, level: int) -> None:
        while self.stack[-1].level >= level:
            self.stack.pop()

    def _own(self, title: str, level: int) -> Meaning:
        """A document's own title announces no items, unless it says nothing else."""
        own = meaning(title)
        alone = level == 1 and not self.headings
        return Meaning.OPEN if alone and own in EXPECTED and not _PLAIN.fullmatch(plainly(title)) else own

    def _paragraph(self, block: Block, *, before_items: bool) -> None:
        kept: list[str] = []
        lines = block.text.split("\n")
        line = block.line
        for number, text in enumerate(lines, start=block.line):
            last = number == block.line + len(lines) - 1
            title, level = bold_title(text), BOLD
            if not title and last and before_items:
                title, level = self._announced(text), LABEL
            if not title:
                kept.append(text)
                continue
            self._keep(line, kept)
            self.open(title, level, number)
            kept, line = [], number + 1
        self._keep(line, kept)

    def _keep(self, line: int, kept: list[str]) -> None:
        if kept:
            text = "\n".join(kept)
            self.stack[-1].blocks.append(Block(Kind.PARAGRAPH, line, line + len(kept) - 1, text, []))

    def _announced(self, text: str) -> str:
        """A plain line above a list that stands for its heading: `Next steps:`, or within actions any label."""
        ends = text.rstrip(" *_").endswith((":", "\uff1a"))
        title = titled(text)
        words = len(title.split())
        if ends and words > 12:
            return self._sentence(text)
        says = meaning(title)
        if (says is Meaning.ACTIONS and words <= 6) or (ends and words <= 12 and says is not Meaning.OPEN):
            return title
        return title if ends and words <= 5 and self.stack[-1].level == LABEL else ""

    def _sentence(self, text: str) -> str:
        """The last sentence before a list, where it says that what follows is, or was, done about it."""
        last = titled(_SENTENCES.split(text[-400:])[-1])
        says = meaning(last)
        plain = plainly(last)
        if not _OURS.search(plain) or _THEIRS.search(plain) or plain.count(" ") > 20:
            return ""
        told = says is Meaning.TAKEN and self.stack[-1].expected and _HAVE.search(plain)
        return last if says in EXPECTED or told else ""

    def _lists(self, block: Block) -> None:
        """Without a blank line, a label between two lists is the last line of an item: there the list is cut."""
        begin = 0
        for place, item in enumerate(block.parts[:-1]):
            said, _, last = item.text.rpartition("\n")
            if not said or item.parts or not last.endswith((":", "\uff1a")) or not (title := self._announced(last)):
                continue
            ends = item.line + said.count("\n")
            self._list(replace(block, parts=[*block.parts[begin:place], replace(item, text=said, line_end=ends)]))
            self.open(title, LABEL, ends + 1)
            begin = place + 1
        self._list(replace(block, parts=block.parts[begin:]) if begin else block)

    def _list(self, block: Block) -> None:
        """Outside of actions, an item may itself be the heading of some."""
        if self.stack[-1].expected:
            self.stack[-1].blocks.append(block)
            return
        for item in block.parts:
            named, beside = label(item.text)
            title = named or (titled(item.text) if item.parts and "\n" not in item.text else "")
            words = len(title.split())
            if title and words <= 6 and meaning(title) in EXPECTED and (item.parts or beside):
                self.open(title, BOLD_LIST, item.line)
                if beside and not _is_nothing(beside):
                    self._keep(item.line, [beside])
                self.take(item.parts)
                self.close(BOLD_LIST)
            elif item.parts:
                self.take([part for part in item.parts if part.kind is Kind.LIST])
        self.stack[-1].blocks.append(block)


_SENTENCES = re.compile(r"[.!?] ")
_OURS = re.compile(r"\b(?:we|our|us|the team|i|following|below|these)\b")
_THEIRS = re.compile(r"\b(?:you|your|users?|customers?|clients?)\b")
_HAVE = re.compile(r"\b(?:have|has|had|were|was|been|we|already) (?:\w+ )?(?:taken|performed|carried)\b")


def _is_nothing(text: str) -> bool:
    return len(text) < 3


def _holds(own: Meaning, parent: Area) -> Meaning:
    if own is Meaning.OPEN:
        return parent.meaning
    if own is Meaning.TAKEN:
        return parent.meaning if parent.expected else Meaning.OTHER
    if own is Meaning.LIKELY and parent.meaning is Meaning.ACTIONS:
        return Meaning.ACTIONS
    return own


_BRACKETED = re.compile(r"[(\[]([^()\[\]]{2,80})[)\]]\s*$")
_TARGET = re.compile(r"^(?:target|due|by|deadline|eta|before|until)\b[: ]*", re.IGNORECASE)


def _when(title: str) -> str:
    """The date that a group's title gives for its items: `Long term (Target: Q4 2025)`."""
    found = _BRACKETED.search(title)
    said = _TARGET.sub("", found[1].strip()) if found else ""
    return said if said and dates.WHEN.fullmatch(said) else ""


_PEOPLE = re.compile(
    r"\b(?:attendees|at+endees|participants|authors?|responders?|involved|present|teilnehmer|deltagare)\b"
)


def people_listed(areas: list[Area]) -> Iterator[str]:
    """What stands in the lists of attendees and the like."""
    for area in areas:
        if _PEOPLE.search(plainly(area.title)):
            for block in area.blocks:
                yield from (item.text for item in block.parts[:100])
