"""`stanch actions`: the action items of files, for people and for scripts."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from stanch.adapters.text_file import Pipe, shown, text_of
from stanch.app.report import COMMAND, harmless
from stanch.core.actions import MOST_ITEMS, Reading, Written, read
from stanch.core.errors import UsageProblem
from stanch.core.wanted import Text
from stanch.render.words import Words

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


def listed(names: Sequence[str], pipe: Pipe, how: Reading, *, strict: bool, as_json: bool) -> Listed:
    """The items of each file, in their order; `-` is read from the pipe. What cannot be read is told and passed over.

    A file that is named twice is read once, and told twice.
    """
    known = {name: _file(name, pipe, how, strict=strict) for name in dict.fromkeys(names)}
    problems = [file.problem for file in known.values() if file.problem]
    unsure = () if how.day_first is not None else (line for file in known.values() for line in _ambiguous(file))
    cut = (_line("full", name=file.name, count=f"{MOST_ITEMS:,}") for file in known.values() if file.full)
    files = [known[name] for name in names]
    text = "\n".join(map(_as_json, files) if as_json else _lines(files))
    return Listed(text, tuple(map(harmless, (*problems, *cut, *unsure))), 2 if problems else 0)


def _file(name: str, pipe: Pipe, how: Reading, *, strict: bool) -> _File:
    try:
        body = text_of(name, pipe).removeprefix("\ufeff")
    except UsageProblem as problem:
        return _File(shown(name), None, problem.told)
    items = read(body, how)
    kept = tuple(item for item in items if item.strict or not strict)
    return _File(shown(name), kept, full=len(items) >= MOST_ITEMS)


def _as_json(file: _File) -> str:
    """One line for each file: its items, or null when it could not be read."""
    items = None if file.items is None else [_record(item) for item in file.items]
    return harmless(json.dumps(items, ensure_ascii=False), as_json=True)


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
    """For a terminal: no line of them begins as a command to the runner does."""
    for file in files:
        if file.items is not None:
            done = sum(item.done for item in file.items)
            yield harmless(COMMAND.sub("\\1\u200b::", _line("file", name=file.name, count=len(file.items), done=done)))
            yield from (harmless(f"  {_item(item)}") for item in file.items)


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
