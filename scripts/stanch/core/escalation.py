"""Escalation: who is asked next while nobody answers, and when.

Every instant is absolute and follows from facts alone. Each person has a severity's pace to answer; three rounds go
from the first rung to the last, then comes one last notice, then silence. It runs while nobody has acknowledged, and
again once whoever did has given no sign since both reminders of the next word.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from stanch.core.case import Case
from stanch.core.clocks import rules_of, update_interval, word_due
from stanch.core.config import Call
from stanch.core.incident import Incident, Kind
from stanch.core.oncall import Rung, chain, one_engineer
from stanch.core.signs import last_sign

ROUNDS = 3

MOST_RUNGS = 8
"""People that one round asks: the marker of a notice has room for the steps that it stands for."""


class Cause(StrEnum):
    """Why somebody is asked: nobody acknowledged, also since it was reopened, or whoever did has fallen silent."""

    UNANSWERED = "unanswered"
    REOPENED = "reopened"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Step:
    """One notice, due at an instant (UTC). `turn` counts from 1, `place` is the rung's, from 0."""

    ordinal: int
    due: datetime
    turn: int
    place: int
    last: bool = False

    @property
    def name(self) -> str:
        """What stands for it in a key."""
        return "last" if self.last else str(self.ordinal)


@dataclass(frozen=True, slots=True)
class Escalation:
    """Asking one person after the other, from `start` (UTC) on. `since` is when it was last heard of, and its name.

    Step 0 falls due at the start itself; where nobody has acknowledged, the call is that step.
    """

    cause: Cause
    start: datetime
    since: datetime
    pace: timedelta
    rungs: int

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every notice, in order of time."""
        count, first = ROUNDS * self.rungs, int(self.cause is Cause.UNANSWERED)
        asked = (Step(n, self.start + n * self.pace, n // self.rungs + 1, n % self.rungs) for n in range(first, count))
        return (*asked, Step(count, self.start + count * self.pace, ROUNDS, 0, last=True))


def newest_and_next(steps: tuple[Step, ...], now: datetime) -> tuple[Step, ...]:
    """The newest step that is due by now, and the next one: ticks that were missed give one notice, not five."""
    past = [step for step in steps if step.due <= now]
    return (*past[-1:], *[step for step in steps if step.due > now][:1])


def asks(incident: Incident, case: Case) -> bool:
    """Whether anybody is escalated at all: an incident whose severity has a pace, while users are hurt."""
    rules = rules_of(incident, case.config)
    hurts = incident.kind is Kind.INCIDENT and incident.burning and not incident.status.users_are_fine
    return hurts and not incident.taken_in and rules.escalate is not None and rules.call is not Call.NOBODY


def hurts_since(incident: Incident) -> datetime:
    """From when it hurts users at the severity that holds (UTC): since that was set, or since it broke again."""
    turns = (incident.spells[-1].at, incident.reopened_at, incident.turned_at)
    return max(at for at in turns if at is not None)


def escalation(case: Case) -> Escalation | None:
    """What runs, or will once somebody has been silent for too long; None where nobody is asked or known."""
    incident = case.incident
    pace = rules_of(incident, case.config).escalate if incident else None
    if incident is None or pace is None or not asks(incident, case):
        return None
    if incident.acknowledged is None:
        held = incident.spells[-1].at
        start = since = max(held, incident.reopened_at or held)
        cause = Cause.REOPENED if start > held else Cause.UNANSWERED
    else:
        silent = expires(case, incident, pace)
        if silent is None:
            return None
        cause, start, since = Cause.SILENT, silent, last_sign(incident, case.snapshot.thread)
    rungs = len(ladder(case, incident, cause, start))
    return Escalation(cause, start, since, pace, rungs) if rungs else None


def expires(case: Case, incident: Incident, pace: timedelta) -> datetime | None:
    """When an acknowledgement expires, if nobody gives a sign before (UTC); None when no word is asked for.

    Counted from when the next word is due, or from the last sign if that is later: half an interval, after which the
    second reminder is due, and the pace of the severity to answer that.
    """
    due, interval = word_due(incident, case.config), update_interval(incident, case.config)
    if due is None or interval is None or not rules_of(incident, case.config).remind:
        return None
    return max(due, last_sign(incident, case.snapshot.thread)) + interval / 2 + pace


def ladder(case: Case, incident: Incident, cause: Cause, at: datetime) -> tuple[Rung, ...]:
    """Whom to ask one after the other, as of an instant: whoever was called first stands first, who is silent last."""
    owners = case.snapshot.repository.codeowners
    rungs = chain(incident, case.config, owners, at)
    if cause is Cause.SILENT:
        silent = incident.leader.lower()
        return tuple(sorted(rungs, key=lambda rung: rung.login.lower() == silent))[:MOST_RUNGS]
    if rungs and rules_of(incident, case.config).call is Call.ONE:
        (first,) = one_engineer(incident, case.config, owners, at)
        known = [rung for rung in rungs if rung.login.lower() == first.lower()]
        others = [rung for rung in rungs if rung.login.lower() != first.lower()]
        rungs = (*(known or [Rung("", first)]), *others)
    return rungs[:MOST_RUNGS]


def asked(case: Case, incident: Incident, cause: Cause, step: Step) -> Rung | None:
    """Who is asked at a step, as of when it falls due; None when nobody is known then."""
    rungs = ladder(case, incident, cause, step.due)
    return rungs[min(step.place, len(rungs) - 1)] if rungs else None


def card_view(case: Case) -> dict[str, object]:
    """What the card says about it: the schedule while nobody has acknowledged, and whether the severity is a guess.

    Nothing of it changes as time passes: that a step is due, its notice says.
    """
    incident, running = case.incident, escalation(case)
    guess = incident is not None and incident.burning and not incident.confirmed and not incident.taken_in
    view: dict[str, object] = {"unconfirmed": guess and incident is not None and incident.kind is Kind.INCIDENT}
    if incident is None or running is None or running.cause is Cause.SILENT:
        return {**view, "escalation": None}
    once_round = [step for step in running.steps if not step.last][: running.rungs]
    pairs = ((asked(case, incident, running.cause, step), step) for step in once_round)
    rows = [{"login": rung.login, "role": rung.role, "at": step.due} for rung, step in pairs if rung]
    return {**view, "escalation": {"rows": rows, "rounds": ROUNDS, "last": running.steps[-1].due}}
