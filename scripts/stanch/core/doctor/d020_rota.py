"""D020: somebody is on call at every moment of the next eight weeks."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from stanch.core.doctor.check import Check
from stanch.core.doctor.finding import Finding
from stanch.core.doctor.inspection import Inspection
from stanch.core.rota import Layer, Rota

AHEAD = timedelta(weeks=8)


class Gaps(Check):
    """A night that is nobody's is found out when nobody answers."""

    code = "D020"

    def look(self, seen: Inspection) -> Iterator[Finding]:
        rota = seen.loaded.config.oncall
        for layer in rota.layers:
            for since, until in _uncovered(rota, layer, seen.now, seen.now + AHEAD):
                open_end = until >= seen.now + AHEAD
                about = layer.name if open_end else f"{layer.name}/{until:%Y-%m-%d}"
                told = self.found("gap", about, layer=layer.name, since=since, until=until)
                yield replace(told, values={**told.values, "zone": layer.zone, "open": open_end})


def _uncovered(rota: Rota, layer: Layer, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    at = start
    alone = Rota((layer,), rota.overrides)
    for shift in sorted(alone.shifts(start, end), key=lambda one: one.since):
        if shift.since > at:
            yield at, shift.since
        at = max(at, shift.until)
    if at < end:
        yield at, end
