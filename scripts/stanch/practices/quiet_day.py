"""The quiet day: who was told that it broke is also told, once, that it has stayed whole.

Asked for 24 hours after the resolution, in the team's working hours; what was heard half a day after it is such a word.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from stanch.core.case import Case
from stanch.core.client_words import WATCHED, Draft, draft
from stanch.core.clock import ONE_DAY, Calendar, at_opening, first_working_moment, local_date
from stanch.core.clocks import tells
from stanch.core.incident import Incident, Status
from stanch.core.marker import stamp_of
from stanch.core.oncall import one_engineer, speaker
from stanch.core.wanted import Notice, Text, Want

HEARD_LATELY = timedelta(hours=12)
"""A public update so long after the resolution tells clients that it stayed quiet."""

LATEST = timedelta(hours=88)
"""After so long a weekend nobody would look at a closed incident any more; then it is said on a day off."""


def quiet_day(case: Case) -> Iterator[Want]:
    incident = case.incident
    if incident is None or incident.resolved is None or incident.status is not Status.RESOLVED:
        return
    if (
        incident.drill
        or incident.taken_in
        or not tells(incident, case.config)
        or not _is_owed(incident, incident.resolved.at)
    ):
        return
    due = _due(incident.resolved.at, case.config.calendar)
    speaks = speaker(incident, case.config)
    view = {
        "people": [speaks]
        if speaks
        else list(one_engineer(incident, case.config, case.snapshot.repository.codeowners)),
        "late": max(0, int((case.now - due).total_seconds())),
        "zone": case.config.calendar.zone,
        "draft": draft(incident, case.config, Draft.QUIET),
    }
    yield Notice(case.key("quiet", stamp_of(incident.resolved.at)), Text("comments/quiet_day", view), due, timed=True)


def _is_owed(incident: Incident, resolved: datetime) -> bool:
    """Whether clients were told of it, and have not heard since that it stayed quiet."""
    told = [one.at for one in incident.updates if one.public]
    return bool(told) and told[-1] < resolved + HEARD_LATELY


def _due(resolved: datetime, calendar: Calendar) -> datetime:
    """The first working moment after the watch; where that is days away, the morning after it."""
    watched = resolved + WATCHED
    due = first_working_moment(watched, calendar)
    if due <= resolved + LATEST:
        return due
    return at_opening(local_date(watched, calendar) + ONE_DAY, calendar, calendar.opening)
