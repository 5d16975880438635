"""The files that `stanch init` brings: templates with delimiters of their own, so that `${{ }}` stands as it is.

Every text from a repository becomes a YAML scalar that means just this text.
"""

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from stanch.core.markdown import Safe
from stanch.core.wanted import Text
from stanch.render.environment import FAILURES, PLACES, TemplateProblemError

_BARE = re.compile(r"[A-Za-z_./][A-Za-z0-9_./@-]*")
"""A text that YAML takes for itself, in a list too, without quotes."""

_WORDS = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}

_ONE_LINE = re.compile(r"[A-Za-z0-9_./][\x20-\x7e]*")


def scalar(text: str) -> Safe:
    """A text as YAML: bare where it cannot be taken for anything else, else in double quotes."""
    if _BARE.fullmatch(text) and text.lower() not in _WORDS and not text.startswith("."):
        return Safe(text)
    quoted = json.dumps(text, ensure_ascii=False)
    return Safe("".join(char if char.isprintable() else f"\\U{ord(char):08x}" for char in quoted))


def flow(texts: Iterable[str]) -> Safe:
    """Texts as a list on one line."""
    return Safe(f"[{', '.join(map(scalar, texts))}]")


def entries(rows: Iterable[Mapping[str, Any]]) -> Safe:
    """Names with their lists, as the inside of a mapping on one line."""
    return Safe(", ".join(f"{scalar(row['name'])}: {flow(row['means'])}" for row in rows))


def command(text: str) -> Safe:
    """A command as it is typed, where YAML reads it so."""
    plain = _ONE_LINE.fullmatch(text) and ": " not in text and " #" not in text and not text.endswith((":", " "))
    return Safe(text) if plain else scalar(text)


def literal(text: str) -> Safe:
    """A text in an expression of Actions."""
    return Safe("'" + text.replace("'", "''") + "'")


def _shown(value: object) -> object:
    if isinstance(value, Safe | Undefined):
        return value
    if isinstance(value, str):
        return scalar(value) if value else value
    raise TypeError(f"{value!r} cannot be written as it is; give it to a filter first")


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    made = ImmutableSandboxedEnvironment(
        block_start_string="[%", block_end_string="%]", variable_start_string="[[", variable_end_string="]]",
        comment_start_string="[#", comment_end_string="#]", trim_blocks=True, lstrip_blocks=True,
        keep_trailing_newline=True, undefined=StrictUndefined, finalize=_shown, autoescape=False,
        loader=FileSystemLoader([path for path in PLACES if path.is_dir()]),
    )  # fmt: skip
    made.filters |= {"bare": Safe, "command": command, "entries": entries, "flow": flow, "literal": literal}
    return made


def written(file: Text) -> str:
    """A file with its values. Raises TemplateProblemError, which names it."""
    try:
        return _environment().get_template(file.template).render(dict(file.view))
    except FAILURES as problem:
        raise TemplateProblemError(f"template {file.template}: {problem}") from problem
