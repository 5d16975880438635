"""R013: it is said how often it is looked at."""

from collections.abc import Iterator

from stanch.core.lint.finding import Gravity
from stanch.core.runbooks.library import Library
from stanch.core.runbooks.lint.finding import Finding
from stanch.core.runbooks.lint.rule import Rule

KEY = "review_every"


class Rhythm(Rule):
    """Every page says how often it is reviewed: without that it is never overdue."""

    code = "R013"
    gravity = Gravity.ERROR

    def look(self, library: Library) -> Iterator[Finding]:
        for leaf in library.leaves:
            if leaf.runbook.review_every is None and not (leaf.wrong(KEY) or leaf.unfilled(KEY)):
                yield self.found("never", leaf.path, leaf.runbook.place(KEY).line)
