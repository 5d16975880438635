"""R009: nothing still waits to be filled in."""

from collections.abc import Iterator

from stanch.core.lint.finding import Gravity
from stanch.core.runbooks.library import Library
from stanch.core.runbooks.lint.finding import Finding
from stanch.core.runbooks.lint.rule import Rule
from stanch.core.runbooks.placeholders import placeholders


class Placeholders(Rule):
    """No `<LIKE-THIS>` is left, anywhere on a page; all of a page are told at once, where the first one stands.

    What nobody can know before the incident is written in small letters, such as `<pid>`.
    """

    code = "R009"
    gravity = Gravity.ERROR

    def look(self, library: Library) -> Iterator[Finding]:
        for leaf in library.leaves:
            numbered = ((number, line) for number, line in enumerate(leaf.sheet.lines, start=1) if "<" in line)
            found = [(number, *one) for number, line in numbered for one in placeholders(line)]
            if found:
                names = list(dict.fromkeys(text for _, _, text in found))
                yield self.found("left", leaf.path, *found[0][:2], placeholders=names, count=len(found))
