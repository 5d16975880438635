"""How a checkbox is written, and what can be made of one that is written in another way."""

import re
from collections.abc import Iterator

from stanch.core.lint.report import Report
from stanch.core.lint.topics import Topic

_MARK = r"([ \t>]*)([-*+]|[0-9]{1,9}[.)])"
GOOD = re.compile(rf"{_MARK}[ \t]+\[[ xX]\][ \t]+\S")
"""What GitHub shows as a checkbox: https://github.github.com/gfm/#task-list-items-extension-"""

NEARLY = re.compile(
    rf"{_MARK}([ \t]*)(?:\[[ \t]{{0,3}}([xXvVyY_*✓✔☑✅√]?\ufe0f?)[ \t]{{0,3}}\]|([☐☑]))"
    r"([ \t]*)(?![(\[:\]]|$)(\S.*)"
)
ALONE = re.compile(r"([ \t]{0,3})(\[[ xX]?\][ \t]*[^\s(\[:].*)")
ODD = re.compile(rf"{_MARK}[ \t]+\[[ \t]{{0,3}}[^\s\[\]]{{0,2}}[ \t]{{0,3}}\](?![(\[:])")
"""A mark in brackets, whatever it says: `[-]`, `[~]`, `[?]`."""

BULLET = re.compile(rf"{_MARK}([ \t]+)(\S.*)", re.DOTALL)


def lines_with_items(report: Report) -> Iterator[int]:
    """The lines in which a checkbox is meant: those of items, and of lists in the section of action items."""
    numbers = {item.line for item in (*report.items, *report.unfilled)}
    for part in report.of(Topic.ACTIONS):
        numbers.update(range(part.first, part.last + 1))
    yield from sorted(number for number in numbers if report.shown[number - 1])


def set_right(line: str) -> str | None:
    """The line with its box as GitHub wants it, None where there is no box or nothing to mend."""
    found = NEARLY.fullmatch(line)
    if not found or (not found[3] and found[2] in "*+"):
        return None
    ticked = (found[4] or found[5] or "") not in {"", "_", "☐"}
    mended = f"{found[1]}{found[2]}{found[3] or ' '}[{'x' if ticked else ' '}]{found[6] or ' '}{found[7]}"
    return None if mended == line else mended


def with_mark(line: str) -> str | None:
    """A box that stands at the start of a line without a list, in a list; None for any other line."""
    found = ALONE.fullmatch(line)
    mended = f"{found[1]}- {found[2]}" if found else ""
    return set_right(mended) or mended or None


def with_box(line: str) -> str | None:
    """A bullet with an open box before its text, None for what is no bullet or begins with a mark in brackets."""
    found = None if ODD.match(line) else BULLET.fullmatch(line)
    return f"{found[1]}{found[2]}{found[3]}[ ] {found[4]}" if found else None
