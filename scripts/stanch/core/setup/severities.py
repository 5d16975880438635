"""Which labels of a repository's own seem to mean a severity. Only proposed: such a label calls people."""

import re
from collections.abc import Iterable, Iterator, Mapping

from stanch.core.labels import NAMES
from stanch.core.letters import folded
from stanch.core.severity import Severity, same_name, severity_of

LEVELS = {
    1: ("critical", "blocker", "emergency", "outage", "sev0"),
    2: ("major", "high", "serious", "urgent"),
    3: ("moderate", "medium", "normal"),
    4: ("minor", "low", "trivial", "cosmetic"),
}
ABOUT_IT = {"severity", "sev", "bug", "incident", "impact", "level"}
"""Words that say that the level is a severity; `priority` says when it is worked on, not how bad it is."""

ALONE = set(LEVELS[1]) | {"incident"}
"""Words that need no other beside them."""

MOST = 6
"""Proposals for one severity."""

_LEVEL = {word: level for level, words in LEVELS.items() for word in words}
_SCALE = re.compile(r"p([0-4])")
_NUMBERED = re.compile(r"(?:severity|sev|s) ?([0-5])")

LONGEST = 50
"""Characters of a label's name, GitHub's limit."""


def proposals(labels: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Labels that seem to mean `sev-1` … `sev-4`, in their order; Stanch's own spellings need no proposal."""
    fresh = [label for label in labels if _is_free(label)]
    zero = 0 if any(_words(label)[:1] == ["p0"] for label in fresh) else 1
    found: dict[str, list[str]] = {}
    seen: set[str] = set()
    for label in fresh:
        level = _level(_words(label), zero)
        if level is not None and same_name(label) not in seen:
            seen.add(same_name(label))
            found.setdefault(Severity(level).label, []).append(label)
    return {name: tuple(found[name][:MOST]) for name in sorted(found)}


def _is_free(label: str) -> bool:
    """Whether a label can be an alias: visible, short, and none of Stanch's own."""
    ours = {same_name(name) for name in NAMES}
    return label.isprintable() and len(label) <= LONGEST and severity_of(label) is None and same_name(label) not in ours


def _words(label: str) -> list[str]:
    return [word for word in re.split(r"[\W_]+", folded(label).casefold()) if word]


def _level(words: list[str], zero: int) -> int | None:
    """The severity, 1 to 4; `zero` is where the scale of P-labels begins."""
    if words and (scaled := _SCALE.fullmatch(words[0])) and set(words[1:]) <= ABOUT_IT | set(_LEVEL):
        return min(max(int(scaled[1]) - zero + 1, 1), 4)
    if numbered := _NUMBERED.fullmatch(" ".join(words)):
        return min(max(int(numbered[1]), 1), 4)
    levels = {_LEVEL[word] for word in words if word in _LEVEL}
    others = [word for word in words if word not in _LEVEL]
    if len(levels) != 1 or not set(others) <= ABOUT_IT:
        return None
    return levels.pop() if others or set(words) <= ALONE else None


def unheard(aliases: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Aliases for which the workflow starts no runner, unless the variable STANCH_LISTEN says so."""
    return tuple(label for names in aliases.values() for label in names if not any(_heard(label)))


HEARD = ("sev", "crit", "p0", "p1", "p2", "p3", "incident", "urgent", "outage")
"""What the condition of stanch-incidents looks for in a label."""


def _heard(label: str) -> Iterator[bool]:
    return (word in label.lower() for word in HEARD)
