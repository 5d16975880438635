"""P011: each thing is written down once."""

import re
from collections.abc import Iterator

from stanch.core.letters import folded
from stanch.core.lint.finding import Finding, Gravity
from stanch.core.lint.report import Report
from stanch.core.lint.rule import Rule


class Duplicates(Rule):
    """No two items say the same, whatever their case and punctuation."""

    code = "P011"
    gravity = Gravity.WARNING

    def look(self, report: Report) -> Iterator[Finding]:
        first: dict[str, int] = {}
        for item in report.items:
            said = re.sub(r"[\W_]+", " ", folded(item.text).casefold()).strip()
            if said and said in first:
                yield self.found("again", item.line, item.line_end, item=item.text, first=first[said])
            first.setdefault(said, item.line)
