"""R012: somebody looked at it not long ago."""

from collections.abc import Iterator
from dataclasses import replace

from stanch.core.lint.finding import Gravity
from stanch.core.runbooks.library import Leaf, Library
from stanch.core.runbooks.lint.finding import Finding
from stanch.core.runbooks.lint.rule import Rule

KEY = "last_reviewed"


class Reviewed(Rule):
    """Every page was reviewed, on a day that has come and not too long ago; a use that worked counts as a review."""

    code = "R012"
    gravity = Gravity.ERROR

    def look(self, library: Library) -> Iterator[Finding]:
        for leaf in library.leaves:
            yield from self._of_leaf(library, leaf)

    def _of_leaf(self, library: Library, leaf: Leaf) -> Iterator[Finding]:
        runbook, line = leaf.runbook, leaf.runbook.place(KEY).line
        written, seen = runbook.last_reviewed, library.reviewed(leaf.runbook)
        due = runbook.stale_since(seen)
        if written is not None and written > library.today:
            yield self.found("future", leaf.path, line, day=written.isoformat())
        elif written is None and not (leaf.wrong(KEY) or leaf.unfilled(KEY)):
            yield self.found("never", leaf.path, line)
        elif seen is not None and due is not None and due < library.today:
            days = (library.today - due).days
            late = self.found("overdue", leaf.path, line, seen=seen.isoformat(), days=days)
            yield replace(late, gravity=Gravity.WARNING)
