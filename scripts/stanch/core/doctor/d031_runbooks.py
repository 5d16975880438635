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
        wrong, stale = seen.books.wrong, seen.books.stale
        if wrong:
            yield self.found("lint", paths=sorted(wrong), count=sum(wrong.values()))
        if stale:
            yield self.found("stale", paths=sorted(stale))
