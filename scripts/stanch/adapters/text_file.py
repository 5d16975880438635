"""The text of a file that somebody names on the command line, or of what is piped in."""

from collections.abc import Callable
from pathlib import Path

from stanch.core.errors import UsageProblem
from stanch.core.markdown import bare

STDIN = "-"
"""The name by which what is piped in is asked for."""

MOST_BYTES = 1_000_000
"""Of one text; a post-mortem has a few thousand."""

Pipe = Callable[[int], bytes]
"""Reads at most so many bytes of what is piped in."""


def shown(name: str) -> str:
    """How a text is called where it is spoken of: one line, on which nothing turns around."""
    return "stdin" if name == STDIN else bare(name, 200)


def text_of(name: str, pipe: Pipe) -> str:
    """What a file says, byte order mark and ends of lines included. Raises UsageProblem if it is no text."""
    data = _bytes(name, pipe)
    if len(data) > MOST_BYTES:
        raise UsageProblem(f"{shown(name)} has more than {MOST_BYTES:,} bytes: too long for a post-mortem.")
    if b"\0" in data:
        raise UsageProblem(f"{shown(name)} is no text file. Name Markdown files.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise UsageProblem(f"{shown(name)} is not UTF-8 at byte {problem.start}; save it as UTF-8.") from problem


def _bytes(name: str, pipe: Pipe) -> bytes:
    """At most one byte more than may be."""
    if name == STDIN:
        return pipe(MOST_BYTES + 1)
    try:
        with Path(name).open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except FileNotFoundError as problem:
        raise UsageProblem(f"There is no file {shown(name)}. Check its name.") from problem
    except (OSError, ValueError) as problem:
        why = getattr(problem, "strerror", None) or type(problem).__name__
        raise UsageProblem(f"{shown(name)} cannot be read: {why}. Name Markdown files that exist.") from problem


def write_text(name: str, text: str) -> None:
    """Write a file anew, its ends of lines as they are. Raises UsageProblem."""
    try:
        Path(name).write_bytes(text.encode("utf-8"))
    except (OSError, ValueError) as problem:
        why = getattr(problem, "strerror", None) or type(problem).__name__
        raise UsageProblem(f"{shown(name)} cannot be written: {why}. Nothing in it was changed.") from problem
