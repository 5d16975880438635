"""R002: the front matter can be read, and so can the file."""

from collections.abc import Iterator

from stanch.core.lint.finding import Gravity
from stanch.core.runbooks.library import Library
from stanch.core.runbooks.lint.finding import Finding
from stanch.core.runbooks.lint.rule import Rule


class FrontMatter(Rule):
    """No key that is not known, no value of another shape, no name that two runbooks share."""

    code = "R002"
    gravity = Gravity.ERROR

    def look(self, library: Library) -> Iterator[Finding]:
        for one in library.shelf.problems:
            yield self.found("problem", one.file, one.place.line, one.place.column, problem=one.message)
