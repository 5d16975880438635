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

from stanch.core.login import LOGIN
from stanch.core.markdown import commands_area

NAMES = ("incident", "rollback", "why not smaller", "workaround", "temporary until", "root-cause owner")

LINE = re.compile(
    r"\s{0,3}(?:[-*+]\s+)?[*_]{0,2}"
    r"(?P<name>incident|rollback|why[ -]not[ -]smaller|workaround|temporary[ -]until|root[ -]cause[ -]owner)"
    r"[*_]{0,2}\s{0,3}:[*_]{0,2}\s*(?P<value>.*)",
    re.IGNORECASE,
)

ISSUE = re.compile(
    r"(?:(?:https?://[^\s/]+/)?(?P<repo>[\w.-]+/[\w.-]+)(?:/issues/|#)|#|GH-)(?P<number>[1-9][0-9]{0,9})", re.IGNORECASE
)
CLOSING = re.compile(
    r"\b(?P<word>close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+"
    r"(?P<issue>(?:(?:https?://[^\s/]+/)?[\w.-]+/[\w.-]+(?:/issues/|#)|#|GH-)[1-9][0-9]{0,9})\b",
    re.IGNORECASE,
)
"""GitHub's closing keywords: in the body, and in the message of a commit on the default branch."""

LONGEST = 2_000
"""Characters of a value that are read."""

NO = re.compile(r"(?:no|none|n/?a|false|-+)?[.!]?", re.IGNORECASE)
WHO = re.compile(rf"@?({LOGIN})")


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

    def first(self, name: str) -> str:
        return next(iter(self.values.get(name, ())), "")

    @property
    def incidents(self) -> tuple[IssueName, ...]:
        """The issues that `Incident:` lines name, each once."""
        named = (issue_named(value) for value in self.values.get("incident", ()))
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
        found = WHO.fullmatch(self.first("root-cause owner").rstrip("."))
        return found[1] if found else ""


def declared(body: str, messages: tuple[str, ...] = ()) -> Declared:
    """What a body declares. `messages` are those of the commits: their closing keywords count as well."""
    values: dict[str, tuple[str, ...]] = {}
    lines = [line for _, line in commands_area(body)]
    for name, value in _named(lines):
        values[name] = (*values.get(name, ()), value)
    texts = ("\n".join(lines), *messages)
    closings = tuple(found for text in texts for found in _closings(text))
    return Declared(values, tuple(dict.fromkeys(closings)))


def _named(lines: list[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        found = LINE.fullmatch(line[:LONGEST])
        value = _unhidden(found["value"]).strip() if found else ""
        if found and value:
            name = re.sub(r"[ -]+", " ", found["name"].lower()).replace("root cause", "root-cause")
            yield name, value


def _unhidden(value: str) -> str:
    """The value without what an HTML comment hides: the template's hints stand in such comments."""
    return re.sub(r"<!--.*?(?:-->|$)", "", value)


def _closings(text: str) -> Iterator[Closing]:
    for found in CLOSING.finditer(text):
        issue = issue_named(found["issue"])
        if issue is not None:
            yield Closing(found["word"], issue)


def issue_named(text: str) -> IssueName | None:
    """The issue at the start of a value: `#12`, `12`, `owner/name#12` or its address."""
    found = ISSUE.match(text) or re.match(r"(?P<repo>)(?P<number>[1-9][0-9]{0,9})\b", text)
    return IssueName(int(found["number"]), found["repo"] or "") if found else None
