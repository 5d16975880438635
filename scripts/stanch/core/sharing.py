"""Whether clients were given the post-mortem: one line of it, ticked or declined with a reason."""

import re
from collections.abc import Iterator
from enum import StrEnum

from stanch.core.markdown import commands_area

SHORTEST_REASON = 3
"""Words of a reason for not sharing it."""

_WORDS = r"[*_]{0,2}shared with (?:the )?clients?\b"
_LINE = re.compile(rf"[ \t]*(?:[-*+]|[0-9]{{1,9}}[.)])[ \t]+\[([ xX])\][ \t]+{_WORDS}(.*)", re.IGNORECASE)
_TEXT = re.compile(_WORDS, re.IGNORECASE)
_DECLINED = re.compile(r"\bnot shared:[*_]{0,2}[ \t]*(.*)", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:['.-][^\W_]+)*")


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


def sharing(body: str) -> Shared:
    """What the body says outside code and quotes: a tick counts for more than a reason, that for more than a box."""
    if "shared" not in body.lower():
        return Shared.ABSENT
    order = tuple(Shared)
    return min(_said(body), key=order.index, default=Shared.ABSENT)


def _said(body: str) -> Iterator[Shared]:
    for _, line in commands_area(body):
        box = _LINE.match(line[:2_000])
        declined = _DECLINED.search(box[2]) if box else _DECLINED.match(line[:2_000].lstrip(" \t*+-_"))
        if box and box[1] != " ":
            yield Shared.YES
        elif declined:
            yield Shared.DECLINED if len(_WORD.findall(declined[1])) >= SHORTEST_REASON else Shared.NO_REASON
        elif box:
            yield Shared.OPEN


def is_sharing(text: str) -> bool:
    """Whether a checkbox's text is this one, which is no action item."""
    return _TEXT.match(text) is not None
