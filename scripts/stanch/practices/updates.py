"""Updates: nobody should have to ask how it is going.

One reminder when a word is due, one half an interval later, then silence until the next word.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from stanch.core.case import Case
from stanch.core.clocks import Clock, Promise, rules_of, update_clock, update_interval
from stanch.core.incident import Incident, Kind
from stanch.core.marker import stamp_of
from stanch.core.oncall import one_engineer
from stanch.core.wanted import Notice, Text, Want


def updates(case: Case) -> Iterator[Want]:
    incident = case.incident
    if incident is None or incident.kind is not Kind.INCIDENT:
        return
    if not incident.burning or not rules_of(incident, case.config).remind:
        return
    clock, interval = update_clock(incident, case.config), update_interval(incident, case.config)
    if clock is None or interval is None:
        return
    slot = _newest_slot(clock.due, interval, case.now)
    if slot is not None:
        yield _reminder(case, incident, clock, slot)


def _newest_slot(due: datetime, interval: timedelta, now: datetime) -> tuple[int, datetime] | None:
    """The reminder that is due now: the first or the second. Ticks that were missed give one, not five."""
    slots = [(1, due), (2, due + interval / 2)]
    past = [slot for slot in slots if slot[1] <= now]
    return past[-1] if past else None


def _reminder(case: Case, incident: Incident, clock: Clock, slot: tuple[int, datetime]) -> Notice:
    nth, at = slot
    people = one_engineer(incident, case.config, case.snapshot.repository.codeowners)
    view = {
        "people": list(people),
        "first": clock.promise is Promise.FIRST_MESSAGE,
        "last": nth == 2,
        "due": clock.due,
        "detected_at": incident.detected_at,
        "late": int((case.now - clock.due).total_seconds()),
        "calm": incident.status.users_are_fine,
        "zone": case.config.calendar.zone,
    }
    return Notice(case.key("update", stamp_of(clock.due), nth), Text("comments/update_due", view), at)
