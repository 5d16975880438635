"""`stanch actions`: the action items of files, for people and for scripts."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from stanch.core.actions import MOST_ITEMS, Reading, Written, read
from stanch.core.errors import UsageProblem
from stanch.core.markdown import bare
from stanch.core.wanted import Text
from stanch.render.words import Words

STDIN = "-"
MOST_BYTES = 1_000_000
"""Of one file; a post-mortem has a few thousand."""

SURE = 0.7
"""The confidence below which a person is told that a line may be no item."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What is printed, what is said on stderr, and the exit code: 2 when a file could not be read."""

    text: str
    warnings: tuple[str, ...]
    exit_code: int


@dataclass(frozen=True, slots=True)
class _File:
    """`items` is None for a file that could not be read; `problem` says why. A `full` one may have had more items."""

    name: str
    items: tuple[Written, ...] | None
    problem: str = ""
    full: bool = False


def listed(names: Sequence[str], stdin: Callable[[int], bytes], how: Reading, *, strict: bool, as_json: bool) -> Listed:
    """The items of each file, in their order; `-` is read from `stdin`. What cannot be read is told and passed over."""
    files = [_file(name, stdin, how, strict=strict) for name in names]
    problems = [file.problem for file in files if file.problem]
    unsure = () if how.day_first is not None else (line for file in files for line in _ambiguous(file))
    cut = (_line("full", name=file.name, count=f"{MOST_ITEMS:,}") for file in files if file.full)
    text = "\n".join(map(_as_json, files)) if as_json else "\n".join(_lines(files))
    return Listed(text, (*problems, *cut, *unsure), 2 if problems else 0)


def _file(name: str, stdin: Callable[[int], bytes], how: Reading, *, strict: bool) -> _File:
    shown = "stdin" if name == STDIN else name
    try:
        body = _text(shown, _bytes(name, stdin))
    except UsageProblem as problem:
        return _File(shown, None, problem.told)
    items = read(body, how)
    return _File(shown, tuple(item for item in items if item.strict or not strict), full=len(items) >= MOST_ITEMS)


def _bytes(name: str, stdin: Callable[[int], bytes]) -> bytes:
    """At most one byte more than may be. Raises UsageProblem when it cannot be read."""
    if name == STDIN:
        return stdin(MOST_BYTES + 1)
    try:
        with Path(name).open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except FileNotFoundError as problem:
        raise UsageProblem(f"There is no file {bare(name)}. Check its name.") from problem
    except (OSError, ValueError) as problem:
        why = getattr(problem, "strerror", None) or type(problem).__name__
        raise UsageProblem(f"{bare(name)} cannot be read: {why}. Name a Markdown file.") from problem


def _text(name: str, found: bytes) -> str:
    """Raises UsageProblem for what is no text that a person wrote."""
    if len(found) > MOST_BYTES:
        raise UsageProblem(f"{bare(name)} has more than {MOST_BYTES:,} bytes: too long for a post-mortem.")
    if b"\0" in found:
        raise UsageProblem(f"{bare(name)} is no text file. Name a Markdown file.")
    try:
        return found.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise UsageProblem(f"{bare(name)} is not UTF-8 at byte {problem.start}; save it as UTF-8.") from problem


def _as_json(file: _File) -> str:
    """One line for each file: its items, or null when it could not be read."""
    shown = None if file.items is None else [_record(item) for item in file.items]
    return json.dumps(shown, ensure_ascii=False)


def _record(item: Written) -> dict[str, object]:
    return {
        "text": item.text,
        "done": item.done,
        "owner": ", ".join(item.owners) or None,
        "due": item.due.isoformat() if item.due else None,
        "due_raw": item.due_raw or None,
        "line": item.line,
        "line_end": item.line_end,
        "form": item.form.value,
        "confidence": item.confidence,
        "links": list(item.links),
    }


def _lines(files: Iterable[_File]) -> Iterator[str]:
    for file in files:
        if file.items is not None:
            done = sum(item.done for item in file.items)
            yield _line("file", name=file.name, count=len(file.items), done=done)
            yield from (f"  {_item(item)}" for item in file.items)


def _item(item: Written) -> str:
    due = item.due.isoformat() if item.due else item.due_raw
    view = {"line": item.line, "done": item.done, "text": item.text[:160], "due": due, "sure": item.confidence >= SURE}
    return _line("item", owners=", ".join(item.owners), **view)


def _ambiguous(file: _File) -> Iterator[str]:
    for item in file.items or ():
        if item.ambiguous:
            yield _line("ambiguous", name=file.name, line=item.line, due=item.due_raw)


def _line(kind: str, **view: object) -> str:
    return Words.load()(Text("summary/actions_line", {"kind": kind, **view})).rstrip()
