"""Random incidents: what people do to each, when; by seed, at any time of a day or two, several at once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random

from stanch.sandbox.clock import seconds
from tests.scenarios.clockwork import Clockwork
from tests.scenarios.reckoning import Fact

MINUTE, HOUR = 60, 3600
NIGHTS = ("2026-10-24T22:00:00Z", "2026-03-28T22:00:00Z", "2026-03-17T22:00:00Z", "2026-06-19T12:00:00Z")
"""Where days begin: the night in which Berlin's clocks go back, the one in which they go forward, and two others."""

CONFIG = "people: [jordan, morgan, sam]\nteam: {zone: Europe/Berlin}\n"
TEAM = ("jordan", "morgan", "sam")
EDGES = (5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE, 45 * MINUTE, 60 * MINUTE)
"""Lengths after which something is due: people act around them, too."""

MOST_ACTS = 7


@dataclass
class Fire:
    """One incident: what is to be done to it, and, as it is done, what was."""

    acts: list[tuple[int, str, str, Fact]]
    number: int = 0
    facts: list[Fact] = field(default_factory=list)

    @property
    def begins(self) -> int:
        return self.acts[0][0]

    @property
    def last(self) -> int:
        return self.acts[-1][0]


def fires(seed: int, count: int) -> list[Fire]:
    """So many incidents within a day, in a few bursts: most of them overlap."""
    chance = Random(seed)  # noqa: S311 # chance, not secrecy
    start = seconds(chance.choice(NIGHTS))
    bursts = [start + chance.randint(0, 18 * HOUR) for _ in range(max(1, count // 3))]
    return [Fire(list(_life(chance, chance.choice(bursts) + chance.randint(0, 40 * MINUTE)))) for _ in range(count)]


def _life(chance: Random, at: int) -> Iterator[tuple[int, str, str, Fact]]:
    """What happens, in order: when, by whom, the text or the verb, and the fact that it is."""
    severity = chance.choices((1, 2, 3), (6, 3, 1))[0]
    by_form = chance.random() < 0.3
    yield at, "alex", f"form {chance.randint(0, 50)}" if by_form else "label", Fact(at, "alex", "declares", severity)
    if chance.random() < 0.12:
        return
    closed = False
    for _ in range(chance.randint(1, MOST_ACTS)):
        at += _gap(chance)
        if closed:
            if chance.random() < 0.7:
                return
            closed = False
            yield at, "alex", "reopens", Fact(at, "alex", "reopens")
            continue
        who, text, fact = _act(chance, at, severity)
        severity = fact.amount if fact.does == "severity" else severity
        closed = fact.does == "closes"
        yield at, who, text, fact
    if not closed and chance.random() < 0.7:
        at += _gap(chance)
        yield at, "jordan", "closes", Fact(at, "jordan", "closes")


def _gap(chance: Random) -> int:
    if chance.random() < 0.3:
        return chance.choice(EDGES) + chance.randint(-20, 90)
    return 15 + int(chance.expovariate(1 / (9 * MINUTE)))


def _act(chance: Random, at: int, severity: int) -> tuple[str, str, Fact]:
    who, other = chance.choice(TEAM), chance.choice([one for one in (1, 2, 3) if one != severity])
    minutes = chance.choice((10, 30, 60))
    table: tuple[tuple[int, str, str, Fact], ...] = (
        (7, who, "/ack", Fact(at, who, "acks")),
        (2, who, "/take", Fact(at, who, "acks")),
        (5, who, "/update! We are on it. More soon.", Fact(at, who, "tells", word=True)),
        (1, who, "/status identified The release.", Fact(at, who, "hurts", word=True)),
        (3, who, "/status mitigated", Fact(at, who, "fine")),
        (1, who, "/status mitigated Payments go through.", Fact(at, who, "fine", word=True)),
        (1, who, "/status investigating", Fact(at, who, "hurts")),
        (2, who, f"/snooze {minutes}m", Fact(at, who, "snoozes", minutes * MINUTE)),
        (1, who, f"/sev {other} users tell us", Fact(at, who, "severity", other, word=True)),
        (1, "alex", f"label {other}", Fact(at, "alex", "severity", other)),
        (2, who, "closes", Fact(at, who, "closes")),
        (4, who, "Looking at the logs.", Fact(at, who, "remarks")),
        (1, "kim", "/ack", Fact(at, "kim", "remarks")),
    )
    weight, *_ = zip(*table, strict=True)
    _, who, text, fact = chance.choices(table, weight)[0]
    return who, text, fact


def kindle(rig: Clockwork, fire: Fire) -> None:
    """Let it happen, act by act."""
    for at, who, text, fact in fire.acts:
        rig.loom.at(at, _done(rig, fire, who, text, fact))


def _done(rig: Clockwork, fire: Fire, who: str, text: str, fact: Fact) -> Callable[[], None]:
    def act() -> None:
        me = rig.world.person(who)
        if fact.does == "declares":
            return _declare(rig, fire, text, fact)
        if text == "closes":
            me.closes(fire.number)
        elif text == "reopens":
            me.reopens(fire.number)
        elif text.startswith("label "):
            me.labels(fire.number, f"sev-{fact.amount}")
        else:
            me.comments(fire.number, text)
        return fire.facts.append(fact)

    return act


def _declare(rig: Clockwork, fire: Fire, text: str, fact: Fact) -> None:
    me = rig.world.person(fact.who)
    how, _, ago = text.partition(" ")
    if how == "label":
        fire.number = me.opens("Checkout is down", "Every payment fails.", labels=(f"sev-{fact.amount}",))
        fire.facts.append(fact)
        return
    detected = (fact.at - int(ago) * MINUTE) // MINUTE * MINUTE
    told = datetime.fromtimestamp(detected, UTC).strftime("%Y-%m-%d %H:%M")
    answers = {
        "What is broken?": "Nobody can pay.",
        "Severity": f"SEV-{fact.amount}: bad",
        "When was it detected? (UTC)": told,
    }
    fire.number = me.opens_by_form("incident", "Checkout is down", answers)
    fire.facts += [fact, Fact(fact.at, fact.who, "detected", detected)]
