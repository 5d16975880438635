"""D026: a hotfix can be squashed."""

from collections.abc import Iterator

from stanch.core.doctor.check import Check
from stanch.core.doctor.expected import has_gate
from stanch.core.doctor.finding import Finding
from stanch.core.doctor.inspection import Inspection, Unknown


class Squashing(Check):
    """One commit on production is taken back by one command, and the gate asks for it (H009)."""

    code = "D026"
    place = "settings"

    def look(self, seen: Inspection) -> Iterator[Finding]:
        if not has_gate(seen):
            return
        if isinstance(seen.home.merges, Unknown):
            yield self.untold(seen.home.merges)
        elif "squash" not in seen.home.merges:
            yield self.found("off")
