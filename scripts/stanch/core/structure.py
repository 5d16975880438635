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


def structure(body: str) -> tuple[Block, ...]:
    """The blocks of a body, in its order."""
    visible = "\n".join(_without_front_matter(lines_of(body)))
    return tuple(_tree(tokens(visible, _KEPT, Grammar.TABLES)))


_KINDS = {
    "bullet_list_open": Kind.LIST,
    "ordered_list_open": Kind.LIST,
    "list_item_open": Kind.ITEM,
    "heading_open": Kind.HEADING,
    "inline": Kind.PARAGRAPH,
    "table": Kind.TABLE,
}
_CLOSED = frozenset({"bullet_list_close", "ordered_list_close", "list_item_close", "heading_close"})
_QUOTE = {"blockquote_open": 1, "blockquote_close": -1}
_KEPT = frozenset({*_KINDS, *_CLOSED, *_QUOTE})


def _tree(found: list[Token]) -> list[Block]:
    """The blocks within each other; what stands in a quote is left out."""
    root = Block(Kind.LIST, 0, 0, "", [])
    open_ones, quotes = [root], 0
    for token in found:
        quotes += _QUOTE.get(token.type, 0)
        if quotes:
            continue
        if token.type in _CLOSED:
            _settle(open_ones.pop())
        elif token.map is not None:
            block = _block(token, token.map)
            open_ones[-1].parts.append(block)
            if token.nesting > 0:
                open_ones.append(block)
    return root.parts


def _block(token: Token, lines: list[int]) -> Block:
    kind = _KINDS[token.type]
    level = int(token.tag[1:]) if kind is Kind.HEADING else 0
    return Block(kind, lines[0] + 1, lines[1], token.content, [], level, token.markup)


def _settle(block: Block) -> None:
    """An item's and a heading's first paragraph is their text. An item ends where its text ends."""
    if block.kind is not Kind.LIST and block.parts and block.parts[0].kind is Kind.PARAGRAPH:
        own = block.parts.pop(0)
        block.text, block.line = own.text, own.line
        if block.kind is Kind.ITEM:
            block.line_end = own.line_end


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
