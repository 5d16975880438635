"""D005: runs get as far as starting."""

from collections.abc import Iterator

from stanch.core.doctor.check import Check
from stanch.core.doctor.finding import Finding
from stanch.core.doctor.inspection import Inspection, RunSeen, Unknown

ENOUGH = 3
"""Runs in a row that have to have failed before it is said."""

SHUT = frozenset({"startup_failure", "action_required"})
RED = SHUT | {"failure", "timed_out"}
NO_RUN = frozenset({"", "skipped", "cancelled"})


class Runs(Check):
    """What a rule for actors and events forbids fails at once, and is told nowhere else by the API."""

    code = "D005"
    place = "actions"

    def look(self, seen: Inspection) -> Iterator[Finding]:
        for file, runs in (("stanch-incidents.yml", seen.recent), ("stanch-sweep.yml", seen.sweeps)):
            if isinstance(runs, Unknown):
                yield self.untold(runs)
            else:
                yield from self._of(file, runs)

    def _of(self, file: str, runs: tuple[RunSeen, ...]) -> Iterator[Finding]:
        newest = [run.conclusion for run in runs if run.conclusion not in NO_RUN][:ENOUGH]
        if len(newest) == ENOUGH and set(newest) <= SHUT:
            yield self.found("shut", file, file=file, count=ENOUGH)
        elif len(newest) == ENOUGH and set(newest) <= RED:
            yield self.warned("red", file, file=file, count=ENOUGH)
