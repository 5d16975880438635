"""P002: nothing still waits to be filled in."""

from collections.abc import Iterator
from dataclasses import replace

from stanch.core.lint.blanks import is_blank, says_something
from stanch.core.lint.finding import Finding, Gravity
from stanch.core.lint.report import Report
from stanch.core.lint.rule import Rule
from stanch.core.lint.topics import Part


class Placeholders(Rule):
    """No section is empty or holds only what the template put there; a single line that is left over is a warning."""

    code = "P002"
    gravity = Gravity.ERROR

    def look(self, report: Report) -> Iterator[Finding]:
        covered = 0
        for part in sorted(report.parts, key=lambda one: one.line):
            if part.topics and part.last > covered:
                covered = part.last
                yield from self._of_part(report, part)

    def _of_part(self, report: Report, part: Part) -> Iterator[Finding]:
        below = [(number, line) for number, line in report.below(part) if not line.lstrip().startswith("<!--")]
        left = [(number, line) for number, line in below if report.shown[number - 1] and is_blank(line)]
        section, found, count = part.title or "Timeline", _shown(left), len(left)
        if not any(_is_content(report, number, line) for number, line in below):
            why, line = ("placeholder", left[0][0]) if left else ("empty", part.line)
            yield self.found(why, line, part.last, section=section, found=found, count=count)
        elif left:
            one = self.found("left", left[0][0], section=section, found=found, count=count)
            yield replace(one, gravity=Gravity.WARNING)


def _is_content(report: Report, number: int, line: str) -> bool:
    """Code, quotations and pictures count too: not everything is said in words."""
    if not report.shown[number - 1]:
        return True
    return number not in report.headings and says_something(line)


def _shown(left: list[tuple[int, str]]) -> str:
    return left[0][1].strip() if left else ""
