"""Runbooks in the working tree: the files of a folder, and what their links lead to."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from stanch.adapters.runbook_file import MOST_BYTES
from stanch.core.markdown import bare, lines_of
from stanch.core.runbooks.sheet import anchors, sheet_of

SUFFIX = ".md"

MOST_FILES = 1_000
"""Of one folder: a team has a few dozen."""

MOST_LINKED = 1_000_000
"""Bytes of a page of which the anchors are looked up."""


@dataclass
class Files:
    """What was read, by the path from the folder that one stands in, and one sentence for what could not be."""

    bodies: dict[str, bytes] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def read_folder(name: str, files: Files) -> None:
    """Every Markdown file below a folder, hidden folders left out, in the order of their names."""
    found = sorted(_below(name, files))
    if len(found) > MOST_FILES:
        files.problems.append(f"{_shown(name)} has more than {MOST_FILES:,} Markdown files. Name a folder below it.")
        return
    for path in found:
        read_file(path, files)


def read_file(name: str, files: Files) -> None:
    """One file, or the beginning of one that is too long to be a runbook."""
    try:
        if not Path(name).is_file():
            files.problems.append(f"There is no file {_shown(name)}. Check its name.")
            return
        with Path(name).open("rb") as file:
            files.bodies[relative(name)] = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as problem:
        files.problems.append(_unreadable(name, problem))


def is_folder(name: str) -> bool:
    """Whether a name is that of a folder."""
    try:
        return Path(name).is_dir()
    except (OSError, ValueError):
        return False


def relative(name: str) -> str:
    """A file's name from the folder that one stands in, where it is below that; else as it is given."""
    path = Path(os.path.normpath(name))
    here = Path.cwd()
    return (path.relative_to(here) if path.is_absolute() and path.is_relative_to(here) else path).as_posix()


def looked_up(asked: Mapping[str, bool]) -> dict[str, frozenset[str]]:
    """Those of the paths that exist, with the anchors of the Markdown files of which they are asked."""
    return {path: _anchors(path) if wanted else frozenset() for path, wanted in asked.items() if _exists(path)}


def _exists(path: str) -> bool:
    try:
        return Path(path).exists()
    except (OSError, ValueError):
        return False


def _anchors(path: str) -> frozenset[str]:
    if PurePosixPath(path).suffix != SUFFIX:
        return frozenset()
    try:
        with Path(path).open("rb") as file:
            text = file.read(MOST_LINKED).decode("utf-8", "replace")
    except OSError:
        return frozenset()
    return frozenset(anchors(sheet_of(path, tuple(lines_of(text)))))


def _below(name: str, files: Files) -> Iterator[str]:
    def failed(problem: OSError) -> None:
        files.problems.append(_unreadable(str(problem.filename or name), problem))

    for folder, folders, names in os.walk(name, onerror=failed):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        yield from (os.path.join(folder, one) for one in names if one.lower().endswith(SUFFIX))  # noqa: PTH118 # os.walk's own names


def _unreadable(name: str, problem: OSError | ValueError) -> str:
    why = getattr(problem, "strerror", None) or type(problem).__name__
    return f"{_shown(name)} cannot be read: {why}. Name files and folders that can be."


def _shown(name: str) -> str:
    return bare(name, 200)
