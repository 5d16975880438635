"""D007: each workflow file can be read, and runs Stanch."""

from collections.abc import Iterator

from stanch.core.doctor.check import Check
from stanch.core.doctor.expected import EXPECTED
from stanch.core.doctor.finding import Finding
from stanch.core.doctor.inspection import Inspection


class Readable(Check):
    """GitHub runs nothing of a file that it cannot read."""

    code = "D007"

    def look(self, seen: Inspection) -> Iterator[Finding]:
        for one in EXPECTED:
            file = seen.workflows.get(one.path)
            if file is None:
                continue
            if file.problem:
                yield self.found("unreadable", one.path, path=one.path, problem=file.problem)
            elif file.job_of(one.command) is None:
                yield self.found("idle", one.path, path=one.path, command=one.command)
