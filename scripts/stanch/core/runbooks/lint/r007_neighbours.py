"""R007: whoever has the wrong runbook is told so, and sent on to the right one."""

from collections.abc import Iterator

from stanch.core.lint.finding import Gravity
from stanch.core.runbooks.library import Leaf, Library
from stanch.core.runbooks.lint.finding import Finding
from stanch.core.runbooks.lint.rule import Rule
from stanch.core.runbooks.model import Section

TELLING = ("Symptoms", "First look")


class Neighbours(Rule):
    """Symptoms, or First look, link at least one other runbook that looks like this one; alone there is none."""

    code = "R007"
    gravity = Gravity.WARNING

    def look(self, library: Library) -> Iterator[Finding]:
        if len(library.runbooks) == 1:
            return
        for leaf in library.runbooks:
            sections = [section for section in map(leaf.runbook.section, TELLING) if section is not None]
            if sections and not any(_tells(library, leaf, section) for section in sections):
                yield self.found("alone", leaf.path, sections[0].line, section=sections[0].title)


def _tells(library: Library, leaf: Leaf, section: Section) -> bool:
    """Whether the section links another runbook, or names it as code."""
    others = {one.path: one.runbook.name for one in library.runbooks if one.path != leaf.path}
    linked = (link.path for link in library.links[leaf.path] if section.first <= link.line <= section.last)
    return any(path in others for path in linked) or any(f"`{name}`" in section.text for name in others.values())
