"""P009: a box is one that GitHub shows."""

from collections.abc import Iterator
from dataclasses import replace

from stanch.core.actions.written import Form
from stanch.core.lint.boxes import GOOD, lines_with_items, set_right, with_mark
from stanch.core.lint.finding import Finding, Gravity
from stanch.core.lint.report import Report
from stanch.core.lint.rule import Rule


class Box(Rule):
    """`- [ ]` or `- [x]`, with a space before and behind; `[X]` works as well, so it is only advice."""

    code = "P009"
    gravity = Gravity.WARNING

    def look(self, report: Report) -> Iterator[Finding]:
        own = {item.line for item in report.items if item.form is Form.CHECKBOX}
        for number in lines_with_items(report):
            line = report.lines[number - 1]
            mended = set_right(line) or (with_mark(line) if number in own else None)
            if mended is None:
                continue
            works = bool(GOOD.match(line))
            found = self.found("capital" if works else "malformed", number, box=_box(line))
            yield replace(found, mended=mended, gravity=Gravity.ADVICE if works else self.gravity)


def _box(line: str) -> str:
    """What was written up to the end of the box."""
    return line.strip()[: max(line.strip().find("]") + 1, 3)][:12]
