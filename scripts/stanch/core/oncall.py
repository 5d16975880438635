"""Who is called for what. Mentions name users, never teams: a bot's team mention notifies nobody.

Who is on call is asked of the instant at which a severity began to hold, never of now: a look that comes later gives
the same answer.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from stanch.core.clocks import rules_of, tells
from stanch.core.config import Call, Config
from stanch.core.incident import Incident, Kind
from stanch.core.login import LOGIN
from stanch.core.rota import LEAD, PRIMARY, SECONDARY
from stanch.core.severity import Severity

MOST = 50
"""People that one comment mentions: GitHub notifies no more of them."""

MOST_UNNAMED = 8
"""The same, when they were not named for it: the assignees and the owners of the code."""

OWNER = re.compile(rf"(?<![\w/])@({LOGIN})(?![\w/-])")


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of escalation. `role` is the layer's name (`primary`, `secondary`, …), or `lead` for the last step."""

    role: str
    login: str


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
    return config.call_at_most or (MOST if _named(config) else MOST_UNNAMED)


def _named(config: Config) -> tuple[str, ...]:
    """Whom the team named for being called: its people, else whoever has turns on call."""
    return config.people or config.oncall.people()


def asked_at(incident: Incident) -> datetime:
    """The instant for which somebody is called: when the severity that holds was set, or the report was made."""
    if incident.kind is not Kind.REPORT and incident.spells:
        return incident.spells[-1].at
    return incident.reported_at or incident.opened_at


def everyone(incident: Incident, config: Config, codeowners: str | None) -> tuple[str, ...]:
    """All hands: whoever is on call, the assignees, the people of the config; without any, the users in CODEOWNERS."""
    on_call = tuple(duty.login for duty in config.oncall.on_call(asked_at(incident)))
    named = _named(config)
    return _once((*on_call, *incident.assignees, *(named or owners_in(codeowners or ""))))


def one_engineer(
    incident: Incident, config: Config, codeowners: str | None, at: datetime | None = None
) -> tuple[str, ...]:
    """Whoever leads or is assigned, else who is on call, else the first person on the list who did not declare it.

    On call `at` an instant, by default at the one for which somebody is called.
    """
    if incident.leader:
        return (incident.leader,)
    on_call = config.oncall.on_call(at or asked_at(incident))
    if on_call:
        return (on_call[0].login,)
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


def chain(incident: Incident, config: Config, codeowners: str | None, at: datetime) -> tuple[Rung, ...]:
    """Whom to call one after the other while nobody answers, as of this instant; () when nobody is known.

    Each person once, so that no round calls somebody twice before it has called the others: whoever stands on an
    earlier rung is replaced by the next in turn of that layer, and a rung that nobody is left for is left out. Where
    nobody is on call the people are called in their order.
    """
    rungs: list[Rung] = []
    for role, candidates in _rungs(incident, config, codeowners, at):
        taken = {rung.login.lower() for rung in rungs}
        login = next((login for login in candidates if login.lower() not in taken), None)
        if login is not None:
            rungs.append(Rung(role, login))
    return tuple(rungs)


def _rungs(
    incident: Incident, config: Config, codeowners: str | None, at: datetime
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each rung's role, and who may stand on it, the best one first."""
    rota, people = config.oncall, everyone(incident, config, codeowners)
    duties = {duty.layer: duty.login for duty in rota.on_call(at)}
    for layer in rota.layers:
        if layer.name in duties:
            yield layer.name, (duties[layer.name], *layer.in_turn(at))
    if not duties:
        yield from ((role, people) for role in (PRIMARY, SECONDARY))
    yield LEAD, (rota.lead,) if rota.lead else config.people or people


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
