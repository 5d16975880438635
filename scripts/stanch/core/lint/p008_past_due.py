"""P008: what is past its day is done, or has a new day."""

from collections.abc import Iterator

from stanch.core.lint.finding import Finding, Gravity
from stanch.core.lint.p007_vague_date import OLDEST
from stanch.core.lint.report import Report
from stanch.core.lint.rule import Rule


class PastDue(Rule):
    """No open item has a day that has passed."""

    code = "P008"
    gravity = Gravity.WARNING

    def look(self, report: Report) -> Iterator[Finding]:
        today = report.about.today
        for item in report.items:
            if not item.done and item.due and item.due < today and item.due.year >= OLDEST:
                days = (today - item.due).days
                yield self.found("past", item.line, item.line_end, due=item.due.isoformat(), days=days)
