"""D008: each workflow is started by what it has to hear."""

from collections.abc import Iterator

from stanch.core.doctor.check import Check
from stanch.core.doctor.expected import DEFAULT_TYPES, HOTFIX, readable
from stanch.core.doctor.finding import Finding
from stanch.core.doctor.inspection import Inspection
from stanch.core.doctor.workflow import WorkflowFile
from stanch.core.globs import matches

PROOF = "stanch-prove"


class Triggers(Check):
    """An event that starts nothing is found by the next sweep, hours later."""

    code = "D008"

    def look(self, seen: Inspection) -> Iterator[Finding]:
        for one, file in readable(seen):
            for event, types in one.triggers.items():
                if event not in file.triggers:
                    yield self.found("deaf", f"{file.name}/{event}", path=one.path, event=event)
                    continue
                heard = file.triggers[event] or DEFAULT_TYPES.get(event) or types
                missing = sorted(types - heard)
                if missing:
                    yield self.found("types", f"{file.name}/{event}", path=one.path, event=event, missing=missing)
            if one.path == HOTFIX:
                yield from self._of_gate(seen, file)

    def _of_gate(self, seen: Inspection, file: WorkflowFile) -> Iterator[Finding]:
        branch = seen.production
        if file.branches and not matches(branch, file.branches):
            yield self.found("branch", branch, path=file.path, branch=branch, written=list(file.branches))
        if "workflow_run" in file.triggers and PROOF not in file.follows:
            yield self.found("proof", path=file.path, name=PROOF)
