"""From what people and monitors write to the terms that can be compared: stems of words, and ideas."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from stanch.core.letters import folded
from stanch.core.runbooks.vocabulary import DENIALS, DENIED, EMPTY, IDEAS

LONGEST = 8_000
"""Characters of one text that are read: what is not said in these is a log."""

CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
WORD = re.compile(r"[a-z]+[0-9]{0,3}[a-z]{0,2}|[0-9]+[a-z]{1,2}\b|[0-9]+")
NUMBERS = frozenset(re.findall(r"\b[0-9]+\b", " ".join(IDEAS.values())))
"""The numbers that mean something; all others stand between the words of a phrase."""

SUFFIXES = ("ations", "ation", "ings", "ing", "ies", "ied", "ed", "es", "ly", "s", "e", "y")
SHORTEST = 4
"""Letters that a stem keeps."""

LONG = 6
"""Letters of a word in which a slip is mended, and of the beginning by which a longer one is known."""

DENIED_WITHIN = 3
"""Words after a denial that it takes back."""

IDEA = "="
"""Stands before an idea, so that it is none of the words."""

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Terms:
    """How often each stem and each idea stands in a text, and how it was said there first."""

    counts: Counter[str] = field(default_factory=Counter)
    said: dict[str, str] = field(default_factory=dict)


def terms(text: str, *, typed: bool = False) -> Terms:
    """The terms of a text. Empty words are left out, and what is denied of the causes: that nothing was deployed is no
    sign of a deployment. In what people `typed` slips and compounds are mended.
    """
    spoken = _words(text[:LONGEST])
    stems = [_mended(one) if typed else one for one in map(stem, spoken)]
    found = Terms()
    for word, one in zip(spoken, stems, strict=True):
        if len(one) > 1 and one not in _empty() and not one.isdigit():
            found.counts[one] += 1
            found.said.setdefault(one, word)
    for place, length, idea in _ideas(stems):
        found.counts[IDEA + idea] += 1
        found.said.setdefault(IDEA + idea, " ".join(spoken[place : place + length]))
    return found


def _words(text: str) -> list[str]:
    """The words of a text in their order, without case and accents; a name in camel case is several."""
    plain = unicodedata.normalize("NFKD", folded(CAMEL.sub(" ", text)))
    letters = "".join(one for one in plain if not unicodedata.combining(one))
    return [one for one in WORD.findall(letters.casefold()) if not one.isdigit() or one in NUMBERS]


@cache
def stem(word: str) -> str:
    """A word without its ending: light, so that only what is alike falls together."""
    endings = (one for one in SUFFIXES if word.endswith(one) and len(word) - len(one) >= SHORTEST)
    ending = "" if word[0].isdigit() else next(endings, "")
    return word.removesuffix(ending)


def _ideas(stems: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Where a word or phrase of an idea begins, and how many words it has."""
    first = _phrases()
    for place, word in enumerate(stems):
        for phrase, idea in first.get(word, ()):
            if tuple(stems[place : place + len(phrase)]) == phrase and not _denied(stems, place, idea):
                yield place, len(phrase), idea


def _denied(stems: Sequence[str], place: int, idea: str) -> bool:
    return idea in DENIED and not DENIALS.isdisjoint(stems[max(0, place - DENIED_WITHIN) : place])


@cache
def _phrases() -> dict[str, list[tuple[Phrase, str]]]:
    """Every phrase of the vocabulary by its first word."""
    found: dict[str, list[tuple[Phrase, str]]] = {}
    for idea, spoken in IDEAS.items():
        for phrase in dict.fromkeys(tuple(map(stem, _words(one))) for one in spoken.split(",")):
            found.setdefault(phrase[0], []).append((phrase, idea))
    return found


@cache
def _mended(word: str) -> str:
    """A word that nobody knows, as the known one that it begins with, or that one letter less or more makes of it."""
    whole, near = _known()
    if word in whole or len(word) <= LONG or not word.isalpha():
        return word
    begins = next((word[:end] for end in range(len(word) - 1, LONG - 1, -1) if word[:end] in whole), "")
    return begins or next((near[one] for one in (word, *_shorter(word)) if one in near), word)


@cache
def _known() -> tuple[frozenset[str], dict[str, str]]:
    """The longer words of the vocabulary, and what is left of each, and which it is, when one letter is missing."""
    whole = {word for rows in _phrases().values() for phrase, _ in rows for word in phrase if len(word) >= LONG}
    near = {short: word for word in sorted(whole) for short in _shorter(word)}
    return frozenset(whole), near | {word: word for word in whole}


def _shorter(word: str) -> list[str]:
    """The word without each of its letters in turn, but for the first."""
    return [word[:place] + word[place + 1 :] for place in range(1, len(word))]


@cache
def _empty() -> frozenset[str]:
    return frozenset(map(stem, EMPTY.split()))
