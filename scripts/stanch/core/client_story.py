"""What a client is told of an incident: an allow-list of facts, and no name, number, commit or host among them.

It takes the public updates, what the form says of the impact, the instants and lengths, and the kinds of what was
done. A line of a text that names something internal is left out, whoever wrote it.
"""

import re
from collections.abc import Iterable

from stanch.core.config import Config
from stanch.core.incident import Incident
from stanch.core.intervals import Leg, intervals, started
from stanch.core.markdown import BLOCK

INTERNAL = re.compile(
    r"@\w|[#!]\d|\bGH-\d|://|\bwww\.|`|\\|\w_\w|~/|(?<![\w.])\.?/\w"  # people, numbers, addresses, code, paths
    r"|\b(?:[\w-]{1,63}\.){1,8}[a-z]{2,24}\b"  # hosts and names of files
    r"|\b\d{1,3}(?:\.\d{1,3}){3}\b|(?:\b[0-9a-f]{1,4}:){4}|\b[a-z][\w-]{0,63}:\d{2,5}\b"  # machines and their ports
    r"|\b(?=[a-f]{0,39}[0-9])(?=[0-9]{0,39}[a-f])[0-9a-f]{7,40}\b"  # commits
    r"|\b(?=[\w-]{0,60}\d)(?=[\w-]{0,60}[a-z])[\w-]{20}"  # keys and tokens
    r"|\b(?:password|passwd|secret|token|api key|stack ?trace|traceback)s?\b",
    re.IGNORECASE,
)
"""What no client should read. It would rather leave out too much."""

LEAST_NAME = 3
"""Characters of a login from which on the word alone counts as a person's name."""


def client_story(incident: Incident, config: Config) -> dict[str, object]:
    """Plain values for `postmortem/client`; durations in seconds. An empty text of an update was left out whole."""
    legs, people = intervals(incident, config), hands_in(incident, config)
    resolved = incident.resolved.at if incident.resolved else None
    public = [one for one in incident.updates if one.public]
    lives = [at for at in incident.told.arrived if resolved is None or at <= resolved]
    return {
        "team": sayable(config.team, people),
        "zone": config.calendar.zone,
        "started": started(incident),
        "detected_at": incident.detected_at,
        "told_at": public[0].at if public else None,
        "mitigated_at": incident.fine_at,
        "resolved_at": resolved,
        "to_mitigate": legs[Leg.MITIGATE].took,
        "to_resolve": legs[Leg.RESOLVE].took,
        "form": {name: sayable(incident.form.get(name, ""), people) for name in ("broken", "affected", "data")},
        "updates": [{"at": one.at, "text": sayable(one.text, people)} for one in public],
        "measures": [{"at": one.at, "kind": one.kind} for one in incident.containments],
        "fixed_at": min(lives, default=None),
    }


def sayable(text: str, people: Iterable[str] = ()) -> str:
    """The lines of a text that name nothing internal and nobody of `people`, as one line."""
    names = [re.escape(name) for name in people if len(name) >= LEAST_NAME]
    person = re.compile(rf"\b(?:{'|'.join(names)})\b", re.IGNORECASE) if names else None
    kept = [
        line for line in text[:BLOCK].splitlines() if not INTERNAL.search(line) and not (person and person.search(line))
    ]
    return " ".join(" ".join(kept).split())


def hands_in(incident: Incident, config: Config) -> frozenset[str]:
    """Everybody who is known to have a hand in it, by login."""
    found = {incident.author, incident.lead, *incident.crew, *incident.assignees, *config.people}
    found |= {one.by for one in incident.updates} | {one.by for one in incident.notes}
    found |= {one.by for one in incident.containments} | {one.by for one in incident.spells}
    found |= {one.login for one in incident.hands} | {one.by for one in incident.works}
    return frozenset(name.removesuffix("[bot]") for name in found if name)
