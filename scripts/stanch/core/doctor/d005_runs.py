"""D005: runs get as far as starting."""

from collections.abc import Iterator

from stanch.core.doctor.check import Check
from stanch.core.doctor.finding import Finding
from stanch.core.doctor.inspection import Inspection, Unknown

ENOUGH = 3
"""Runs in a row that have to have failed before it is said."""

SHUT = frozenset({"startup_failure", "action_required"})


class Runs(Check):
    """What a policy for actors and events forbids fails at once, and is told nowhere else by the API."""

    code = "D005"
    place = "actions"

    def look(self, seen: Inspection) -> Iterator[Finding]:
        if isinstance(seen.recent, Unknown):
            yield self.untold(seen.recent)
            return
        ended = [run.conclusion for run in seen.recent if run.conclusion not in {"", "skipped", "cancelled"}]
        newest = ended[:ENOUGH]
        if len(newest) == ENOUGH and set(newest) <= SHUT:
            yield self.found("shut", count=ENOUGH)
        elif len(newest) == ENOUGH and set(newest) <= SHUT | {"failure", "timed_out"}:
            yield self.warned("red", count=ENOUGH)
