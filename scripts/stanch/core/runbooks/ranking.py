"""Which runbook fits what is said of an incident: a small BM25 over the parts of a runbook, which can say why."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from math import log

from stanch.core.runbooks.model import Runbook
from stanch.core.runbooks.terms import IDEA, Terms, terms
from stanch.core.runbooks.vocabulary import HARMLESS
from stanch.core.severity import same_name

MOST = 3
"""Runbooks that are suggested."""

TITLE, SYMPTOM, ALERT, DESCRIBED, BODY = 4.0, 3.0, 3.0, 1.0, 0.1
"""What a term counts for: in the title and name, the listed symptoms, the alerts, the section on symptoms, the rest."""

FIRM = 3.0
"""From here on a term tells what the runbook is for."""

OF_IDEA = 3.0
"""How much more an idea counts than a word."""

HEADLINE, OFTEN = 2.0, 3
"""How much more an incident's title counts than its text, and how often a term counts in either."""

SATURATION = 3.0
"""How soon it makes no difference any more that a term stands in a runbook once again."""

ALERT_NAMED, SERVICE_NAMED = 14.0, 0.8
"""What it counts that an alert of the runbook is named, or, by how rare it is, a service of it."""

FLOOR, CALM, NEAR = 6.0, 2.0, 0.3
"""What the best one's firm terms have to count for; how many times that in what sounds harmless; and what share of the
best one's score another one needs to be shown beside it.
"""

FEW = 20
"""With fewer runbooks a term counts for as much as among so many: what fits does not depend on what else there is."""

UNSEEN = ""
"""Stands for a term that no runbook is about."""

READ = 4_000
"""Characters of a section that are read."""

NAME = re.compile(r"\w[\w.-]*\w")
JOINT = re.compile(r"\w[_.-]\w|[a-z0-9][A-Z]|[A-Za-z][0-9]")
"""What may be the name of an alert, and what tells one from a word."""

NAMED = 16_000
"""Characters in which an alert is looked for."""

ASIDE = re.compile(
    r"^Not this one\b.*?(?=\n[ \t]*\n|\Z)|\[[^\]\n]*\]\([^)\n]*\.md[^)\n]*\)|https?://\S+|<[A-Z][A-Z0-9-]*>",
    re.MULTILINE | re.DOTALL,
)
"""What a runbook says of its neighbours, and what it leaves open."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is known of an incident but for its talk: its title, its text, and the services that it is about."""

    title: str
    text: str = ""
    services: tuple[str, ...] = ()


