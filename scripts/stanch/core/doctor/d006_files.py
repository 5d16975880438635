"""D006: the workflows are there."""

from collections.abc import Iterator
from dataclasses import replace

from stanch.core.doctor.check import Check
from stanch.core.doctor.expected import HOTFIX, INCIDENTS, PROVE, SWEEP, WATCH
from stanch.core.doctor.finding import Finding, Verdict
from stanch.core.doctor.inspection import Inspection

GRAVE = {INCIDENTS: Verdict.FAULT, SWEEP: Verdict.FAULT, WATCH: Verdict.WARNING}
PAIR = {HOTFIX: PROVE, PROVE: HOTFIX}


class Files(Check):
    """Each workflow has its own part; the gate and the proof come together or not at all."""

    code = "D006"

    def look(self, seen: Inspection) -> Iterator[Finding]:
        for path, verdict in GRAVE.items():
            if seen.workflows.get(path) is None:
                yield replace(self.found("missing", path, path=path), verdict=verdict)
        for path, other in PAIR.items():
            if seen.workflows.get(path) is None and seen.workflows.get(other) is not None:
                yield self.warned("alone", path, path=path, other=other)
