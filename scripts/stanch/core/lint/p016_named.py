"""P016: the root cause is in the system."""

from collections.abc import Iterator

from stanch.core.lint.finding import Finding, Gravity
from stanch.core.lint.people_named import people_of
from stanch.core.lint.report import Report
from stanch.core.lint.rule import Rule
from stanch.core.lint.topics import Topic


class Named(Rule):
    """The root cause and the contributing factors name no person."""

    code = "P016"
    gravity = Gravity.WARNING

    def look(self, report: Report) -> Iterator[Finding]:
        seen: set[int] = set()
        prose = report.prose
        sections = [part for part in report.of(Topic.ROOT_CAUSE) if Topic.ACTIONS not in part.topics]
        person = people_of(report) if sections else None
        for part in sections:
            start, end = prose.between(part.first, part.last)
            for found in person.finditer(prose.text, start, end) if person else ():
                line, column = prose.place(found.start())
                if line not in seen:
                    seen.add(line)
                    yield self.found("named", line, column=column, name=found[0])
