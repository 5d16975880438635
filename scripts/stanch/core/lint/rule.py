"""What a rule of the linter is: a stable code, how grave it is, and a look at one document.

Its words stand in `templates/lint/<code>.md`: the reason, and for every `why` what was seen and what to do.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import ClassVar

from stanch.core.lint.finding import Finding, Gravity
from stanch.core.lint.report import Report


class Rule(ABC):
    """One rule. `gravity` is what its findings have unless they say otherwise."""

    code: ClassVar[str]
    gravity: ClassVar[Gravity]

    @abstractmethod
    def look(self, report: Report) -> Iterator[Finding]:
        """What is amiss, from the document alone."""

    def found(self, why: str, line: int, line_end: int = 0, column: int = 1, **values: object) -> Finding:
        """A finding of this rule; without `line_end` it is about one line."""
        return Finding(self.code, self.gravity, why, line, max(line, line_end), column, values)
