"""When each notice that time alone makes due falls due: reckoned by hand from what people did, as the README says it.

Nothing of Stanch is used here. Instants are seconds since 1970.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

MINUTE = 60
FIRST_MESSAGE = 15 * MINUTE
INTERVAL = {1: 30 * MINUTE, 2: 120 * MINUTE}
PACE = {1: 5 * MINUTE, 2: 15 * MINUTE}
CALM = 4
ROUNDS, RUNGS = 3, 3
MOST_WATCHED = 240 * MINUTE
CREW = frozenset({"jordan", "morgan", "sam"})

UPDATE, ESCALATE = "update", "escalate"
LAST = "last"


@dataclass(frozen=True)
class Fact:
    """What somebody did to one incident. `does` is a word of `_after`; `amount` a severity, or seconds."""

    at: int
    who: str
    does: str
    amount: int = 0
    word: bool = False


@dataclass(frozen=True)
class Due:
    """One notice: which of a series (`name`, as it ends its key), and when it falls due. `since` tells series apart."""

    kind: str
    since: tuple[int, ...]
    name: str
    at: int

    @property
    def series(self) -> tuple[str, tuple[int, ...]]:
        return self.kind, self.since


@dataclass(frozen=True)
class Known:
    """What holds after some facts."""

    severity: int = 0
    held: int = 0
    first: bool = True
    detected: int = 0
    word: int | None = None
    reopened: int | None = None
    turned: int | None = None
    snoozed: int | None = None
    fine: bool = False
    over: bool = False
    answered: bool = False
    crew: frozenset[str] = frozenset()
    sign: int = 0


def known(facts: Iterable[Fact]) -> Known:
    """What holds after these facts, oldest first."""
    found = Known()
    for fact in facts:
        found = _after(found, fact)
    return found


def _after(now: Known, fact: Fact) -> Known:
    at = fact.at
    if fact.does == "declares":
        return replace(now, severity=fact.amount, held=at, detected=at, sign=at)
    if fact.does == "detected":
        return replace(now, detected=fact.amount)
    if fact.does == "remarks" or (fact.does == "snoozes" and now.snoozed is not None):
        return replace(now, sign=at) if fact.who in now.crew else now
    now = replace(now, sign=at)
    if fact.does in {"closes", "reopens"}:
        closed = fact.does == "closes"
        now = replace(now, over=closed) if closed else replace(now, over=False, reopened=at, snoozed=None)
        return _turned(now, at, fine=closed)
    return _commanded(now, fact)


def _commanded(now: Known, fact: Fact) -> Known:
    at = fact.at
    if fact.does == "severity":
        moved = fact.amount != now.severity
        now = replace(now, severity=fact.amount, held=at, first=False) if moved else now
        return replace(now, crew=now.crew | {fact.who}) if fact.word else now
    now = replace(now, crew=now.crew | {fact.who})
    if fact.does == "snoozes":
        return replace(now, snoozed=at + fact.amount)
    if fact.does in {"fine", "hurts"}:
        now = _turned(now, at, fine=fact.does == "fine")
    now = replace(now, answered=True)
    return replace(now, word=at, snoozed=None) if fact.word else now


def _turned(now: Known, at: int, *, fine: bool) -> Known:
    return replace(now, fine=fine, turned=at) if fine is not now.fine else now


def dues(now: Known, *, clients: bool) -> tuple[Due, ...]:
    """Every notice of the series that run, past and future, in order of time."""
    if now.over or now.severity not in INTERVAL:
        return ()
    return tuple(sorted((*_updates(now, clients=clients), *_escalation(now, clients=clients)), key=lambda one: one.at))


def _interval(now: Known) -> int:
    return INTERVAL[now.severity] * (CALM if now.fine else 1)


def _since(now: Known) -> int:
    return now.detected if now.first else now.held


def next_word(now: Known, *, clients: bool) -> int:
    """When the next word is due: the first message to clients, else an interval after the last thing that counts."""
    first = max(_since(now), now.reopened or 0) + FIRST_MESSAGE
    is_first = clients and now.word is None and not (now.turned is not None and now.turned >= first)
    acts = (at for at in (now.word, now.reopened, now.turned) if at is not None)
    due = first if is_first else max((_since(now), *acts)) + _interval(now)
    due = max(due, now.snoozed or 0)
    if due <= now.held:
        due = now.held + (FIRST_MESSAGE if is_first else _interval(now))
    return due


def _updates(now: Known, *, clients: bool) -> Iterator[Due]:
    due = next_word(now, clients=clients)
    acts = [at for at in (now.held, now.word, now.reopened, now.turned) if at is not None]
    since = (max(acts), now.snoozed or 0)
    yield Due(UPDATE, since, "1", due)
    yield Due(UPDATE, since, "2", due + _interval(now) // 2)


def _escalation(now: Known, *, clients: bool) -> Iterator[Due]:
    """Three rounds of three people, then one last notice; the call itself is the first step, unless it expired."""
    if now.fine:
        return
    pace, count = PACE[now.severity], ROUNDS * RUNGS
    start, first, since = max(now.held, now.reopened or 0), 1, (max(now.held, now.reopened or 0),)
    if not now.answered and start > now.held:
        first = 0
    if now.answered:
        start = max(next_word(now, clients=clients), now.sign) + _interval(now) // 2 + pace
        first, since = 0, (0, now.sign)
    for step in range(first, count + 1):
        yield Due(ESCALATE, since, LAST if step == count else str(step), start + step * pace)


def watched(now: Known, at: int) -> bool:
    """Whether a watcher is promised for this instant: SEV-1 until mitigated, SEV-2 until acknowledged, for a while."""
    if now.over or now.fine or at >= max(now.held, now.reopened or 0) + MOST_WATCHED:
        return False
    return now.severity == 1 or (now.severity == 2 and not now.answered)


@dataclass(frozen=True)
class Owed:
    """A notice that fell due while nothing had made it needless. `until`: when something did (None: nothing)."""

    due: Due
    at: int
    until: int | None
    watched: bool


def owed(facts: Sequence[Fact], ends: int, *, clients: bool) -> list[Owed]:
    """Everything that fell due before an instant, each once."""
    found: dict[tuple[tuple[str, tuple[int, ...]], str], Owed] = {}
    for place in range(len(facts)):
        begins = facts[place].at
        until = facts[place + 1].at if place + 1 < len(facts) else ends
        now = known(facts[: place + 1])
        running = {(one.series, one.name): one for one in dues(now, clients=clients)}
        for name, one in found.items():
            still = one.until == begins and name in running
            found[name] = replace(one, until=until) if still else one
        for name, due in running.items():
            if due.at < until and name not in found:
                at = max(due.at, begins)
                timed = at > begins  # what an act makes due at once is its event's to say
                found[name] = Owed(due, at, until, timed and watched(now, at))
    return [replace(one, until=None) if one.until == ends else one for one in found.values()]
