"""What the text of a pull request declares: one `Name: value` a line, outside code, quotes and hidden comments.

Incident: #12
Rollback: Revert this pull request and deploy `v1.4.2` again.
Why not smaller: The rounding is done in three places.
Workaround: yes
Temporary until: 2026-12-01
Root-cause owner: @morgan
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from stanch.core.login import LOGIN
from stanch.core.markdown import commands_area

LINE = re.compile(
    r"\s{0,3}(?:[-*+]\s+)?[*_]{0,2}"
    r"(?P<name>incident|rollback|why[ -]not[ -]smaller|workaround|temporary[ -]until|root[ -]cause[ -]owner)"
    r"[*_]{0,2}\s{0,3}:[*_]{0,2}\s*(?P<value>.*)",
    re.IGNORECASE,
)

ISSUE = re.compile(
    r"(?:(?:https?://[^\s/]+/)?(?P<repo>[\w.-]+/[\w.-]+)(?:/issues/|#)|#|GH-|)(?P<number>[1-9][0-9]{0,9})\b",
    re.IGNORECASE,
)
CLOSING = re.compile(
    r"\b(?P<word>close[sd]?|fix(?:e[sd])?|resolve[sd]?)(?::\s*|\s+)"
    r"(?P<issue>(?:(?:https?://[^\s/]+/)?[\w.-]+/[\w.-]+(?:/issues/|#)|#|GH-)[1-9][0-9]{0,9})\b",
    re.IGNORECASE,
)
"""GitHub's closing keywords: in the body, and in the message of a commit on the default branch, which is made of the
title when it is squashed.
"""

LONGEST = 2_000
"""Characters of a value that are read."""

INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")

NO = re.compile(r"(?:no|none|n/?a|false|-+)?(?:[.,;:!].*)?", re.IGNORECASE)
WHO = re.compile(rf"@({LOGIN})(?![\w/-])|({LOGIN})[.]?$")
NOBODY = frozenset({"me", "na", "nobody", "none", "no-one", "noone", "tba", "tbd", "team", "todo", "unknown", "us"})
"""What stands for a login when there is none yet."""

SEPARATED = re.compile(r"[\s,;&]+")
DECORATION = "[(<*_`\"' "
"""What people put round an issue's number."""


@dataclass(frozen=True, slots=True)
class IssueName:
    """An issue that a text names; `repository` is empty for this one."""

    number: int
    repository: str = ""


@dataclass(frozen=True, slots=True)
class Closing:
    """A closing keyword as it was written, and the issue that it would close."""

    word: str
    issue: IssueName


@dataclass(frozen=True, slots=True)
class Declared:
    """The values by name, each as often as it was written; empty ones and placeholders are left out."""

    values: dict[str, tuple[str, ...]] = field(default_factory=dict)
    closings: tuple[Closing, ...] = ()
    here: str = ""

    def first(self, name: str) -> str:
        return next(iter(self.values.get(name, ())), "")

    @property
    def incidents(self) -> tuple[IssueName, ...]:
        """The issues that `Incident:` lines name, each once; a line may name several."""
        words = (word for value in self.values.get("incident", ()) for word in _issue_words(value))
        named = (issue_named(word, self.here) for word in words)
        return tuple(dict.fromkeys(name for name in named if name is not None))

    @property
    def is_workaround(self) -> bool:
        return bool(self.first("workaround")) and NO.fullmatch(self.first("workaround")) is None

    @property
    def temporary_until(self) -> date | None:
        """The day at the start of the value; None when it is none."""
        try:
            return date.fromisoformat(self.first("temporary until")[:10])
        except ValueError:
            return None

    @property
    def owner(self) -> str:
        """The login that `Root-cause owner:` names; empty without one."""
        found = WHO.match(self.first("root-cause owner"))
        login = (found[1] or found[2] or "") if found else ""
        return "" if login.lower() in NOBODY else login


@lru_cache(maxsize=16)
def declared(body: str, messages: tuple[str, ...] = (), here: str = "") -> Declared:
    """What a body declares. `messages` are those that reach the default branch: of the commits, and the title.

    Issues of the repository `here` (`owner/name`) are named without it, however they were written.
    """
    values: dict[str, list[str]] = {}
    lines = [line for _, line in commands_area(body)]
    for name, value in _named(lines):
        values.setdefault(name, []).append(value)
    texts = ("\n".join(lines), *messages)
    closings = tuple(found for text in texts for found in _closings(text, here))
    return Declared({name: tuple(said) for name, said in values.items()}, tuple(dict.fromkeys(closings)), here)


def _named(lines: list[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        found = LINE.fullmatch(line[:LONGEST])
        value = _unhidden(found["value"]).strip() if found else ""
        if found and value:
            name = re.sub(r"[ -]+", " ", found["name"].lower()).replace("root cause", "root-cause")
            yield name, value


def _unhidden(value: str) -> str:
    """The value without what an HTML comment hides, the template's hints, and without what copying brings along."""
    return INVISIBLE.sub("", re.sub(r"<!--.*?(?:-->|$)", "", value))


def _closings(text: str, here: str) -> Iterator[Closing]:
    for found in CLOSING.finditer(text):
        issue = issue_named(found["issue"], here)
        if issue is not None:
            yield Closing(found["word"], issue)


def _issue_words(value: str) -> Iterator[str]:
    """The first word, and all that look like an issue."""
    first, *others = SEPARATED.split(value.strip())
    yield first
    yield from (word for word in others if "#" in word or "/issues/" in word)


def issue_named(text: str, here: str = "") -> IssueName | None:
    """The issue at the start of a value: `#12`, `12`, `owner/name#12` or its address."""
    found = ISSUE.match(text.lstrip(DECORATION))
    if found is None:
        return None
    elsewhere = found["repo"] or ""
    return IssueName(int(found["number"]), "" if elsewhere.lower() == here.lower() else elsewhere)
