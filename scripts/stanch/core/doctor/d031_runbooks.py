"""D031: the runbooks are true."""

from collections.abc import Iterator

from stanch.core.doctor.check import Check
from stanch.core.doctor.finding import Finding, Verdict
from stanch.core.doctor.inspection import Inspection


class Runbooks(Check):
    """A runbook that nobody has read for a while is believed at three in the morning all the same."""

    code = "D031"
    verdict = Verdict.WARNING

    def look(self, seen: Inspection) -> Iterator[Finding]:
        for one in seen.runbooks:
            yield self.found(one.kind, f"{one.path}:{one.said}", path=one.path, said=one.said)
