"""D003: GitHub Actions are switched on."""

from collections.abc import Iterator

from stanch.core.doctor.check import Check
from stanch.core.doctor.finding import Finding
from stanch.core.doctor.inspection import Inspection, Unknown


class Actions(Check):
    """Without Actions nothing runs at all."""

    code = "D003"
    place = "settings/actions"

    def look(self, seen: Inspection) -> Iterator[Finding]:
        if isinstance(seen.policy, Unknown):
            yield self.untold(seen.policy)
        elif not seen.policy.enabled:
            yield self.found("off", organisation=not seen.home.owned_by_people)
