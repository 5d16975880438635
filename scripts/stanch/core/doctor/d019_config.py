"""D019: the configuration can be read."""

from collections.abc import Iterator

from stanch.core.config import ALTERNATIVE_PATH
from stanch.core.doctor.check import Check
from stanch.core.doctor.finding import Finding
from stanch.core.doctor.inspection import Inspection
from stanch.core.versions import is_newer

MOST = 10
"""Problems that are told one by one."""


class Configuration(Check):
    """With a mistake in it, the defaults count, and the team's own promises do not."""

    code = "D019"

    def look(self, seen: Inspection) -> Iterator[Finding]:
        newer = seen.installed if is_newer(seen.installed, seen.version) else ""
        problems = seen.loaded.problems
        for problem in problems[:MOST]:
            why = "both" if problem.file == ALTERNATIVE_PATH and "exists too" in problem.message else "wrong"
            yield self.found(why, str(problem), problem=str(problem), newer=newer)
        if len(problems) > MOST:
            yield self.found("more", count=len(problems) - MOST)
