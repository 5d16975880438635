"""What an incident is told of its hotfixes: facts that a pull request's own look left in its thread.

A fact stands hidden in the second line of a comment that the bot itself wrote and nobody else edited. A person may
delete the comment, so the card remembers what was told, and what became of it since.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, TypeVar

from stanch.core.keeping import instant, is_instant, pairs_of, readable_by_key, seconds
from stanch.core.marker import revealed, trusted_marker
from stanch.core.thread import GHOST, Thread

HOTFIX = "hotfix"
UNDOING = {"pure revert": "rollback", "flag flip": "flag"}
"""Classes of a change that stop the bleeding as soon as they are merged, and the kind of containment they are."""

LONGEST_TITLE = 120
LONGEST_WHY = 300
LONGEST_BRANCH = 255
SHORT = 60
"""Characters that a text keeps when the ledger runs out of room."""

MOST_WAIVED = 20
MOST_MERGED = 10
"""Facts of each kind that the card remembers, the newest ones; the comments themselves tell of the others."""

_LOGIN = re.compile(r"[A-Za-z0-9_-]{1,60}(?:\[bot\])?")
_RULE = re.compile(r"[A-Z][0-9]{3}")
_SHA = re.compile(r"[0-9a-f]{40}")
_CONTAINED = re.compile(r"C[1-9][0-9]{0,3}")
_KEYS = {
    "merged": re.compile(r"[1-9][0-9]{0,9}/merged/([1-9][0-9]{0,9})"),
    "waiver": re.compile(r"[1-9][0-9]{0,9}/waiver/([1-9][0-9]{0,9})/[0-9]{1,20}/[0-9]{1,9}"),
}


@dataclass(frozen=True, slots=True)
class Waived:
    """A rule that somebody waived on a hotfix, and why."""

    pull: int
    rule: str
    by: str
    why: str
    at: datetime

    def fact(self) -> dict[str, object]:
        """JSON values, as they stand in the thread."""
        whole = {"kind": "waiver", "pull": self.pull, "rule": self.rule, "by": self.by, "why": self.why}
        return whole | {"at": seconds(self.at)}

    def plain(self) -> dict[str, object]:
        return self.fact()

    def brief(self) -> "Waived":
        return replace(self, why=self.why[:SHORT])


@dataclass(frozen=True, slots=True)
class Merged:
    """A hotfix that was merged: the commit on the base branch, its class, and the rules that did not stand by then.

    `heard` is when the incident was told. `contained` is the containment that it became here, `live` when it reached
    production; empty and None until that is known.
    """

    pull: int
    title: str
    sha: str
    base: str
    kind: str
    by: str
    at: datetime
    open: tuple[str, ...]
    skipped: tuple[str, ...]
    heard: datetime
    contained: str = ""
    live: datetime | None = None

    @property
    def contains(self) -> str:
        """The kind of containment that it is; empty for an ordinary hotfix."""
        return UNDOING.get(self.kind, "")

    def fact(self) -> dict[str, object]:
        """JSON values, as they stand in the thread."""
        whole = {"kind": "merged", "pull": self.pull, "title": self.title, "sha": self.sha, "base": self.base}
        whole |= {"class": self.kind, "by": self.by, "at": seconds(self.at)}
        return whole | {"open": list(self.open), "skipped": list(self.skipped)}

    def plain(self) -> dict[str, object]:
        """The same with what became of it, as the ledger keeps it."""
        whole = self.fact() | {"heard": seconds(self.heard)}
        whole |= {"contained": self.contained} if self.contained else {}
        return whole | ({"live": seconds(self.live)} if self.live else {})

    def brief(self) -> "Merged":
        return replace(self, title=self.title[:SHORT])


Known = TypeVar("Known", Waived, Merged)


@dataclass(frozen=True, slots=True)
class HotfixMemory:
    """Every fact by the key of the comment that told it."""

    waived: Mapping[str, Waived] = field(default_factory=dict)
    merged: Mapping[str, Merged] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        """JSON values; empty parts are left out."""
        parts = {"waived": _plain(self.waived, MOST_WAIVED), "merged": _plain(self.merged, MOST_MERGED)}
        return {name: part for name, part in parts.items() if part}

    @property
    def arrived(self) -> tuple[datetime, ...]:
        """When each that reached production did so."""
        return tuple(one.live for one in self.merged.values() if one.live is not None)

    def brief(self) -> "HotfixMemory":
        """The same with short texts."""
        return HotfixMemory(
            {key: one.brief() for key, one in self.waived.items()},
            {key: one.brief() for key, one in self.merged.items()},
        )


def _plain(facts: Mapping[str, Known], most: int) -> dict[str, object]:
    newest = sorted(facts.items(), key=lambda one: (one[1].at, one[0]))[-most:]
    return {key: one.plain() for key, one in newest}


def united(one: HotfixMemory, other: HotfixMemory) -> HotfixMemory:
    """The union of two; the first one's word wins, and what only the other knows of the same fact is added."""
    both = {key: _filled(one.merged[key], other.merged[key]) for key in one.merged.keys() & other.merged.keys()}
    return HotfixMemory({**other.waived, **one.waived}, {**other.merged, **one.merged, **both})


