"""Texts into tables, strictly: what is not as it should be is said to be unreadable, never taken for absent."""

import json
import re
import tomllib
from typing import Any

Table = dict[str, Any]


class Unreadable(Exception):
    """A text, or a part of it, is not what its file's name promises."""


LONGEST_TEXT = 1_000_000
"""Characters of a file that are read; GitHub shows about half of that."""

LONGEST_NAME = 300
"""Characters of a name that is put together with others: one long name before many is not to fill the memory."""

_DEEPEST_KEY = 16
_QUOTED = re.compile(r"\"\"\"|'''|\"(?:\\.|[^\"\\\n])*\"|'[^'\n]*'")
_COMMENT = re.compile(r"#[^\n]*")


def normal(text: str) -> str:
    """The text without a byte order mark, its lines ended as on Unix."""
    if len(text) > LONGEST_TEXT:
        raise Unreadable("too long")
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def from_json(text: str) -> Table:
    """An object. A key that stands twice is refused: two readers may disagree which one counts."""
    try:
        return table(json.loads(text, object_pairs_hook=_once))
    except ValueError as error:
        raise Unreadable("no JSON") from error


def _once(pairs: list[tuple[str, Any]]) -> Table:
    found = dict(pairs)
    if len(found) != len(pairs) and len(found) != len([key for key, _ in pairs if key != "//"]) + ("//" in found):
        raise Unreadable("a key stands twice")
    return found


def from_toml(text: str) -> Table:
    """A document. Long dotted keys are refused first: tomllib takes the square of their length."""
    for piece in re.split(r"[^\w\s.-]|\n", _COMMENT.sub("", _QUOTED.sub("s", text))):
        if piece.count(".") > _DEEPEST_KEY:
            raise Unreadable("a key is too deep")
    try:
        return tomllib.loads(text)
    except ValueError as error:
        raise Unreadable("no TOML") from error


def table(value: object) -> Table:
    """A table, empty for what is absent."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise Unreadable("no table")
    return value


def inner(value: object, *keys: str) -> Table:
    """The table under some keys."""
    for key in keys:
        value = table(value).get(key)
    return table(value)


def rows(value: object) -> list[Any]:
    """A list, empty for what is absent."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise Unreadable("no list")
    return value


def tables(value: object) -> list[Table]:
    """A list of tables; one table alone stands for itself."""
    return [value] if isinstance(value, dict) else [table(row) for row in rows(value)]


def short(name: str) -> str:
    """A name that others are put together with."""
    if len(name) > LONGEST_NAME:
        raise Unreadable("a name is too long")
    return name


def words(value: object) -> str:
    """A text, empty for what is absent."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Unreadable("no text")
    return value
