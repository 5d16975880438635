"""D015: no workflow is switched off."""

from collections.abc import Iterator
from dataclasses import replace

from stanch.core.doctor.check import Check
from stanch.core.doctor.expected import EXPECTED
from stanch.core.doctor.finding import Enable, Finding
from stanch.core.doctor.inspection import Inspection, Unknown

INACTIVE = "disabled_inactivity"


class SwitchedOff(Check):
    """GitHub switches off what nobody touched for 60 days; people may have switched it off for a reason."""

    code = "D015"
    place = "actions"

    def look(self, seen: Inspection) -> Iterator[Finding]:
        if isinstance(seen.listed, Unknown):
            yield self.untold(seen.listed)
            return
        there = {one.path: one for one in seen.listed}
        for one in EXPECTED:
            found = there.get(one.path)
            if found is None or found.state in {"active", "deleted"} or seen.workflows.get(one.path) is None:
                continue
            name = one.path.rpartition("/")[2]
            if found.state == INACTIVE:
                yield replace(self.found("inactive", name, path=one.path, file=name), mend=Enable(name))
            elif found.state == "disabled_fork":
                yield self.found("fork", name, path=one.path, file=name)
            else:
                yield self.found("off", name, path=one.path, file=name)
