"""The hidden first line of everything that Stanch writes: which effect this text is.

A key is made from state (incident, kind, ordinal), never from an event, so that the same fact has the same
key however often it is looked at. A marker counts only at byte 0 of a text that the bot itself wrote and
nobody else edited.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache

from stanch.core.thread import Child, Comment

OPENING = "<!-- stanch:1 "
CLOSING = " -->"
LONGEST = 4_000
"""Characters in which a marker must end; what is longer is none of ours."""

WORD = re.compile(r"([a-z]{1,12})=([A-Za-z0-9/:.,+_-]{1,3000})")


@dataclass(frozen=True, slots=True)
class Marker:
    """`key` names the effect, `covers` finer effects that it settles, `stamp` what a child must remember."""

    key: str
    covers: tuple[str, ...] = ()
    stamp: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        words = [f"key={self.key}"]
        words += [f"covers={','.join(self.covers)}"] if self.covers else []
        words += [f"{name}={value}" for name, value in sorted(self.stamp.items())]
        return OPENING + " ".join(words) + CLOSING


def marker_of(body: str) -> Marker | None:
    """The marker at byte 0 of a text, whoever wrote it; None when there is none."""
    if not body.startswith(OPENING):
        return None
    end = body.find(CLOSING, len(OPENING), LONGEST)
    return _read(body[len(OPENING) : end]) if end > 0 else None


@lru_cache(maxsize=512)  # one look asks for the same few markers a dozen times
def _read(inside: str) -> Marker | None:
    words = inside.split(" ")
    pairs = [WORD.fullmatch(word) for word in words]
    if not all(pairs):
        return None
    found = {pair[1]: pair[2] for pair in pairs if pair}
    if "key" not in found:
        return None
    covers = tuple(found.pop("covers", "").split(",")) if "covers" in found else ()
    return Marker(found.pop("key"), covers, found)


def trusted_marker(comment: Comment) -> Marker | None:
    """The marker of a comment that the bot wrote and nobody else edited."""
    return marker_of(comment.body) if comment.ours and comment.untouched else None


def child_marker(child: Child) -> Marker | None:
    """The marker of an issue that the bot opened; people are meant to edit the rest of it."""
    return marker_of(child.body) if child.ours else None


def stamp_of(at: datetime) -> str:
    """An instant as part of a key: `20261121T021403Z`."""
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def instant_of(stamp: str) -> datetime | None:
    """The instant that `stamp_of` wrote; None for anything else."""
    try:
        return datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None


LEDGER_OPENING = "<!-- stanch-ledger "


def hidden(value: object) -> str:
    """A JSON value as an HTML comment that nothing inside it can end."""
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=True, sort_keys=True)
    safe = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("--", "-\\u002d")
    return f"{LEDGER_OPENING}{safe}{CLOSING}"


def revealed(body: str) -> object:
    """What `hidden` put on the second line of a body; None when it is not there or not whole."""
    lines: Iterable[str] = body.split("\n", 2)[1:2]
    for line in lines:
        if line.startswith(LEDGER_OPENING) and line.endswith(CLOSING):
            try:
                return json.loads(line[len(LEDGER_OPENING) : -len(CLOSING)])
            except (ValueError, RecursionError):
                return None
    return None
