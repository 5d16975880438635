"""R004: where something is to be done, the exact command stands."""

from collections.abc import Iterator

from stanch.core.lint.finding import Gravity
from stanch.core.runbooks.library import Leaf, Library
from stanch.core.runbooks.lint.finding import Finding
from stanch.core.runbooks.lint.rule import Rule
from stanch.core.runbooks.model import Section

DOING = ("Diagnose", "Mitigate", "Verify", "Roll back")


class Commands(Rule):
    """Diagnose, Mitigate, Verify and Roll back each have a command in a fence that is named for its language."""

    code = "R004"
    gravity = Gravity.ERROR

    def look(self, library: Library) -> Iterator[Finding]:
        for leaf in library.runbooks:
            for section in filter(None, map(leaf.runbook.section, DOING)):
                if section.text.strip():
                    yield from self._of_section(leaf, section)

    def _of_section(self, leaf: Leaf, section: Section) -> Iterator[Finding]:
        fences = leaf.fences(section)
        if any(fence.is_command for fence in fences):
            return
        unnamed = next((fence for fence in fences if not fence.language), None)
        if unnamed is not None:
            yield self.found("unnamed", leaf.path, unnamed.line, section=section.title)
        else:
            yield self.found("none", leaf.path, section.line, section=section.title)
