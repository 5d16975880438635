"""P007: the date is one day, and a likely one."""

from collections.abc import Iterator
from datetime import date

from stanch.core.actions.written import Written
from stanch.core.lint.blanks import is_blank
from stanch.core.lint.finding import Finding, Gravity
from stanch.core.lint.report import Report
from stanch.core.lint.rule import Rule

YEARS_AHEAD = 10
OLDEST = 2000
"""A day before this year was a typing error."""


class VagueDate(Rule):
    """A date that names no day, could be two days, or lies where nobody meant it to."""

    code = "P007"
    gravity = Gravity.WARNING

    def look(self, report: Report) -> Iterator[Finding]:
        for item in report.items:
            why = "" if item.done else _amiss(item, report.about.today)
            if why:
                due = item.due.isoformat() if item.due else ""
                yield self.found(why, item.line, item.line_end, said=item.due_raw or due, due=due)


def _amiss(item: Written, today: date) -> str:
    if item.ambiguous:
        return "ambiguous"
    if item.due is None:
        return "vague" if item.due_raw.strip() and not is_blank(item.due_raw) else ""
    return "" if OLDEST <= item.due.year <= today.year + YEARS_AHEAD else "unlikely"
