"""What may follow a command on action items: their numbers, as the card shows them, and what is to become of them."""

import re
from datetime import datetime

from stanch.core.arguments import LONGEST_TEXT, Arguments, Wrong, a_day, a_login

MOST = 10
"""Items that one command may name: their numbers have to fit what the ledger keeps of a text when room runs out."""

_NUMBER = re.compile(r"#?([1-9][0-9]{0,4})")
_BETWEEN = re.compile(r"[\s,;&+]+")
_FILLER = re.compile(r"\A(?:to|until|till|by|for)\s+", re.IGNORECASE)
_LEADS = re.compile(r"\A[\s:,;.–—-]+")  # noqa: RUF001 # dashes as people type them
_WORD = re.compile(r"\w")


def _numbered(rest: str) -> tuple[str, str]:
    """The items' numbers, with a space between them, and what follows. Raises Wrong where there is none."""
    found: list[str] = []
    left = rest
    while match := re.match(r"(?:items?\s+)?(\S+)", left, re.IGNORECASE):
        words = [word for word in _BETWEEN.split(match[1].rstrip(":.,;")) if word]
        numbers = [_NUMBER.fullmatch(word) for word in words]
        if not words or not all(numbers):
            break
        found += [number[1] for number in numbers if number]
        if len(found) > MOST:
            raise Wrong("many-items")
        left = re.sub(r"\A(?:and\s+(?=#?[0-9]))", "", left[match.end() :].lstrip(), flags=re.IGNORECASE)
    if not found:
        raise Wrong("no-item", typed=rest[:40])
    return " ".join(dict.fromkeys(found)), left.strip()


def items_done(rest: str, _at: datetime, _zone: str) -> Arguments:
    """`3`, `1 3`, `3 deployed in 1.4.2`."""
    items, note = _numbered(rest)
    return {"items": items} | ({"text": note[:LONGEST_TEXT]} if note else {})


def a_deferral(rest: str, at: datetime, zone: str) -> Arguments:
    """`3 2026-12-01 waits for the new gateway`; the date may also be `3d`."""
    items, left = _numbered(rest)
    typed, *following = [*_FILLER.sub("", left).split(None, 1), ""]
    if not typed:
        raise Wrong("no-date")
    day = a_day(typed.rstrip(":,;"), at, zone)
    return {"items": items, "until": day.isoformat(), "text": _reason(following[0])}


def a_drop(rest: str, _at: datetime, _zone: str) -> Arguments:
    """`3 the gateway is gone`."""
    items, why = _numbered(rest)
    return {"items": items, "text": _reason(why)}


def an_assignment(rest: str, at: datetime, zone: str) -> Arguments:
    """`3 @morgan`, `3 me`."""
    items, who = _numbered(rest)
    return {"items": items, **a_login(_FILLER.sub("", who), at, zone)}


def _reason(text: str) -> str:
    """A reason of at least one word."""
    reason = _LEADS.sub("", text)
    if not _WORD.search(reason):
        raise Wrong("no-reason")
    return reason[:LONGEST_TEXT]
