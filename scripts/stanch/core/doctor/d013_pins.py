"""D013: every action is named by its commit."""

from collections.abc import Iterator

from stanch.core.doctor.check import Check
from stanch.core.doctor.expected import readable
from stanch.core.doctor.finding import Finding, Verdict
from stanch.core.doctor.inspection import Inspection


class Pins(Check):
    """A tag can be moved by whoever owns it, and then other code runs with this repository's token."""

    code = "D013"
    verdict = Verdict.WARNING

    def look(self, seen: Inspection) -> Iterator[Finding]:
        for one, file in readable(seen):
            for use in dict.fromkeys(file.uses):
                if not use.pinned:
                    written = f"{use.name}@{use.ref}" if use.ref else use.name
                    yield self.found("loose", f"{file.name}/{use.name}", path=one.path, uses=written)