class Why(StrEnum):
    """What a suggestion rests on most."""

    ALERT = "alert"
    SYMPTOM = "symptom"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A runbook that fits. `names` is the alert or the symptom that it rests on, `met` are the words of the incident
    that it knows, what counts most first; `service` is the one that both are about.
    """

    runbook: Runbook
    score: float
    why: Why
    names: str = ""
    met: tuple[str, ...] = ()
    service: str = ""


@dataclass(frozen=True)
class Entry:
    """A runbook as terms, each with its weight."""

    runbook: Runbook
    weights: Mapping[str, float]
    symptoms: tuple[tuple[str, Terms], ...]


@dataclass(frozen=True)
class Index:
    """All runbooks, and how rare each term and each service is among them."""

    entries: tuple[Entry, ...]
    rarity: Mapping[str, float]
    services: Mapping[str, float]


@dataclass(frozen=True)
class Question:
    """What is said as terms, with their weights and the words that they stand for.

    `names` is what may be the name of an alert: whatever is written in one, without its case and its joints.
    """

    weights: Mapping[str, float] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)
    services: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()


def suggest(runbooks: tuple[Runbook, ...], said: Said, most: int = MOST) -> tuple[Suggestion, ...]:
    """The few that fit best, the best first; none where nothing does."""
    index, asked = index_of(runbooks), question(said)
    ranked = sorted(((_shares(index, one, asked), one) for one in index.entries), key=_order)
    if not ranked or _firm(*ranked[0]) < FLOOR * (CALM if IDEA + HARMLESS in asked.weights else 1):
        return ()
    best = sum(ranked[0][0].values())
    near = (row for row in ranked[:most] if sum(row[0].values()) >= best * NEAR)
    return tuple(_suggestion(shares, entry, asked) for shares, entry in near)


def _order(row: tuple[Mapping[str, float], Entry]) -> tuple[float, str]:
    return -sum(row[0].values()), row[1].runbook.name


@lru_cache(maxsize=4)
def index_of(runbooks: tuple[Runbook, ...]) -> Index:
    """The runbooks as terms: made once for a sweep."""
    entries = tuple(map(_entry, runbooks))
    firm = ((term for term, weight in one.weights.items() if weight >= DESCRIBED) for one in entries)
    return Index(entries, _rarity(firm, len(entries)), _rarity((_services(one) for one in runbooks), len(entries)))


def _services(runbook: Runbook) -> frozenset[str]:
    return frozenset(map(same_name, runbook.services))


def _rarity(found: Iterable[Iterable[str]], count: int) -> dict[str, float]:
    seen, all_ = Counter(term for one in found for term in one), max(count, FEW)
    return {term: log(1 + (all_ - n + 0.5) / (n + 0.5)) for term, n in (*seen.items(), (UNSEEN, 0))}


def _entry(runbook: Runbook) -> Entry:
    weights: dict[str, float] = {}
    for weight, text in _parts(runbook):
        for term, n in terms(text).counts.items():
            weights[term] = weights.get(term, 0.0) + weight * n
    return Entry(runbook, weights, tuple((one, terms(one)) for one in runbook.symptoms))


def _parts(runbook: Runbook) -> Iterator[tuple[float, str]]:
    yield TITLE, f"{runbook.title} {runbook.name}"
    yield SYMPTOM, "\n".join(runbook.symptoms)
    yield ALERT, "\n".join(runbook.alerts)
    for section in runbook.sections:
        described = same_name(section.title) == "symptoms"
        yield DESCRIBED if described else BODY, ASIDE.sub(" ", section.text[:READ])


def question(said: Said) -> Question:
    """What is said, as terms."""
    weights, first = dict[str, float](), dict[str, str]()
    for weight, text in ((HEADLINE, said.title), (1.0, said.text)):
        found = terms(text, typed=True)
        for term, n in found.counts.items():
            weights[term] = weights.get(term, 0.0) + weight * min(n, OFTEN)
            first.setdefault(term, found.said[term])
    names = frozenset(map(same_name, NAME.findall(f"{said.title} {said.text}"[:NAMED])))
    return Question(weights, first, frozenset(map(same_name, said.services)), names)


def _shares(index: Index, entry: Entry, asked: Question) -> dict[str, float]:
    """What each term that both know adds to the score; an alert and a service add theirs under a name of their own."""
    both = asked.weights.keys() & entry.weights.keys()
    shares = {term: _share(index, entry.weights[term], term, asked.weights[term]) for term in sorted(both)}
    service = max((index.services[one] for one in _services(entry.runbook) & asked.services), default=0.0)
    alert = ALERT_NAMED if _alert(entry, asked) else 0.0
    return shares | {Why.ALERT: alert, "service": SERVICE_NAMED * service}


def _share(index: Index, there: float, term: str, asked: float) -> float:
    rarity = index.rarity.get(term, index.rarity[UNSEEN])
    return (OF_IDEA if term.startswith(IDEA) else 1.0) * rarity * there / (there + SATURATION) * 2 * asked / (asked + 1)


def _firm(shares: Mapping[str, float], entry: Entry) -> float:
    return shares[Why.ALERT] + sum(share for term, share in shares.items() if entry.weights.get(term, 0.0) >= FIRM)


def _alert(entry: Entry, asked: Question) -> str:
    """The alert that is named. What looks like any word is a word; spaces between its parts make a sentence of it."""
    named = (one for one in entry.runbook.alerts if JOINT.search(one) and same_name(one) in asked.names)
    return max(named, key=len, default="")


def _suggestion(shares: Mapping[str, float], entry: Entry, asked: Question) -> Suggestion:
    runbook, score = entry.runbook, round(sum(shares.values()), 1)
    service = next((one for one in runbook.services if same_name(one) in asked.services), "")
    alert = _alert(entry, asked)
    if alert:
        return Suggestion(runbook, score, Why.ALERT, alert, service=service)
    fits = [(sum(shares.get(term, 0.0) for term in there.counts), one, there) for one, there in entry.symptoms]
    share, symptom, there = max(fits, key=lambda fit: fit[0], default=(0.0, "", Terms()))
    within = there.counts if share else entry.weights
    met = sorted((term for term in within if term in asked.said), key=lambda term: (-shares.get(term, 0.0), term))
    words = _apart(asked.said[term] for term in met)[:MOST]
    return Suggestion(runbook, score, Why.SYMPTOM if share else Why.WORDS, symptom if share else "", words, service)


def _apart(said: Iterable[str]) -> tuple[str, ...]:
    """Each word once, and none that stands in a phrase before it."""
    found: list[str] = []
    for words in said:
        if not any(f" {words} " in f" {one} " for one in found):
            found.append(words)
    return tuple(found)
