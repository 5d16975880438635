"""P003: at least one thing is going to change."""

from collections.abc import Iterator

from stanch.core.lint.finding import Finding, Gravity
from stanch.core.lint.report import Report
from stanch.core.lint.rule import Rule
from stanch.core.lint.topics import Topic


class NoItems(Rule):
    """There is an action item; those of the template that nobody filled in are none."""

    code = "P003"
    gravity = Gravity.ERROR

    def look(self, report: Report) -> Iterator[Finding]:
        if not report.items:
            section = next(iter(report.of(Topic.ACTIONS)), None)
            yield self.found("none", section.line if section else 1, unfilled=len(report.unfilled))
