"""R005: behind every command stands what to expect of it."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from stanch.core.lint.finding import Gravity
from stanch.core.runbooks.library import Leaf, Library
from stanch.core.runbooks.lint.finding import Finding
from stanch.core.runbooks.lint.rule import Rule
from stanch.core.runbooks.sheet import MERMAID, Fence

SAID = re.compile(
    r"\b(?:expect(?:s|ed|ation)?|you (?:should )?see|should (?:show|say|print|return|answer|read|be|list)"
    r"|outputs?|prints?|returns?|answers?|shows?)\b",
    re.IGNORECASE,
)


class Expectations(Rule):
    """`Expect: …` behind the fence, its output in a fence of its own, or a comment in it; no fence is left open."""

    code = "R005"
    gravity = Gravity.ERROR

    def look(self, library: Library) -> Iterator[Finding]:
        for leaf in library.runbooks:
            yield from self._of_runbook(leaf)

    def _of_runbook(self, leaf: Leaf) -> Iterator[Finding]:
        commands = [fence for fence in leaf.sheet.fences if fence.is_command]
        stops = sorted([fence.line for fence in commands] + [head.line for head in leaf.sheet.heads])
        for fence in commands:
            place = bisect_right(stops, fence.line)
            end = stops[place] - 1 if place < len(stops) else len(leaf.sheet.lines)
            if fence.closed and not _is_told(leaf, fence, end):
                yield self.found("none", leaf.path, fence.line, command=_first(fence))
        for fence in leaf.sheet.fences:
            if not fence.closed:
                yield self.found("open", leaf.path, fence.line)


def _is_told(leaf: Leaf, fence: Fence, end: int) -> bool:
    """Whether anything between the fence and line `end` says what to expect of it."""
    if any(line.lstrip().startswith(("#", "--", "//")) and SAID.search(line) for line in fence.lines):
        return True
    outputs = leaf.sheet.within(fence.line_end + 1, end)
    return any(one.language != MERMAID for one in outputs) or any(
        SAID.search(line) for line in leaf.sheet.prose[fence.line_end : end]
    )


def _first(fence: Fence) -> str:
    lines = (line.strip() for line in fence.lines)
    return next((line for line in lines if line and not line.startswith("#")), fence.lines[0].strip())
