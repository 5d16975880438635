"""P004: two to four action items."""

from collections.abc import Iterator

from stanch.core.lint.finding import Finding, Gravity
from stanch.core.lint.report import Report
from stanch.core.lint.rule import Rule

FEWEST, MOST = 2, 4
"""So many make the next incident rarer or smaller; of more than that none gets done."""


class HowMany(Rule):
    """Neither a single one nor more than a small team gets done."""

    code = "P004"
    gravity = Gravity.WARNING

    def look(self, report: Report) -> Iterator[Finding]:
        count = len(report.items)
        if count and not FEWEST <= count <= MOST:
            why = "few" if count < FEWEST else "many"
            yield self.found(why, report.items[0].line, count=count, fewest=FEWEST, most=MOST)
