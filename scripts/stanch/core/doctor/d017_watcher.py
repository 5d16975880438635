"""D017: what burns is watched."""

from collections.abc import Iterator

from stanch.core.doctor.check import Check
from stanch.core.doctor.expected import WATCH
from stanch.core.doctor.finding import Finding
from stanch.core.doctor.inspection import Inspection, Unknown


class Watcher(Check):
    """While an incident burns, the watcher says what falls due to the minute; nothing else does."""

    code = "D017"
    place = "actions/workflows/stanch-watch.yml"

    def look(self, seen: Inspection) -> Iterator[Finding]:
        if not seen.burning or seen.workflows.get(WATCH) is None:
            return
        if isinstance(seen.burning, Unknown):
            yield self.untold(seen.burning)
        elif isinstance(seen.watches, Unknown):
            yield self.untold(seen.watches)
        elif all(run.status == "completed" for run in seen.watches):
            yield self.found("nobody", ",".join(map(str, seen.burning)), numbers=list(seen.burning))
