"""D001: the repository is not archived."""

from collections.abc import Iterator

from stanch.core.doctor.check import Check
from stanch.core.doctor.finding import Finding
from stanch.core.doctor.inspection import Inspection


class Archived(Check):
    """An archived repository takes no comment, no label and no run."""

    code = "D001"
    place = "settings"

    def look(self, seen: Inspection) -> Iterator[Finding]:
        if seen.home.archived:
            yield self.found("archived")
