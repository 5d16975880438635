"""P010: an action item can be ticked."""

from collections.abc import Iterator
from dataclasses import replace

from stanch.core.actions.written import Form, Written
from stanch.core.lint.boxes import ODD, set_right, with_box
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
                yield from self._of_bullet(item, report.lines[item.line - 1])
            elif item.form is Form.PARAGRAPH and not item.done:
                yield self.found("paragraph", item.line, item.line_end, item=item.text)

    def _of_bullet(self, item: Written, line: str) -> Iterator[Finding]:
        """A box that only has to be set right is P009's; what another mark means, nobody can know."""
        if set_right(line) is None:
            why = "mark" if ODD.match(line) else "bullet"
            yield replace(self.found(why, item.line, item.line_end, item=item.text), mended=with_box(line))
