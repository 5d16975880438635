"""What happened, told from the record alone: the view that a post-mortem is filled with."""

from collections.abc import Iterator
from datetime import date, datetime

from stanch.core.clock import local_date
from stanch.core.config import Config
from stanch.core.forms import FIELDS
from stanch.core.hotfix_view import hotfixes_view
from stanch.core.incident import Containment, Incident
from stanch.core.severity import Severity

LINE = 300
"""Characters of a text that one line of the timeline shows."""


def story(incident: Incident, config: Config) -> dict[str, object]:
    """Plain values for `issues/postmortem`; durations are in seconds, None where a milestone is missing."""
    resolved = incident.resolved.at if incident.resolved else None
    mitigated = incident.mitigated.at if incident.mitigated else resolved
    acknowledged = incident.acknowledged.at if incident.acknowledged else None
    moments = timeline(incident)
    started = _started(incident)
    return {
        "number": incident.number,
        "title": incident.title,
        "severity": int(incident.highest or Severity.SEV_2),
        "zone": config.calendar.zone,
        "authors": list(dict.fromkeys(login for login in (incident.lead, *incident.crew) if login)),
        "detected_at": incident.detected_at,
        "ended_at": resolved or mitigated,
        "resolved": resolved is not None,
        "started": started,
        "to_detect": _seconds(started, incident.detected_at) if started else None,
        "to_report": _seconds(incident.opened_at, incident.detected_at, least=None),
        "to_acknowledge": _seconds(incident.detected_at, acknowledged),
        "to_mitigate": _seconds(incident.detected_at, mitigated),
        "to_resolve": _seconds(incident.detected_at, resolved),
        "form": {name: incident.form.get(name, "") for name in FIELDS},
        "timeline": moments,
        "one_day": len({moment["at"].date() for moment in moments if isinstance(moment["at"], datetime)}) <= 1,
        "standing": [_carried(one, config) for one in incident.standing],
        "unverified": [check for check in ("failure", "neighbours", "containment") if check not in incident.verified],
        "changes": [{"kind": c.kind, "title": c.title, "sha": c.sha, "at": c.at} for c in incident.changes],
        "works": [{"number": work.number, "title": work.title, "merged_at": work.merged_at} for work in incident.works],
        "hotfixes": hotfixes_view(incident),
    }


def _started(incident: Incident) -> datetime | None:
    """The earliest thing that somebody noted of the time before detection."""
    return min((note.at for note in incident.notes if note.at < incident.detected_at), default=None)


def _seconds(start: datetime, end: datetime | None, least: int | None = 0) -> int | None:
    if end is None or (least is None and end >= start):
        return None
    return max(least or 0, int(abs((end - start).total_seconds())))


def _carried(one: Containment, config: Config) -> dict[str, object]:
    day: date = local_date(one.until, config.calendar)
    return {"id": one.id, "kind": one.kind, "what": one.what, "owner": one.by, "due": day.isoformat()}


def timeline(incident: Incident) -> list[dict[str, object]]:
    """Every recorded moment, oldest first: `at` (UTC), `what` (a name that the template knows), and its words."""
    moments = sorted(_moments(incident), key=lambda moment: moment[0])
    return [{"at": at, "what": what, **words} for at, what, words in moments]


Moment = tuple[datetime, str, dict[str, object]]


def _moments(incident: Incident) -> Iterator[Moment]:
    ended = incident.resolved or incident.mitigated
    during = [one for one in incident.deployed_since if ended is None or one.at <= ended.at]
    for change in (*incident.changes, *during):
        yield change.at, change.kind, {"text": change.title, "by": change.by, "sha": change.sha}
    yield incident.detected_at, "detected", {"text": incident.detected_how}
    if incident.opened_at > incident.detected_at:
        yield incident.opened_at, "opened", {"by": incident.author}
    for spell in incident.spells:
        level = int(spell.severity) if spell.severity else 0
        yield spell.at, "severity", {"severity": level, "by": spell.by, "text": spell.why}
    if incident.acknowledged:
        yield incident.acknowledged.at, "acknowledged", {"by": incident.acknowledged.by}
    yield from _words(incident)
    yield from _status(incident)
    yield from _hotfixes(incident)
    yield from _work(incident)


def _words(incident: Incident) -> Iterator[Moment]:
    for update in incident.updates:
        what = "client update" if update.public else "update"
        yield update.at, what, {"text": update.text[:LINE], "by": update.by, "url": update.url}
    for note in incident.notes:
        yield note.at, "note", {"text": note.text[:LINE], "by": note.by, "url": note.url}


def _status(incident: Incident) -> Iterator[Moment]:
    """What was said by a command, and the closings and reopenings that nobody said, in order."""
    for change in incident.history:
        if change.said:
            yield change.at, "status", {"status": change.status.value, "by": change.by, "url": change.url}
    for turn in incident.turns:
        status, reason = turn.status.value if turn.status else "", turn.reason.value if turn.reason else ""
        yield turn.at, "reopened" if turn.reopened else "closed", {"status": status, "reason": reason, "by": turn.by}


def _work(incident: Incident) -> Iterator[Moment]:
    for one in incident.containments:
        yield one.at, "contained", {"text": one.what[:LINE], "kind": one.kind, "by": one.by, "id": one.id}
        if one.restored:
            yield one.restored.at, "restored", {"by": one.restored.by, "id": one.id, "text": one.accepted[:LINE]}
    for check, deed in incident.verified.items():
        yield deed.at, "verified", {"check": check, "by": deed.by}
    for work in incident.works:
        yield work.at, "pull request", {"number": work.number, "text": work.title, "by": work.by}
        if work.merged_at and work.number not in {one.pull for one in incident.told.merged.values()}:
            yield work.merged_at, "merged", {"number": work.number, "text": work.title}


def _hotfixes(incident: Incident) -> Iterator[Moment]:
    """What the gate told of: waivers, merges, and when each reached production."""
    for waived in incident.told.waived.values():
        yield waived.at, "waived", {"number": waived.pull, "rule": waived.rule, "by": waived.by, "text": waived.why}
    for one in incident.told.merged.values():
        words = {"number": one.pull, "text": one.title, "kind": one.kind, "by": one.by, "sha": one.sha}
        yield one.at, "hotfix merged", words
        if one.live is not None:
            yield one.live, "in production", {"number": one.pull, "sha": one.sha}
