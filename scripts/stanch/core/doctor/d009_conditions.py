"""D009: the condition of each job lets through what it has to hear, and nothing that costs a runner for nothing."""

from collections.abc import Iterator

from stanch.core.doctor.check import Check
from stanch.core.doctor.expected import HOTFIX, PROVE, working
from stanch.core.doctor.finding import Finding
from stanch.core.doctor.inspection import Inspection


class Conditions(Check):
    """The condition is decided before a runner starts, so what it drops is never seen."""

    code = "D009"

    def look(self, seen: Inspection) -> Iterator[Finding]:
        prefix = seen.loaded.config.hotfix.prefix
        quoted = "'" + prefix.replace("'", "''") + "'"
        for one, file, job in working(seen):
            if job.condition.strip(" ${}").casefold() == "false":
                yield self.found("never", file.name, path=one.path)
                continue
            if one.words and not job.condition:
                yield self.warned("none", file.name, path=one.path)
                continue
            missing = [word.strip("'") for word in one.words if word not in job.condition]
            if missing:
                yield self.found("deaf", file.name, path=one.path, missing=missing)
            if one.path in {PROVE, HOTFIX} and quoted not in job.condition:
                yield self.found("prefix", file.name, path=one.path, prefix=prefix)
