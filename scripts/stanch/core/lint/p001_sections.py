"""P001: every section is there, whatever it is called."""

from collections.abc import Iterator
from dataclasses import replace

from stanch.core.lint.finding import Finding, Gravity
from stanch.core.lint.report import Report
from stanch.core.lint.rule import Rule
from stanch.core.lint.topics import LONG_FORM, SHORT_FORM, Topic


class Sections(Rule):
    """Impact, timeline, root cause, contributing factors, resolution, action items; the short form asks for three.

    In a language of which the headings are not known it is only a warning.
    """

    code = "P001"
    gravity = Gravity.ERROR

    def look(self, report: Report) -> Iterator[Finding]:
        wanted = SHORT_FORM if report.about.short else LONG_FORM
        there = {topic for part in report.parts for topic in part.topics}
        there |= {Topic.ACTIONS} if report.items or report.unfilled else set()
        for topic in wanted:
            if topic not in there:
                one = self.found("missing", 1, topic=topic.value, short=report.about.short)
                yield one if report.readable else replace(one, gravity=Gravity.WARNING)
