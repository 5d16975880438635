"""D021: what the configuration allows, but a team should know."""

from collections.abc import Iterator

from stanch.core.doctor.check import Check
from stanch.core.doctor.finding import Finding, Verdict
from stanch.core.doctor.inspection import Inspection


class Remarks(Check):
    """What `stanch config check` remarks on as well."""

    code = "D021"
    verdict = Verdict.WARNING

    def look(self, seen: Inspection) -> Iterator[Finding]:
        if not seen.loaded.problems:
            yield from (self.found("remark", said, said=said) for said in seen.remarks)
