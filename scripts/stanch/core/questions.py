"""What the figures of an incident ask: each question only where a record raises it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise

from stanch.core.config import Config
from stanch.core.incident import Incident, Status
from stanch.core.intervals import Interval, Leg, seconds
from stanch.core.silences import hurting, interval

SLOW_TO_DETECT = timedelta(minutes=15)
SLOW_TO_MITIGATE = timedelta(minutes=15)
"""From knowing what is broken to users being fine again."""

CHECKS = ("failure", "neighbours", "containment")

View = dict[str, object]


def questions(incident: Incident, config: Config, legs: dict[Leg, Interval]) -> list[View]:
    """Plain values: `what` is the question's name, which the templates know, beside the figures that raise it."""
    return [
        *_of_detection(incident, legs[Leg.DETECT]),
        *_of_answering(legs),
        *_of_mitigating(incident),
        *_of_runbooks(incident),
        *_of_telling(incident, config),
        *_of_ending(incident),
    ]


def _of_detection(incident: Incident, detect: Interval) -> Iterator[View]:
    if slow_to_detect(detect):
        yield {"what": "slow to detect", "took": detect.took}
    if detect.took is None:
        yield {"what": "start unknown"}
    if incident.reported_at is not None:
        yield {"what": "told by clients"}


def slow_to_detect(detect: Interval) -> bool:
    return detect.took is not None and detect.took > SLOW_TO_DETECT.total_seconds()


def _of_answering(legs: dict[Leg, Interval]) -> Iterator[View]:
    taken, told = legs[Leg.ACKNOWLEDGE], legs.get(Leg.TELL)
    if taken.took is None:
        yield {"what": "never acknowledged"}
    elif taken.late:
        yield {"what": "late to acknowledge", "took": taken.took, "late": taken.late}
    if told is not None and told.took is None:
        yield {"what": "clients never told"}
    elif told is not None and told.late:
        yield {"what": "clients told late", "took": told.took, "late": told.late}


def _of_mitigating(incident: Incident) -> Iterator[View]:
    """Long from diagnosis to mitigation; or mended without anything that stopped the bleeding first."""
    known = next((one.at for one in incident.history if one.status is Status.IDENTIFIED), None)
    took = seconds(known, incident.fine_at)
    if took is not None and took > SLOW_TO_MITIGATE.total_seconds():
        yield {"what": "slow to mitigate", "took": took}
    if not incident.containments:
        yield {"what": "nothing contained"}


def _of_runbooks(incident: Incident) -> Iterator[View]:
    """What was followed and did not help: the next one who is woken up will follow it again."""
    for use in incident.uses:
        if not use.worked:
            yield {"what": "runbook failed", "name": use.runbook, "by": use.by, "text": use.why}


def _of_telling(incident: Incident, config: Config) -> Iterator[View]:
    """Updates that came later than promised while users were hurt; of several the longest silence is shown."""
    longest = interval(incident, config)
    if longest is None:
        return
    pairs = [pair for start, end in hurting(incident) for pair in pairwise(_words(incident, start, end))]
    late = [(end - start, start, end) for start, end in pairs if end - start > longest]
    if late:
        took, start, end = max(late)
        facts: View = {"at": start, "until": end, "took": int(took.total_seconds()), "count": len(late)}
        yield {"what": "late update", **facts, "target": int(longest.total_seconds())}


def _words(incident: Incident, start: datetime, end: datetime | None) -> list[datetime]:
    """The updates of one time of hurting, and its end: the last of them is to be followed by another as well."""
    told = [one.at for one in incident.updates if start <= one.at and (end is None or one.at <= end)]
    return [*told, end] if end is not None else told


def _of_ending(incident: Incident) -> Iterator[View]:
    if incident.reopened_at is not None:
        yield {"what": "reopened", "at": incident.reopened_at}
    missing = [check for check in CHECKS if check not in incident.verified]
    if missing and incident.resolved is not None:
        yield {"what": "not verified", "checks": missing}
