"""R018: every diagram is drawn, not shown as an error."""

from collections.abc import Iterator

from stanch.core.lint.finding import Gravity
from stanch.core.runbooks.library import Library
from stanch.core.runbooks.lint.finding import Finding
from stanch.core.runbooks.lint.rule import Rule
from stanch.core.runbooks.mermaid import slips
from stanch.core.runbooks.sheet import MERMAID


class Mermaid(Rule):
    """A known kind of diagram, nothing left open in it. What else may be wrong, only Mermaid's own parser knows."""

    code = "R018"
    gravity = Gravity.ERROR

    def look(self, library: Library) -> Iterator[Finding]:
        for path, sheet in library.sheets.items():
            for fence in sheet.fences:
                if fence.language == MERMAID:
                    for slip in slips(fence.lines):
                        yield self.found(slip.why, path, fence.line + slip.line, 1, found=slip.found)
