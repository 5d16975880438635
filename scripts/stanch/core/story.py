"""What happened, told from the record alone: the view that a post-mortem is filled with.

`docs/postmortems.md` promises its names to templates of other people's own.
"""

from stanch.core.clock import local_date
from stanch.core.config import Config
from stanch.core.factors import factors
from stanch.core.forms import FIELDS
from stanch.core.hotfix_view import hotfixes_view
from stanch.core.incident import Containment, Incident
from stanch.core.intervals import Leg, intervals, started
from stanch.core.moments import fitting, moments, runs_during, with_silences
from stanch.core.questions import CHECKS, questions
from stanch.core.runs import MOST_LINES, Runs, State
from stanch.core.severity import Severity
from stanch.core.silences import silences

MOST = 20
"""Changes and pull requests that are listed, the newest ones; the timeline has them too."""


def story(incident: Incident, config: Config) -> dict[str, object]:
    """Plain values for `postmortem/…`; durations are in seconds, None where a milestone is missing."""
    resolved = incident.resolved.at if incident.resolved else None
    lines, legs = timeline(incident, config), intervals(incident, config)
    severity = incident.highest or incident.severity or Severity.SEV_2
    return {
        "number": incident.number,
        "title": incident.title,
        "severity": int(severity),
        "share": severity is Severity.SEV_1,
        "zone": config.calendar.zone,
        "authors": list(dict.fromkeys(login for login in (incident.lead, *incident.crew) if login)),
        "detected_at": incident.detected_at,
        "ended_at": resolved or incident.fine_at,
        "mitigated": incident.fine_at is not None,
        "resolved": resolved is not None,
        "started": started(incident),
        "intervals": [one.view() for one in legs.values()],
        **{f"to_{leg.value}": legs[leg].took if leg in legs else None for leg in Leg},
        "form": {name: incident.form.get(name, "") for name in FIELDS},
        "timeline": lines,
        "runs": _runs(incident),
        "standing": [_carried(one, config) for one in incident.standing],
        "unverified": [check for check in CHECKS if check not in incident.verified],
        "changes": [{"kind": c.kind, "title": c.title, "sha": c.sha, "at": c.at} for c in incident.changes[:MOST]],
        "works": [{"number": w.number, "title": w.title, "merged_at": w.merged_at} for w in incident.works[-MOST:]],
        "hotfixes": hotfixes_view(incident),
        "questions": questions(incident, config, legs),
        "factors": factors(incident, legs[Leg.DETECT]),
    }


def timeline(incident: Incident, config: Config) -> list[dict[str, object]]:
    """Every recorded moment and every gap, oldest first: `at` (UTC), `what`, its words, and its `source`.

    `new_day` is true for the first line of each day, where there are several.
    """
    told = moments(incident)
    gaps = silences(incident, (one.at for one in told), config)
    lines = fitting(with_silences(told, gaps))
    days = [one.at.date() for one in lines]
    several = len(set(days)) > 1
    turns = [several and day != before for before, day in zip((None, *days), days, strict=False)]
    return [one.view(incident) | {"new_day": turn} for one, turn in zip(lines, turns, strict=True)]


def _runs(incident: Incident) -> dict[str, object]:
    """What is known of the workflow runs as a whole, and how much of it the timeline does not have."""
    runs, count = incident.runs or Runs(), len(runs_during(incident))
    return {
        "state": (incident.runs.state if incident.runs else State.NOT_ASKED).value,
        "count": min(count, MOST_LINES),
        "left_out": max(0, count - MOST_LINES),
        "unasked": runs.unasked,
        "more": runs.more,
    }


def _carried(one: Containment, config: Config) -> dict[str, object]:
    due = local_date(one.until, config.calendar).isoformat()
    return {"id": one.id, "kind": one.kind, "what": one.what, "owner": one.by, "due": due}
