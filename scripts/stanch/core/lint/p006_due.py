"""P006: it has a day, or an issue that is followed in its own right."""

from collections.abc import Iterator

from stanch.core.lint.blanks import is_blank
from stanch.core.lint.finding import Finding, Gravity
from stanch.core.lint.report import Report
from stanch.core.lint.rule import Rule


class Due(Rule):
    """Every open item has a date, or links the issue or the pull request in which it is done."""

    code = "P006"
    gravity = Gravity.ERROR

    def look(self, report: Report) -> Iterator[Finding]:
        for item in report.items:
            if not (item.done or item.due or _is_said(item.due_raw) or item.links):
                yield self.found("never", item.line, item.line_end, item=item.text)


def _is_said(written: str) -> bool:
    """Whether something stands there that is not the template's `YYYY-MM-DD`."""
    return bool(written.strip()) and not is_blank(written)
