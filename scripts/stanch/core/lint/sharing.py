"""Whether clients were given the post-mortem: one line of it, ticked or declined with a reason."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

_LINE = re.compile(
    r"[ \t]*(?:[-*+]|[0-9]{1,9}[.)])[ \t]+\[([ xX])\][ \t]+[*_]{0,2}shared with (?:the )?clients?\b(.*)", re.IGNORECASE
)
_DECLINED = re.compile(r"\bnot shared:[*_]{0,2}[ \t]*(.*)", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:['\u2019.-][^\W_]+)*")

SHORTEST_REASON = 3
"""Words of a reason for not sharing it."""


class Shared(StrEnum):
    """What the line says; ABSENT when there is none."""

    YES = "yes"
    DECLINED = "declined"
    NO_REASON = "no-reason"
    OPEN = "open"
    ABSENT = "absent"

    @property
    def settled(self) -> bool:
        return self in {Shared.YES, Shared.DECLINED}


@dataclass(frozen=True, slots=True)
class Sharing:
    """`line` counts from 1; 0 where nothing is said about it."""

    said: Shared
    line: int = 0


def sharing(shown: Iterable[str]) -> Sharing:
    """What the lines of a document say; a tick counts for more than a reason, a reason for more than an open box."""
    said = [one for one in (_of_line(number, line) for number, line in enumerate(shown, start=1)) if one]
    order = tuple(Shared)
    return min(said, key=lambda one: order.index(one.said), default=Sharing(Shared.ABSENT))


def is_sharing(line: str) -> bool:
    """Whether a line is the box itself, which is no action item."""
    return bool(_LINE.match(line[:2_000]))


def _of_line(number: int, line: str) -> Sharing | None:
    box = _LINE.match(line[:2_000])
    if box and box[1] != " ":
        return Sharing(Shared.YES, number)
    declined = _DECLINED.search(box[2]) if box else _DECLINED.match(line[:2_000].lstrip(" \t*+-_"))
    if declined:
        enough = len(_WORD.findall(declined[1])) >= SHORTEST_REASON
        return Sharing(Shared.DECLINED if enough else Shared.NO_REASON, number)
    return Sharing(Shared.OPEN, number) if box else None
