"""Updates: nobody should have to ask how it is going.

One reminder when a word is due, one half an interval later, then silence until the next word. What was due
before its severity was set is asked for only after the whole time that is promised for it.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from stanch.core.case import Case
from stanch.core.client_words import draft, fitting
from stanch.core.clocks import Clock, Promise, rules_of, silent_since, update_clock, update_interval, word_due
from stanch.core.incident import Incident, Kind
from stanch.core.marker import stamp_of
from stanch.core.oncall import one_engineer, speaker
from stanch.core.wanted import Notice, Text, Want

LAST = 2


def updates(case: Case) -> Iterator[Want]:
    incident = case.incident
    if incident is None or incident.kind is not Kind.INCIDENT:
        return
    if not incident.burning or not rules_of(incident, case.config).remind:
        return
    clock, interval = update_clock(incident, case.config), update_interval(incident, case.config)
    due = word_due(incident, case.config)
    if clock is None or interval is None or due is None:
        return
    if _key(case, incident, LAST) not in case.settled:
        for slot in _slots(due, interval, case.now):
            yield _reminder(case, incident, clock, slot)


def _slots(due: datetime, interval: timedelta, now: datetime) -> list[tuple[int, datetime]]:
    """The newest reminder that is due by now, and the next one. Ticks that were missed give one, not five."""
    slots = [(1, due), (LAST, due + interval / 2)]
    past = [slot for slot in slots if slot[1] <= now]
    return past[-1:] + [slot for slot in slots if slot[1] > now][:1]


def _reminder(case: Case, incident: Incident, clock: Clock, slot: tuple[int, datetime]) -> Notice:
    nth, at = slot
    speaks = speaker(incident, case.config)
    people = (speaks,) if speaks else one_engineer(incident, case.config, case.snapshot.repository.codeowners, at)
    view = {
        "people": list(people),
        "speaks": bool(speaks),
        "draft": draft(incident, case.config, fitting(incident, case.config), case.now),
        "first": clock.promise is Promise.FIRST_MESSAGE,
        "last": nth == LAST,
        "due": clock.due,
        "detected_at": incident.detected_at,
        "late": max(0, int((case.now - clock.due).total_seconds())),
        "reminded_at": at,
        "behind": max(0, int((case.now - at).total_seconds())),
        "calm": incident.status.users_are_fine,
        "zone": case.config.calendar.zone,
    }
    return Notice(_key(case, incident, nth), Text("comments/update_due", view), at, timed=True)


def _key(case: Case, incident: Incident, nth: int) -> str:
    """A silence's reminder; somebody who put the next word off is reminded of that anew."""
    put_off = (stamp_of(incident.snoozed_until),) if incident.snoozed_until else ()
    return case.key("update", stamp_of(silent_since(incident)), *put_off, nth)
