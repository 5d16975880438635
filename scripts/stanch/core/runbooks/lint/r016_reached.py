"""R016: something leads to every runbook."""

from collections.abc import Iterator

from stanch.core.lint.finding import Gravity
from stanch.core.runbooks.library import Library
from stanch.core.runbooks.lint.finding import Finding
from stanch.core.runbooks.lint.rule import Rule

KEYS = ("services", "alerts")


class Reached(Rule):
    """Every runbook names a service or an alert: else it is found only by who knows that it exists."""

    code = "R016"
    gravity = Gravity.WARNING

    def look(self, library: Library) -> Iterator[Finding]:
        for leaf in library.runbooks:
            named = leaf.runbook.services or leaf.runbook.alerts
            if not named and not any(leaf.wrong(key) or leaf.unfilled(key) for key in KEYS):
                yield self.found("alone", leaf.path, leaf.runbook.place(KEYS[0]).line)
