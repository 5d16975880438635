"""R008: it is said after how many minutes somebody else is asked."""

import re
from collections.abc import Iterator

from stanch.core.lint.finding import Gravity
from stanch.core.runbooks.library import Library
from stanch.core.runbooks.lint.finding import Finding
from stanch.core.runbooks.lint.rule import Rule

_NUMBERS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty-five|forty|sixty|ninety"
)
LIMIT = re.compile(
    rf"(?:\b(?:[0-9]{{1,3}}|{_NUMBERS})|<[A-Z][A-Z0-9-]{{1,60}}>)[*_`]{{0,3}}[ \u00a0-]?(?:min(?:ute)?s?|m)\b",
    re.IGNORECASE,
)


class Escalation(Rule):
    """The section Escalate has a limit in minutes: who is stuck is the last to see it."""

    code = "R008"
    gravity = Gravity.ERROR

    def look(self, library: Library) -> Iterator[Finding]:
        for leaf in library.runbooks:
            section = leaf.runbook.section("Escalate")
            if section is not None and section.text.strip() and not LIMIT.search(section.text):
                yield self.found("no-limit", leaf.path, section.line)
