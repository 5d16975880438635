"""P005: somebody in particular does it."""

import re
from collections.abc import Iterator
from dataclasses import replace

from stanch.core.action_list import PLACEHOLDERS
from stanch.core.lint.finding import Finding, Gravity
from stanch.core.lint.report import Report
from stanch.core.lint.rule import Rule
from stanch.core.login import LOGIN


class Owner(Rule):
    """Every open item names who does it; a name that is no login of GitHub is a warning."""

    code = "P005"
    gravity = Gravity.ERROR

    def look(self, report: Report) -> Iterator[Finding]:
        for item in report.items:
            if item.done:
                continue
            named = [owner for owner in item.owners if not is_nobody(owner)]
            if not named:
                yield self.found("nobody", item.line, item.line_end, item=item.text)
            elif not any(map(_MENTION.fullmatch, named)):
                one = self.found("untold", item.line, item.line_end, item=item.text, owner=", ".join(named))
                yield replace(one, gravity=Gravity.WARNING)


_MENTION = re.compile(rf"@{LOGIN}")
"""Whom GitHub can tell: a login behind an at-sign; a team would tell everybody in it, so it is nobody in particular."""


def is_nobody(owner: str) -> bool:
    """Whether a name only stands for a person who is still to be found."""
    name = owner.strip("@?_*[]()<> ").casefold()
    return not name or name in PLACEHOLDERS or name in {"tba", "n/a", "none", "nobody", "unassigned", "unknown", "-"}
