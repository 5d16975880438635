"""What a rule for runbooks is: a stable code, how grave it is, and a look at the library.

Its words stand in `templates/lint/runbooks/<code>.md`: the reason, and for every `why` what was seen and what to do.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import ClassVar

from stanch.core.lint.finding import Gravity
from stanch.core.runbooks.library import Library
from stanch.core.runbooks.lint.finding import Finding


class Rule(ABC):
    """One rule. `gravity` is what its findings have unless they say otherwise."""

    code: ClassVar[str]
    gravity: ClassVar[Gravity]

    @abstractmethod
    def look(self, library: Library) -> Iterator[Finding]:
        """What is amiss, from the library alone."""

    def found(self, why: str, path: str, line: int = 1, column: int = 1, **values: object) -> Finding:
        """A finding of this rule about one line."""
        return Finding(self.code, self.gravity, why, path, line, column, values)
