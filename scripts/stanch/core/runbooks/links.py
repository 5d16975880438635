"""The links of a page that lead to files of the same repository, and where each of them leads."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from stanch.core.runbooks.placeholders import is_placeholder
from stanch.core.runbooks.sheet import Sheet

_LINK = re.compile(
    r"\]\((?:<([^<>\n]{1,500})>|((?:[^()\s<>]|\([^()\s<>]{0,100}\)){1,500}))"
    r"|(?:href|src)=[\"']([^\"'\s<>]{1,500})"
)
_DEFINITION = re.compile(r" {0,3}\[[^\]\n]{1,200}\]:[ \t]*(?:<([^<>\n]{1,500})>|(\S{1,500}))")
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
"""An address with a scheme or a host is not ours to follow."""
_OF_GITHUB = re.compile(
    r"(?:\.\./)+(?:issues|pulls?|discussions|actions|wiki|releases|security|milestones?|labels|projects)(?:/|$)"
)
"""How people link GitHub's own pages from a file: these stand beside the branch's files."""
_RUN = re.compile(r"`+")


@dataclass(frozen=True, slots=True)
class Link:
    """A relative link, where it stands, and what it leads to: a path from the repository's top, and an anchor.

    `outside` says that it climbs out of the repository.
    """

    line: int
    column: int
    written: str
    path: str
    anchor: str
    outside: bool


def links(sheet: Sheet) -> Iterator[Link]:
    """Every relative link and picture of a page; what stands in code is none."""
    for number, line in enumerate(sheet.prose, start=1):
        if "](" in line or "]:" in line or "=" in line:
            yield from _of_line(sheet.path, number, _without_code(line))


def _of_line(path: str, number: int, line: str) -> Iterator[Link]:
    definition = _DEFINITION.match(line)
    for found in ([definition] if definition else []) + list(_LINK.finditer(line)):
        written = next((group for group in found.groups() if group), "")
        if not (_ELSEWHERE.match(written) or _OF_GITHUB.match(written) or is_placeholder(f"<{written}>")):
            yield _resolved(path, number, found.start() + 1, written)


def _resolved(path: str, line: int, column: int, written: str) -> Link:
    target, _, anchor = written.partition("#")
    target = unquote(target.partition("?")[0])
    whole = normpath(target.lstrip("/") if target.startswith("/") else join(dirname(path), target)) if target else path
    return Link(line, column, written, whole, unquote(anchor).lower(), whole == ".." or whole.startswith("../"))


def _without_code(line: str) -> str:
    """The line with its code spans blanked, so that every column stays what it is."""
    if "`" not in line:
        return line
    runs = list(_RUN.finditer(line))
    later: dict[int, list[int]] = {}
    for place in range(len(runs) - 1, -1, -1):
        later.setdefault(len(runs[place][0]), []).append(place)
    kept, place, done = [], 0, 0
    while place < len(runs):
        same = later[len(runs[place][0])]
        while same and same[-1] <= place:
            same.pop()
        if same:
            start, end = runs[place].start(), runs[same[-1]].end()
            kept += [line[done:start], " " * (end - start)]
            place, done = same[-1], end
        place += 1
    return "".join(kept) + line[done:]
