"""P010: an action item can be ticked."""

from collections.abc import Iterator
from dataclasses import replace

from stanch.core.actions.written import Form
from stanch.core.lint.boxes import with_box
from stanch.core.lint.finding import Finding, Gravity
from stanch.core.lint.report import Report
from stanch.core.lint.rule import Rule


class Checkbox(Rule):
    """What is open as a bullet or a paragraph cannot be ticked; a table has its own column for that."""

    code = "P010"
    gravity = Gravity.WARNING

    def look(self, report: Report) -> Iterator[Finding]:
        for item in report.items:
            if item.form is Form.BULLET and not item.done:
                mended = with_box(report.lines[item.line - 1])
                yield replace(self.found("bullet", item.line, item.line_end, item=item.text), mended=mended)
            elif item.form is Form.PARAGRAPH and not item.done:
                yield self.found("paragraph", item.line, item.line_end, item=item.text)
