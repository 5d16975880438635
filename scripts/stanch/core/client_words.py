"""The message that clients are waiting for now: which one it is, and the facts that a draft of it is filled with.

What people wrote into the form goes out only if it holds nothing that is ours alone; else the draft leaves it to be
filled in. Every instant follows from the thread, never from when somebody looks.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from stanch.core.client_check import fit_for_clients
from stanch.core.client_story import hands_in, sayable
from stanch.core.clocks import last_word, postmortem_deadline, tells, update_clock, update_interval
from stanch.core.config import Config
from stanch.core.incident import Deed, Incident
from stanch.core.oncall import speaker
from stanch.core.severity import Severity

WATCHED = timedelta(hours=24)
"""How long the team says that it watches closely after a resolution."""

LONGEST = 300
"""Characters of an answer of the form that a draft repeats; a longer one is no sentence for clients."""

SAFE, UNKNOWN, AT_RISK = ("no",), ("not known yet",), ("loss", "corruption", "leak")
"""The answers of the form that ships to whether data is at risk."""


class Draft(StrEnum):
    """The messages, in the order in which they are sent."""

    FIRST = "first"
    UPDATE = "update"
    RESOLVED = "resolved"
    QUIET = "quiet"


def fitting(incident: Incident, config: Config) -> Draft | None:
    """The message that is to come next; None when clients wait for none."""
    if not tells(incident, config):
        return None
    told, fine = last_word(incident, public_only=True), _fine(incident)
    if fine is not None and (told is None or told.at < fine.at):
        return None if told is None and incident.taken_in else Draft.RESOLVED
    if update_clock(incident, config) is None:
        return None
    return Draft.UPDATE if told else Draft.FIRST


def _fine(incident: Incident) -> Deed | None:
    """The newest of the two that clients want to hear of: that users are fine, that it is resolved."""
    return (incident.resolved or incident.mitigated) if incident.status.users_are_fine else None


def draft(incident: Incident, config: Config, kind: Draft | None, said_at: datetime | None = None) -> dict[str, object]:
    """The plain values of a message; empty when there is none. It is said when it is due, or at `said_at` if later."""
    if kind is None:
        return {}
    people, fine = hands_in(incident, config), incident.fine_at
    resolved = incident.resolved.at if incident.resolved else None
    measures = incident.containments if kind is Draft.RESOLVED else incident.standing
    return {
        "kind": kind.value,
        "broken": _sentence(_said(incident, "broken", people)),
        "affected": _said(incident, "affected", people),
        "data": _data(incident.form.get("data", "")),
        "identified": incident.status.value == "identified",
        "measures": list(dict.fromkeys(one.kind for one in measures)),
        "detected_at": incident.detected_at,
        "fine_at": fine,
        "resolved_at": resolved,
        "next_at": _next(incident, config, said_at),
        "watched_until": resolved + WATCHED if resolved else None,
        "report_at": postmortem_deadline(incident, config) if resolved else None,
    }


def clients_view(incident: Incident, config: Config, roles: str) -> dict[str, object]:
    """What the card shows of it. `roles` is the address of the team's runbook for both roles, if it has one."""
    speaks = speaker(incident, config)
    return {
        "draft": draft(incident, config, fitting(incident, config)),
        "speaks": speaks,
        "speaks_by_name": bool(incident.comms),
        "wants_speaker": incident.burning and incident.severity is Severity.SEV_1 and tells(incident, config),
        "roles": roles,
    }


def _next(incident: Incident, config: Config, said_at: datetime | None) -> datetime | None:
    """When clients hear more: an interval after this message, which is to be sent when its own time comes."""
    clock, interval = update_clock(incident, config), update_interval(incident, config)
    if clock is None or interval is None:
        return None
    return max(clock.due, said_at or clock.due) + interval


def _said(incident: Incident, field: str, people: Iterable[str]) -> str:
    """An answer of the form on one line, if clients may read it as it stands; else nothing."""
    whole, known = " ".join(incident.form.get(field, "").split()), frozenset(people)
    fits = len(whole) <= LONGEST and sayable(whole, known) == whole and fit_for_clients(whole, known)
    return whole if fits else ""


def _sentence(text: str) -> str:
    return text if not text or text.endswith((".", "!", "?", "\u3002")) else f"{text}."


def _data(answer: str) -> str:
    """What is known of their data, by the answers of our own form: another one is left to whoever sends it."""
    said = answer.strip().casefold()
    known = {SAFE: "safe", UNKNOWN: "unknown", AT_RISK: "at risk"}
    return next((word for answers, word in known.items() if said in answers), "unsaid")
