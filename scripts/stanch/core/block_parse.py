"""Markdown's block rules and nothing else: what a body is made of, without a look inside its lines.

An ordinary body takes a few milliseconds, 64 KiB (GitHub's largest comment) less than half a second.
"""

import re
from collections.abc import Callable
from enum import Enum, auto
from functools import cache
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote, fence, heading, hr, html_block, list_block, table
from markdown_it.token import Token


class Grammar(Enum):
    """Which rules hold: for who asks only for lines, underlined headings are paragraphs, and tables are too."""

    LINES = auto()
    BLOCKS = auto()
    TABLES = auto()


def tokens(body: str, kept: frozenset[str], grammar: Grammar = Grammar.BLOCKS) -> list[Token]:
    """The tokens of the kinds that are kept, in the body's order. Link definitions are paragraphs."""
    state = _Lean(_NEWLINE.sub("\n", body), _parser(grammar), {}, [])
    state.kept = kept
    state.md.block.tokenize(state, state.line, state.lineMax)
    return state.tokens


_NEWLINE = re.compile(r"\r\n?")


class _Lean(StateBlock):
    """A parse that builds only the tokens that it was asked for: building them is most of its time."""

    kept: frozenset[str] = frozenset()
    dropped = Token("dropped", "", 0)

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        self.level += nesting
        if ttype not in self.kept:
            return self.dropped
        token = _Bare(ttype, tag, nesting)
        self.tokens.append(token)
        return token


class _Bare(Token):
    """A token with what the block rules set, and no more: filling in the rest costs more than the parse of a line."""

    __slots__ = ()

    def __init__(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> None:
        self.type, self.tag, self.nesting = ttype, tag, nesting
        self.level, self.map = 0, None
        self.content = self.markup = self.info = ""


_Rule = Callable[[StateBlock, int, int, bool], bool]
_INTERRUPTED = ["paragraph", "reference", "blockquote"]
_BEGINNINGS: dict[str, tuple[_Rule, str, list[str]]] = {
    "fence": (fence, "`~", [*_INTERRUPTED, "list"]),
    "blockquote": (blockquote, ">", [*_INTERRUPTED, "list"]),
    "hr": (hr, "*-_", [*_INTERRUPTED, "list"]),
    "list": (list_block, "*+-0123456789", _INTERRUPTED),
    "html_block": (html_block, "<", _INTERRUPTED),
    "heading": (heading, "#", _INTERRUPTED),
}
"""The rules that a line's first character can rule out, and what they interrupt."""


@cache
def _parser(grammar: Grammar) -> MarkdownIt:
    parser = MarkdownIt("commonmark")
    ruler = parser.block.ruler
    ruler.disable(["reference", "lheading"] if grammar is Grammar.LINES else ["reference"])
    for name, (rule, characters, interrupted) in _BEGINNINGS.items():
        ruler.at(name, _beginning(rule, characters), {"alt": interrupted})
    if grammar is Grammar.TABLES:
        ruler.at("table", _whole_table, {"alt": ["paragraph", "reference"]})
        ruler.enable("table")
    return parser


def _beginning(rule: _Rule, characters: str) -> _Rule:
    """The rule, asked only where its first character stands: most of a parse is asking rules that cannot hold."""

    def asked(state: StateBlock, first: int, last: int, silent: bool) -> bool:  # noqa: FBT001 # markdown-it's own shape
        begin = state.bMarks[first] + state.tShift[first]
        return state.src[begin : begin + 1] in characters and rule(state, first, last, silent)

    return asked


_SILENT = True


def _whole_table(state: StateBlock, first: int, last: int, silent: bool) -> bool:  # noqa: FBT001 # markdown-it's own shape
    """A table as one token: a row of a thousand cells is read only by who asks for it."""
    if not table(state, first, last, _SILENT):
        return False
    if silent:
        return True
    rules = state.md.block.ruler.getRules("blockquote")
    end = first + 2
    while end < last and state.sCount[end] >= state.blkIndent and not state.isEmpty(end):
        if state.is_code_block(end) or any(rule(state, end, last, _SILENT) for rule in rules):
            break
        end += 1
    token = state.push("table", "table", 0)
    token.map = [first, end]
    token.content = state.getLines(first, end, state.blkIndent, keepLastLF=False)
    state.line = end
    return True
