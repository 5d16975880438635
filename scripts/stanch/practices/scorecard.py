"""Scorecard: a drill that is over says how it went, once, on its own thread."""

from collections.abc import Iterator
from datetime import timedelta

from stanch.core.case import Case
from stanch.core.game import opening_of, shown_on
from stanch.core.marker import stamp_of
from stanch.core.scorecard import ended_at
from stanch.core.scorecard import scorecard as scored
from stanch.core.wanted import Notice, Text, Want

TOO_OLD = timedelta(hours=72)
"""A drill that ended longer ago than this is history."""


def scorecard(case: Case) -> Iterator[Want]:
    incident = case.incident
    end = ended_at(incident) if incident and incident.drill and incident.declared else None
    if incident is None or end is None or case.now - end > TOO_OLD:
        return
    yield Notice(case.key("scorecard", stamp_of(end)), Text("comments/scorecard", view(case)), end)


def view(case: Case) -> dict[str, object]:
    """What the scorecard of a drill shows, over or not. The scenario's own answer only if nobody edited it."""
    incident, thread = case.incident, case.snapshot.thread
    if incident is None:
        return {}
    opening = opening_of(thread)
    card = scored(incident, case.config, case.now, opening.answer if opening else None, shown_on(thread))
    return card.view(incident, case.config)
