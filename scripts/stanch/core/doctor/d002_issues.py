"""D002: the repository has issues."""

from collections.abc import Iterator

from stanch.core.doctor.check import Check
from stanch.core.doctor.finding import Finding
from stanch.core.doctor.inspection import Inspection


class Issues(Check):
    """Without issues there is no thread to work in."""

    code = "D002"
    place = "settings"

    def look(self, seen: Inspection) -> Iterator[Finding]:
        if not seen.home.has_issues:
            yield self.found("off")
