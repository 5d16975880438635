"""D030: the installed files and the Stanch that runs are of one version."""

from collections.abc import Iterator

from stanch.core.doctor.check import Check
from stanch.core.doctor.finding import Finding, Verdict
from stanch.core.doctor.inspection import Inspection
from stanch.core.versions import is_newer


class Installed(Check):
    """A configuration of a newer version has words that an older one does not know."""

    code = "D030"
    verdict = Verdict.WARNING

    def look(self, seen: Inspection) -> Iterator[Finding]:
        there, here = seen.installed, seen.version
        if is_newer(there, here):
            yield self.found("newer", there=there, here=here)
        elif is_newer(here, there):
            yield self.found("older", there=there, here=here)
