"""D029: the team's own labels start a run."""

import re
from collections.abc import Iterator

from stanch.core.doctor.check import Check
from stanch.core.doctor.expected import INCIDENTS, working
from stanch.core.doctor.finding import Finding
from stanch.core.doctor.inspection import Inspection, Unknown

VARIABLE = "STANCH_LISTEN"
WORD = re.compile(r"contains\(.{0,120}?,\s*'([^']+)'\)")


class Heard(Check):
    """Only the config knows the aliases; the condition of the workflow knows a few words."""

    code = "D029"
    place = "settings/variables/actions"

    def look(self, seen: Inspection) -> Iterator[Finding]:
        job = next((job for one, _, job in working(seen) if one.path == INCIDENTS and job.condition), None)
        if job is None:
            return
        words = {word.casefold() for word in WORD.findall(job.condition)}
        aliases = [name for names in seen.loaded.config.aliases.values() for name in names]
        deaf = sorted(name for name in aliases if not any(word in name.casefold() for word in words))
        if not deaf:
            return
        if isinstance(seen.variables, Unknown):
            yield self.untold(seen.variables)
        elif seen.variables.get(VARIABLE, "").casefold() != "all":
            yield self.found("deaf", ",".join(deaf), labels=deaf, variable=VARIABLE)
