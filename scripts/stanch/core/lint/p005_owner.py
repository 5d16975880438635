"""P005: somebody in particular does it."""

from collections.abc import Iterator

from stanch.core.action_list import PLACEHOLDERS
from stanch.core.lint.finding import Finding, Gravity
from stanch.core.lint.report import Report
from stanch.core.lint.rule import Rule


class Owner(Rule):
    """Every open item names who does it."""

    code = "P005"
    gravity = Gravity.ERROR

    def look(self, report: Report) -> Iterator[Finding]:
        for item in report.items:
            if not item.done and all(is_nobody(owner) for owner in item.owners):
                yield self.found("nobody", item.line, item.line_end, item=item.text)


def is_nobody(owner: str) -> bool:
    """Whether a name only stands for a person who is still to be found."""
    name = owner.strip("@?_*[]()<> ").casefold()
    return not name or name in PLACEHOLDERS or name in {"tba", "n/a", "none", "nobody", "unassigned", "unknown", "-"}
