"""The blocks of a document as a tree: headings, paragraphs, lists and tables, each with its lines.

Code, quotes, HTML and front matter are none of them: what stands there was not said by the document.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from markdown_it.token import Token

from stanch.core.block_parse import Grammar, tokens
from stanch.core.markdown import lines_of


class Kind(StrEnum):
    """What a block is. An item's first paragraph is its text; what it holds besides are its parts."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    ITEM = "item"
    TABLE = "table"


@dataclass(slots=True)
class Block:
    """`line` to `line_end` count from 1. `text` is as written, its lines without their indentation.

    `level` is a heading's, from 1 to 6; 0 for all others. `mark` is what the heading or the item is marked with.
    """

    kind: Kind
    line: int
    line_end: int
    text: str
    parts: list["Block"]
    level: int = 0
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A body that is parsed, once for all who read it: its lines, whatever they end with, and its blocks."""

    lines: tuple[str, ...]
    blocks: tuple[Block, ...]


def document(body: str) -> Document:
    """The lines and the blocks of a body, in its order."""
    lines = lines_of(body)
    visible = "\n".join(_without_front_matter(lines))
    return Document(tuple(lines), tuple(_tree(tokens(visible, _KEPT, Grammar.TABLES))))


_KINDS = {
    "bullet_list_open": Kind.LIST,
    "ordered_list_open": Kind.LIST,
    "list_item_open": Kind.ITEM,
    "heading_open": Kind.HEADING,
    "inline": Kind.PARAGRAPH,
    "table": Kind.TABLE,
}
_CLOSED = frozenset({"bullet_list_close", "ordered_list_close", "list_item_close", "heading_close"})
_QUOTES = {"blockquote_open": 1, "blockquote_close": -1}
_KEPT = frozenset({*_KINDS, *_CLOSED, *_QUOTES, "fence", "code_block", "html_block"})
_LEVELS = {f"h{level}": level for level in range(1, 7)}


def _tree(found: list[Token]) -> list[Block]:
    """The blocks within each other. What stands in a quote, in code or in HTML is left out.

    Written for speed: of a body that is all lists it takes as long as the rest of the reading.
    """
    root = Block(Kind.LIST, 0, 0, "", [])
    open_ones, quotes, top, waits = [root], 0, root, False
    for token in found:
        kind = token.type
        if kind in _QUOTES:
            quotes += _QUOTES[kind]
            waits = False
        elif quotes or kind not in _KEPT:
            continue
        elif kind in _CLOSED:
            open_ones.pop()
            top, waits = open_ones[-1], False
        elif kind == "inline" and waits and token.map:
            top.text, top.line, waits = token.content, token.map[0] + 1, False
            if top.kind is Kind.ITEM:
                top.line_end = token.map[1]
        elif kind in _KINDS and token.map:
            block = Block(_KINDS[kind], token.map[0] + 1, token.map[1], token.content, [], 0, token.markup)
            top.parts.append(block)
            waits = False
            if token.nesting:
                open_ones.append(block)
                top = block
                waits = block.kind is not Kind.LIST
                block.level = _LEVELS.get(token.tag, 0) if block.kind is Kind.HEADING else 0
        else:
            waits = False
    return root.parts


_FENCES = {"---": ("---", "..."), "+++": ("+++",)}
_KEY = re.compile(r"[\"']?\w[\w .-]{0,60}[\"']?[ \t]*[:=]|[ \t]*(?:#|$)|[ \t]*- |[ \t]+\S")


def _without_front_matter(lines: list[str]) -> list[str]:
    """The lines with those of the front matter emptied, so that the others keep their numbers."""
    ends = _FENCES.get(lines[0].removeprefix("\ufeff").rstrip())
    if not ends:
        return lines
    for place, line in enumerate(lines[1:], start=1):
        if line.rstrip() in ends:
            return [""] * (place + 1) + lines[place + 1 :] if place > 1 else lines
        if not _KEY.match(line):
            return lines
    return lines
