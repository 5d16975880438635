"""D024: there is somebody to call."""

from collections.abc import Iterator

from stanch.core.doctor.check import Check
from stanch.core.doctor.d022_people import called_by
from stanch.core.doctor.finding import Finding
from stanch.core.doctor.inspection import Inspection


class Somebody(Check):
    """A SEV-1 that mentions nobody waits until somebody happens to look."""

    code = "D024"

    def look(self, seen: Inspection) -> Iterator[Finding]:
        if not called_by(seen.loaded.config) and not seen.owners:
            yield self.found("unread" if seen.loaded.problems else "nobody")
