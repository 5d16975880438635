"""D012: no job's token may do more than its work needs."""

from collections.abc import Iterator

from stanch.core.doctor.check import Check
from stanch.core.doctor.expected import working
from stanch.core.doctor.finding import Finding, Verdict
from stanch.core.doctor.inspection import Inspection
from stanch.core.doctor.workflow import Level


class TooMany(Check):
    """What a token may not do, nobody can make it do."""

    code = "D012"
    verdict = Verdict.WARNING

    def look(self, seen: Inspection) -> Iterator[Finding]:
        for one, file, job in working(seen):
            if file.permissions is None or any(file.permissions.values()):
                yield self.found("open", file.name, path=one.path)
            most = one.needs(gate=True)
            granted = file.granted(job) or {}
            extra = sorted(key for key, level in granted.items() if level > most.get(key, Level.NONE))
            if extra:
                yield self.found(
                    "more", file.name, path=one.path, extra=[f"{key}: {_said(granted[key])}" for key in extra]
                )


def _said(level: Level) -> str:
    return level.name.lower()
