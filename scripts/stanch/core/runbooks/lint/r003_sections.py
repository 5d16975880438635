"""R003: every section is there, says something, and stands where it is looked for."""

from collections.abc import Iterator

from stanch.core.lint.blanks import is_blank
from stanch.core.lint.finding import Gravity
from stanch.core.runbooks.library import Leaf, Library
from stanch.core.runbooks.lint.finding import Finding
from stanch.core.runbooks.lint.rule import Rule
from stanch.core.runbooks.model import SECTIONS, Section
from stanch.core.severity import same_name

ORDER = {same_name(title): place for place, title in enumerate(SECTIONS)}


class Sections(Rule):
    """A title, then Symptoms, First look, Diagnose, Mitigate, Verify, Escalate, Roll back; others may stand between."""

    code = "R003"
    gravity = Gravity.ERROR

    def look(self, library: Library) -> Iterator[Finding]:
        for leaf in library.leaves:
            if not any(head.level == 1 for head in leaf.sheet.heads):
                yield self.found("untitled", leaf.path, leaf.sheet.body + 1)
        for leaf in library.runbooks:
            yield from self._of_runbook(leaf)

    def _of_runbook(self, leaf: Leaf) -> Iterator[Finding]:
        ours = [section for section in leaf.runbook.sections if same_name(section.title) in ORDER]
        there = {same_name(section.title) for section in ours}
        missing = [title for title in SECTIONS if same_name(title) not in there]
        if missing:
            yield self.found("missing", leaf.path, leaf.sheet.body + 1, sections=missing)
        seen: dict[str, Section] = {}
        highest: Section | None = None
        for section in ours:
            name = same_name(section.title)
            if name in seen:
                yield self.found("twice", leaf.path, section.line, section=section.title, first=seen[name].line)
                continue
            seen[name] = section
            if not _says_something(section):
                yield self.found("empty", leaf.path, section.line, section=section.title)
            if highest is not None and ORDER[name] < ORDER[same_name(highest.title)]:
                yield self.found("order", leaf.path, section.line, section=section.title, before=highest.title)
            else:
                highest = section


def _says_something(section: Section) -> bool:
    lines = (line.strip() for line in section.text.split("\n"))
    return any(line and not line.startswith("<!--") and not is_blank(line) for line in lines)
