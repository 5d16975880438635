"""Who is called for what. Mentions name users, never teams: a bot's team mention notifies nobody."""

import re

from stanch.core.clocks import rules_of, tells
from stanch.core.config import Call, Config
from stanch.core.incident import Incident, Kind
from stanch.core.login import LOGIN
from stanch.core.severity import Severity

MOST = 50
"""People that one comment mentions: GitHub notifies no more of them."""

MOST_UNNAMED = 8
"""The same, when they were not named for it: the assignees and the owners of the code."""

OWNER = re.compile(rf"(?<![\w/])@({LOGIN})(?![\w/-])")


def called(incident: Incident, config: Config, codeowners: str | None) -> tuple[str, ...] | None:
    """The logins to mention, in the order of calling; None when this severity calls nobody, () when none is known.

    A client report mentions people only when its author is a listed client.
    """
    if incident.kind is Kind.REPORT and incident.author.lower() not in {c.lower() for c in config.clients}:
        return None
    match rules_of(incident, config).call:
        case Call.EVERYONE:
            return everyone(incident, config, codeowners)[: _at_most(config)]
        case Call.ONE:
            return one_engineer(incident, config, codeowners)
        case Call.ASSIGNEE if incident.assignees and incident.acknowledged is None:
            return incident.assignees
        case _:
            return None


def _at_most(config: Config) -> int:
    """Whom the team named is called; of those whom nobody named for it, a few."""
    return config.call_at_most or (MOST if config.people else MOST_UNNAMED)


def everyone(incident: Incident, config: Config, codeowners: str | None) -> tuple[str, ...]:
    """All hands: the people of the config; without any, the assignees and the users in CODEOWNERS."""
    if config.people:
        return _once((*incident.assignees, *config.people))
    return _once((*incident.assignees, *owners_in(codeowners or "")))


def one_engineer(incident: Incident, config: Config, codeowners: str | None) -> tuple[str, ...]:
    """Whoever leads or is assigned, else the first person on the list who did not declare it."""
    if incident.leader:
        return (incident.leader,)
    people = everyone(incident, config, codeowners)
    declarer = incident.spells[-1].by if incident.spells else incident.author
    others = tuple(login for login in people if login.lower() != declarer.lower())
    return (others or people)[:1]


def speaker(incident: Incident, config: Config) -> str:
    """Who is responsible for the next word to the clients: on a SEV-1, or once somebody was named; else empty.

    It is who was named for it, else the second who acknowledged, else the lead.
    """
    if not tells(incident, config) or not (incident.comms or incident.severity is Severity.SEV_1):
        return ""
    second = next((login for login in incident.crew if login.lower() != incident.lead.lower()), "")
    return incident.comms or second or incident.leader


def owners_in(codeowners: str) -> tuple[str, ...]:
    """The users that a CODEOWNERS file names, in its order; teams and addresses are left out."""
    lines = (line.split("#", 1)[0] for line in codeowners.splitlines())
    return _once(tuple(login for line in lines for login in OWNER.findall(line)))


def _once(logins: tuple[str, ...]) -> tuple[str, ...]:
    """Each login once, whatever its case."""
    first: dict[str, str] = {}
    for login in logins:
        first.setdefault(login.lower(), login)
    return tuple(first.values())
