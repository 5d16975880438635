"""P018: a SEV-1 is shared with the client, or somebody says why not."""

from collections.abc import Iterator

from stanch.core.lint.finding import Finding, Gravity
from stanch.core.lint.report import Report
from stanch.core.lint.rule import Rule


class Clients(Rule):
    """Of a SEV-1 the line "Shared with the client" is ticked, or declined with a reason."""

    code = "P018"
    gravity = Gravity.ERROR

    def look(self, report: Report) -> Iterator[Finding]:
        if report.sev_1 and not report.sharing.said.settled:
            yield self.found(report.sharing.said.value, report.sharing.line or 1)