def _filled(one: Merged, other: Merged) -> Merged:
    return replace(one, contained=one.contained or other.contained, live=one.live or other.live)


def memory_of(value: object) -> HotfixMemory:
    """What `plain` wrote; an entry that cannot be read is lost alone."""
    parts = value if isinstance(value, dict) else {}
    waived, merged = (pairs_of(parts.get(name)) for name in ("waived", "merged"))
    return HotfixMemory(readable_by_key(waived, _waived), readable_by_key(merged, _remembered))


def told(thread: Thread) -> HotfixMemory:
    """What stands in a thread; of several comments with one key, the oldest one's word."""
    newest_first = sorted(thread.comments, key=lambda one: one.id, reverse=True)
    found = [(marker.key, one) for one in newest_first if (marker := trusted_marker(one)) and is_told(marker.key)]
    mine = [(key, one) for key, one in found if key.startswith(f"{thread.number}/")]
    return HotfixMemory(
        readable_by_key(mine, lambda key, one: _waived(key, revealed(one.body))),
        readable_by_key(mine, lambda key, one: _merged(key, revealed(one.body), one.at)),
    )


def is_told(key: str) -> bool:
    """Whether a pull request's look left the comment with this key."""
    return any(shape.fullmatch(key) for shape in _KEYS.values())


def _waived(key: str, value: Any) -> Waived:
    pull = _about(key, value, "waiver")
    why = _text(value["why"], "why")[:LONGEST_WHY]
    return Waived(pull, _like(_RULE, value["rule"]), _person(value["by"]), why, instant(value["at"]))


def _merged(key: str, value: Any, heard: datetime) -> Merged:
    pull, kind, base = _about(key, value, "merged"), value["class"], _text(value["base"], "base")
    if kind not in {HOTFIX, *UNDOING} or not 0 < len(base) <= LONGEST_BRANCH:
        raise ValueError("neither a class nor a branch")
    return Merged(
        pull,
        _text(value["title"], "title")[:LONGEST_TITLE],
        _like(_SHA, value["sha"]),
        base,
        str(kind),
        _person(value["by"]),
        instant(value["at"]),
        _rules(value["open"]),
        _rules(value["skipped"]),
        heard,
    )


def _remembered(key: str, value: Any) -> Merged:
    """A fact with what became of it; a torn part of that is asked again."""
    fact = _merged(key, value, instant(value["heard"]))
    contained, live = value.get("contained"), value.get("live")
    named = isinstance(contained, str) and _CONTAINED.fullmatch(contained) is not None
    return replace(fact, contained=contained if named else "", live=instant(live) if is_instant(live) else None)


def _about(key: str, value: Any, kind: str) -> int:
    """The pull request that a fact of this kind is about, as its key says too. Raises ValueError for any other."""
    found, pull = _KEYS[kind].fullmatch(key), value["pull"]
    if value["kind"] != kind or type(pull) is not int or found is None or found[1] != str(pull):
        raise ValueError(f"{key} is no {kind}")
    return pull


def _text(value: object, name: str) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{name} is no text")
    return value


def _like(shape: re.Pattern[str], value: object) -> str:
    if not isinstance(value, str) or shape.fullmatch(value) is None:
        raise ValueError(f"not of the shape {shape.pattern}")
    return value


def _person(value: object) -> str:
    """A login; nobody in particular where GitHub no longer tells whose it was."""
    return _like(_LOGIN, value or GHOST)


def _rules(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError("no list of rules")
    return tuple(dict.fromkeys(_like(_RULE, one) for one in value))
