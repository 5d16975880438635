"""P006: it has a day, or an issue that is followed in its own right."""

from collections.abc import Iterator

from stanch.core.lint.finding import Finding, Gravity
from stanch.core.lint.report import Report
from stanch.core.lint.rule import Rule


class Due(Rule):
    """Every open item has a date, or links the issue or the pull request in which it is done."""

    code = "P006"
    gravity = Gravity.ERROR

    def look(self, report: Report) -> Iterator[Finding]:
        for item in report.items:
            if not (item.done or item.due or item.due_raw.strip() or item.links):
                yield self.found("never", item.line, item.line_end, item=item.text)
