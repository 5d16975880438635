"""The action items of a post-mortem, as people write them.

`- [ ] text — Owner: @who — Due: YYYY-MM-DD` under a heading that names action items. The separator and the
order are free; what stands in code or in a quote is no item.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from itertools import pairwise

from markdown_it.token import Token

from stanch.core.letters import folded
from stanch.core.login import LOGIN
from stanch.core.markdown import blocks


@dataclass(frozen=True, slots=True)
class ActionItem:
    """One checkbox. `text` is without owner and date, `owners` are logins, `line` counts from 1.

    `fingerprint` (8 hex digits) stays the same when the box is ticked or the owner or the date changes.
    """

    text: str
    done: bool
    owners: tuple[str, ...]
    due: date | None
    line: int
    fingerprint: str


def items(body: str) -> tuple[ActionItem, ...]:
    """The action items of a body, in its order."""
    if not _HEADING.search(body):
        return ()
    return tuple(_item(content, line) for content, line in _boxes(blocks(body)))


PLACEHOLDERS = frozenset({"who", "name", "owner", "user", "username", "login", "handle", "somebody", "tbd", "todo"})
"""Logins that stand in templates for a person who is still to be found."""

_HEADING = re.compile(r"\baction[ _-]?(?:item|point)s?\b", re.IGNORECASE)
_BOX = re.compile(r"\[([ xX])\][ \t\n]+(\S.*)", re.DOTALL)
_BACKSLASH = re.compile(r"\\([!-/:-@\[-`{-~])")
_QUOTE = {"blockquote_open": 1, "blockquote_close": -1}

_WHO = r"[*_]{0,2}(?:owners?|assignees?)[*_]{0,2} ?:[*_]{0,2}"
_BY = r"[*_]{0,2}(?:due|deadline|by)(?: date| by| on)?[*_]{0,2}"
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_LOGIN = re.compile(rf"(?<![\w/@.`-])@({LOGIN})(?![\w/-])")
_SEPARATOR = re.compile(
    r" [-\u2010-\u2015]{1,3} | ?[\u2013\u2014] ?| ?[|;()] ?|, "
    rf"| (?={_WHO} ?@)| (?={_BY} ?:?[*_]{{0,2}} ?{_DAY})",
    re.IGNORECASE,
)
_OWNER = re.compile(rf"{_WHO} ?(.*)", re.IGNORECASE)
_DUE = re.compile(rf"{_BY} ?(?::[*_]{{0,2}} ?(.*)|({_DAY}.*))", re.IGNORECASE)
_ONLY_PEOPLE = re.compile(rf"(?:(?:and |& ?|\+ ?|/ ?)?@{LOGIN}[ .]?){{1,8}}")
_ONLY_DAY = re.compile(rf"[`*_]{{0,2}}{_DAY}[`*_.]{{0,3}}")


class _Kind(Enum):
    TEXT = auto()
    OWNER = auto()
    DUE = auto()


@dataclass(frozen=True, slots=True)
class _Piece:
    """What stands between two separators, and the separator before it."""

    kind: _Kind
    separator: str
    text: str


def _boxes(tokens: list[Token]) -> Iterator[tuple[str, int]]:
    """The checkboxes in sections whose heading names action items, each with its line."""
    level, quotes = 0, 0
    for opening, token in pairwise(tokens):
        quotes += _QUOTE.get(opening.type, 0)
        if token.type != "inline" or quotes or token.map is None:
            continue
        if opening.type == "heading_open":
            level = _level(level, int(opening.tag[1:]), token.content)
        elif level and opening.type == "list_item_open" and _BOX.match(token.content):
            yield token.content, token.map[0] + 1


def _level(current: int, level: int, heading: str) -> int:
    """The level of the action items' heading that a line stands under, 0 for none."""
    if _HEADING.search(heading):
        return level
    return current if level > current else 0


def _item(content: str, line: int) -> ActionItem:
    box = _BOX.match(content)
    mark, written = (box[1], box[2]) if box else (" ", content)
    pieces = tuple(_pieces(" ".join(written.split())))
    text = _text(pieces)
    return ActionItem(
        text=text,
        done=mark != " ",
        owners=_owners(piece.text for piece in pieces if piece.kind is _Kind.OWNER),
        due=_due(piece.text for piece in pieces if piece.kind is _Kind.DUE),
        line=line,
        fingerprint=_fingerprint(text),
    )


def _pieces(written: str) -> Iterator[_Piece]:
    edges = [(found.start(), found.end()) for found in _SEPARATOR.finditer(written)]
    kind = _Kind.TEXT
    for (begin, start), (end, _) in pairwise([(0, 0), *edges, (len(written), 0)]):
        if text := written[start:end].strip():
            kind = _kind(text, written[begin:start], kind)
            yield _Piece(kind, written[begin:start], text)


def _kind(text: str, separator: str, before: _Kind) -> _Kind:
    """After a comma, people alone are owners only if owners came before: a sentence may name people too."""
    alone = separator not in {"", ", "}
    if _OWNER.fullmatch(text) or (_ONLY_PEOPLE.fullmatch(text) and (alone or before is _Kind.OWNER)):
        return _Kind.OWNER
    if _DUE.fullmatch(text) or (_ONLY_DAY.fullmatch(text) and (separator or before is not _Kind.TEXT)):
        return _Kind.DUE
    return _Kind.TEXT


def _text(pieces: tuple[_Piece, ...]) -> str:
    parts: list[str] = []
    for before, piece in zip((None, *pieces), pieces, strict=False):
        if piece.kind is _Kind.TEXT:
            parts += [piece.separator if before and before.kind is _Kind.TEXT else " ", piece.text]
    return _BACKSLASH.sub(r"\1", "".join(parts).strip())


def _owners(texts: Iterable[str]) -> tuple[str, ...]:
    logins = (found[1] for text in texts for found in _LOGIN.finditer(text))
    named = {login.casefold(): login for login in logins if login.casefold() not in PLACEHOLDERS}
    return tuple(named.values())


def _due(texts: Iterable[str]) -> date | None:
    """The last day that is stated; None for a placeholder and for a day that there is not."""
    stated = [found[0] for text in texts for found in re.finditer(_DAY, text)]
    try:
        return date.fromisoformat(stated[-1]) if stated else None
    except ValueError:
        return None


def _fingerprint(text: str) -> str:
    plainly = re.sub(r"[\W_]+", " ", folded(text).casefold()).strip()
    return hashlib.sha256(plainly.encode("utf-8", "replace")).hexdigest()[:8]
