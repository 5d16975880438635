"""D016: the sweep comes, and how late it comes beside what its schedule asks for."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from stanch.core.doctor.check import Check
from stanch.core.doctor.cron import first, ticks
from stanch.core.doctor.expected import SWEEP
from stanch.core.doctor.finding import Finding
from stanch.core.doctor.inspection import Inspection, Unknown
from stanch.core.doctor.workflow import WorkflowFile

SLACK = timedelta(hours=26)
"""How late the schedule may be before it counts as stopped: on bad days runs came twelve hours late."""

FEW = 4
"""Scheduled runs that it takes to speak of a habit."""

A_SECOND, A_YEAR = timedelta(seconds=1), timedelta(days=366)

WORTH = 60
"""Minutes that the median may be behind, whatever the schedule: GitHub promises no minute."""


class Schedule(Check):
    """What no event tells of waits for the sweep."""

    code = "D016"
    place = "actions/workflows/stanch-sweep.yml"

    def look(self, seen: Inspection) -> Iterator[Finding]:
        file = seen.workflows.get(SWEEP)
        if file is None or not file.crons:
            return
        if isinstance(seen.sweeps, Unknown):
            yield self.untold(seen.sweeps)
            return
        runs = sorted(run.at for run in seen.sweeps if run.event == "schedule")
        yield from self._stopped(seen, file, runs) or self._late(file, runs)

    def _stopped(self, seen: Inspection, file: WorkflowFile, runs: Sequence[datetime]) -> list[Finding]:
        """That none came although one was asked for, and the time that may be lost has passed as well."""
        since = max([*runs, *_beginnings(seen)], default=seen.now)
        if first(file.crons, seen.now, seen.now + A_YEAR) is None:
            return [self.found("no-cron", path=file.path, crons=[cron for cron, _ in file.crons])]
        asked = first(file.crons, since + A_SECOND, seen.now)
        if asked is None or seen.now - asked < SLACK:
            return []
        if not runs:
            return [self.found("never", since=since)]
        return [self.found("stopped", since=runs[-1])]

    def _late(self, file: WorkflowFile, runs: Sequence[datetime]) -> list[Finding]:
        if len(runs) < FEW:
            return []
        asked, came = _gaps(ticks(file.crons, runs[0], runs[-1])), _gaps(runs)
        if not asked:
            return []
        wanted, usual = median(asked), median(came)
        if usual <= max(2 * wanted, wanted + WORTH):
            return []
        return [self.warned("late", wanted=round(wanted), usual=round(usual), worst=round(max(came)), runs=len(runs))]


def _beginnings(seen: Inspection) -> list[datetime]:
    """Since when GitHub knows the workflow."""
    return [] if isinstance(seen.listed, Unknown) else [one.since for one in seen.listed if one.path == SWEEP]


def _gaps(instants: Sequence[datetime]) -> list[float]:
    """The minutes between one and the next."""
    return [(later - earlier).total_seconds() / 60 for earlier, later in pairwise(instants)]
