"""What is plainly unfinished in a Mermaid diagram. Whether it is drawn, only Mermaid's own parser can say.

Only what holds for every version is told: a kind that is not known, and what was opened and never closed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

FLOWCHARTS = frozenset({"flowchart", "graph", "flowchart-elk"})
KINDS = FLOWCHARTS | {
    *("sequenceDiagram", "classDiagram", "classDiagram-v2", "stateDiagram", "stateDiagram-v2", "erDiagram", "journey"),
    *("gantt", "pie", "quadrantChart", "requirementDiagram", "gitGraph", "mindmap", "timeline", "zenuml", "sankey"),
    *("sankey-beta", "xychart", "xychart-beta", "block", "block-beta", "packet", "packet-beta", "architecture"),
    *("architecture-beta", "kanban", "radar", "radar-beta", "treemap", "treemap-beta", "info"),
    *("C4Context", "C4Container", "C4Component", "C4Dynamic", "C4Deployment"),
}
"""Every kind that any version draws: https://mermaid.js.org/intro/syntax-reference.html"""

DIRECTIONS = frozenset({"TB", "TD", "BT", "RL", "LR", "<", ">", "^", "v"})
CLOSING = {"[": "]", "(": ")", "{": "}", ">": "]"}
"""`a>text]` is a shape of its own; elsewhere `>` belongs to an arrow or to a text."""

_BLOCKS = {
    "sequenceDiagram": re.compile(r"(?:loop|alt|opt|par|par_over|critical|break|rect|box)(?=\s|$)"),
    **dict.fromkeys(FLOWCHARTS, re.compile(r"subgraph(?=\s|$)")),
}
"""What opens a block that `end` closes."""
_END = re.compile(r"end[ \t;]*$")
_WORD = re.compile(r"[A-Za-z][\w-]*")
_COMMENT = re.compile(r"[ \t]*%%")
_ARROW = re.compile(r"(?:--|==|\.-)[->=]$")
_END_LAST = re.compile(r"(?:--|==|\.-)[->=]?(?:\|[^|]{0,40}\|)?[ \t]{0,9}end;?$")
_END_FIRST = re.compile(r"end[ \t]{0,9}(?:--|==|-\.)")
"""A box called `end`, which Mermaid takes for the end of a block."""
_MARK = re.compile(r"[\[\](){}\"]|(?<=\w)>")

Said = Sequence[tuple[int, str]]
"""The lines that say something, with their numbers."""


@dataclass(frozen=True, slots=True)
class Slip:
    """One thing that is unfinished. `line` counts from 1, within the diagram; `found` is what stands there."""

    why: str
    line: int
    found: str = ""


def slips(lines: Sequence[str]) -> Iterator[Slip]:
    """Everything that is plainly unfinished in a diagram, in its order."""
    numbered = enumerate(_without_head(lines), start=1)
    said = [(number, line) for number, line in numbered if line.strip() and not _COMMENT.match(line)]
    if not said:
        yield Slip("empty", 1)
        return
    first, opening = said[0][0], said[0][1].strip()
    found = _WORD.match(opening)
    kind = found[0] if found else ""
    if kind not in KINDS:
        yield Slip("kind", first, opening[:60])
    if kind in FLOWCHARTS:
        yield from _direction(first, opening[len(kind) :])
        yield from _brackets(said[1:])
        yield from _arrows(said[1:])
    if kind in _BLOCKS:
        yield from _blocks(said[1:], _BLOCKS[kind])


def _without_head(lines: Sequence[str]) -> list[str]:
    """The lines with the diagram's own front matter emptied, so that the others keep their numbers."""
    fences = [place for place, line in enumerate(lines) if line.strip() == "---"][:2]
    if len(fences) < 2 or any(line.strip() for line in lines[: fences[0]]):
        return list(lines)
    return [""] * (fences[1] + 1) + list(lines[fences[1] + 1 :])


def _direction(number: int, rest: str) -> Iterator[Slip]:
    words = rest.split(";", maxsplit=1)[0].split()
    if words and words[0] not in DIRECTIONS:
        yield Slip("direction", number, words[0][:60])


def _brackets(said: Said) -> Iterator[Slip]:
    """The first quote or bracket that is left open, closes nothing, or stands in a text without quotes."""
    opened: list[tuple[str, int, int]] = []
    quoted = 0
    for number, line in said:
        for found in _MARK.finditer(line):
            mark = found[0]
            if mark == '"':
                quoted = 0 if quoted else number
            elif quoted or (mark == ">" and opened):
                continue
            elif mark in CLOSING:
                if opened and opened[-1][1:] != (number, found.start() - 1):
                    yield _unclosed(said, opened[-1], "label" if opened[-1][1] == number else "open")
                    return
                opened.append((mark, number, found.start()))
            elif opened and CLOSING[opened[-1][0]] == mark:
                opened.pop()
            else:
                yield Slip("closes-nothing", number, mark)
                return
    if quoted or opened:
        yield Slip("open", quoted, '"') if quoted else _unclosed(said, opened[-1], "open")


def _unclosed(said: Said, opening: tuple[str, int, int], why: str) -> Slip:
    """What is said of a bracket, with what stands in its line from there on."""
    _, number, column = opening
    return Slip(why, number, next(line[column:][:60] for n, line in said if n == number))


def _arrows(said: Said) -> Iterator[Slip]:
    """Arrows to nothing, or to a box that ends a block. A line may be a part of a quoted text: then nobody can say."""
    if any(line.count('"') % 2 for _, line in said):
        return
    for (number, line), (_, after) in pairwise([*said, (0, "end")]):
        statement = line.strip()
        to_nothing = _ARROW.search(statement[-3:]) and (_END.match(after.strip()) or after.lstrip()[:8] == "subgraph")
        if to_nothing or statement.endswith(("&", "|")):
            yield Slip("arrow", number, statement[-60:])
        elif _END_LAST.search(statement[-80:]) or _END_FIRST.match(statement):
            yield Slip("named-end", number, statement[-60:])


def _blocks(said: Said, opens: re.Pattern[str]) -> Iterator[Slip]:
    opened: list[tuple[str, int]] = []
    for number, line in said:
        statement = line.strip()
        if found := opens.match(statement):
            opened.append((found[0], number))
        elif _END.match(statement):
            if not opened:
                yield Slip("closes-nothing", number, "end")
                return
            opened.pop()
    if opened:
        yield Slip("open", opened[-1][1], opened[-1][0])
