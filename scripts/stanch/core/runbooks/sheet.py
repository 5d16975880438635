"""One page as it is written: its headings, its fences, and the lines that say something in words. Parsed once."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

from markdown_it.token import Token

from stanch.core.block_parse import tokens
from stanch.core.outline import titled

OUTPUT = frozenset(
    {"text", "txt", "plain", "plaintext", "output", "log", "logs", "json", "jsonc", "yaml", "yml", "toml", "ini", "env"}
    | {"diff", "patch", "csv", "html", "xml", "markdown", "md", "mermaid"}
)
"""What a fence may be called that holds no command; one without a name holds none either."""

MERMAID = "mermaid"


@dataclass(frozen=True, slots=True)
class Head:
    """A heading. `line` to `line_end` are its own lines, counted from 1."""

    title: str
    level: int
    line: int
    line_end: int


@dataclass(frozen=True, slots=True)
class Fence:
    """A block of code. `line` to `line_end` are its own, marks included; a fence that is not `closed` ends the page."""

    line: int
    line_end: int
    language: str
    lines: tuple[str, ...]
    closed: bool

    @property
    def is_command(self) -> bool:
        """Whether it holds what somebody is to type: it is named for a language that is no output."""
        return bool(self.language) and self.language not in OUTPUT and any(line.strip() for line in self.lines)


@dataclass(frozen=True)
class Sheet:
    """`lines` are as written, `body` is the number of lines that the front matter takes."""

    path: str
    lines: tuple[str, ...]
    heads: tuple[Head, ...]
    fences: tuple[Fence, ...]
    hidden: frozenset[int]
    body: int = 0

    @cached_property
    def prose(self) -> tuple[str, ...]:
        """Its lines; those of front matter, code and HTML are empty."""
        return tuple("" if n in self.hidden else line for n, line in enumerate(self.lines, start=1))

    def within(self, first: int, last: int) -> tuple[Fence, ...]:
        """The fences that begin between two lines, both included."""
        begin = bisect_left(self.fences, first, key=attrgetter("line"))
        return self.fences[begin : bisect_right(self.fences, last, key=attrgetter("line"))]


_KEPT = frozenset({"heading_open", "fence", "code_block", "html_block", "blockquote_open", "blockquote_close"})
_QUOTES = {"blockquote_open": 1, "blockquote_close": -1}
_LANGUAGE = re.compile(r"[\w+#.-]+")
_MARK = re.compile(r"[ \t]*#{1,6}(?:[ \t]+|$)|[ \t]+#+[ \t]*$")


def sheet_of(path: str, lines: tuple[str, ...], body: int = 0) -> Sheet:
    """A page of these lines, of which the first `body` are front matter."""
    visible = "\n".join(("",) * body + lines[body:])
    heads: list[Head] = []
    fences: list[Fence] = []
    hidden, quotes = set(range(1, body + 1)), 0
    for token in tokens(visible, _KEPT):
        quotes += _QUOTES.get(token.type, 0)
        if token.map is None or token.type in _QUOTES:
            continue
        if token.type == "heading_open":
            heads += [] if quotes else [_head(token, lines)]
            continue
        hidden.update(range(token.map[0] + 1, token.map[1] + 1))
        if token.type == "fence":
            fences.append(_fence(token, lines))
    return Sheet(path, lines, tuple(heads), tuple(fences), frozenset(hidden), body)


def _span(token: Token) -> tuple[int, int]:
    """The first and the last line of a token, counted from 1."""
    first, end = token.map or (0, 0)
    return first + 1, end


def _head(token: Token, lines: tuple[str, ...]) -> Head:
    first, last = _span(token)
    underlined = token.markup in {"=", "-"}
    written = lines[first - 1 : last - 1] if underlined else lines[first - 1 : first]
    return Head(titled(_MARK.sub("", " ".join(written))), int(token.tag[1:]), first, last)


def _fence(token: Token, lines: tuple[str, ...]) -> Fence:
    first, last = _span(token)
    language = _LANGUAGE.match(token.info.strip().lower())
    content = tuple(token.content.split("\n")[:-1])
    mark = lines[last - 1].strip(" \t>")
    closed = last > first and len(mark) >= len(token.markup) and set(mark) == {token.markup[0]}
    return Fence(first, last, language[0] if language else "", content, closed)


_NAMED = re.compile(r"<[A-Za-z][^<>]{0,200}?\b(?:id|name)=[\"']([^\"'\s<>]{1,200})[\"']")


def anchors(sheet: Sheet) -> Iterator[str]:
    """The anchors that GitHub gives to headings, in small letters, and those that are named in HTML.

    A heading that stands twice gets a number.
    """
    seen: dict[str, int] = {}
    for head in sheet.heads:
        slug = re.sub(r"[^\w\- ]", "", head.title.lower()).replace(" ", "-")
        count = seen.get(slug, 0)
        seen[slug] = count + 1
        yield f"{slug}-{count}" if count else slug
    for line in sheet.lines:
        yield from (found[1].lower() for found in _NAMED.finditer(line)) if "<" in line else ()
