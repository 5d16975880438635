"""D011: each job's token may do what its work needs."""

from collections.abc import Iterator

from stanch.core.doctor.check import Check
from stanch.core.doctor.expected import has_gate, working
from stanch.core.doctor.finding import Finding
from stanch.core.doctor.inspection import Inspection
from stanch.core.doctor.workflow import Level


class TooFew(Check):
    """Naming any permission takes all others away."""

    code = "D011"

    def look(self, seen: Inspection) -> Iterator[Finding]:
        gate = has_gate(seen)
        for one, file, job in working(seen):
            granted = file.granted(job)
            if granted is None:
                yield self.found("unsaid", file.name, path=one.path)
                continue
            needs = one.needs(gate=gate)
            for key in sorted(needs):
                if granted.get(key, Level.NONE) < needs[key]:
                    level = needs[key].name.lower()
                    yield self.found("lacks", f"{file.name}/{key}", path=one.path, key=key, level=level)
