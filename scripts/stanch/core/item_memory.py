"""How the items of a post-mortem are kept in its card's ledger, and what is left out first when room runs out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from stanch.core.keeping import instant, readable, seconds
from stanch.core.marker import hidden
from stanch.core.sighting import LONGEST, MOST_DUES, Sighted

Items = tuple[Sighted, ...]

ROOM = 26_000
"""Bytes that items may take of the ledger's 40,000 when it runs out of room."""

_PRINT = 16
"""Characters of a fingerprint that are kept."""


def plain(items: Items) -> list[list[object]]:
    """JSON values, one row for each item; what is empty at a row's end is left out."""
    return [_row(one) for one in items]


def _row(one: Sighted) -> list[object]:
    row: list[object] = [
        one.number,
        one.fingerprint,
        seconds(one.since),
        one.place,
        int(one.ticked),
        [_ordinal(one.dues[0][1]), *([seconds(at), _ordinal(day)] for at, day in one.dues[1:])],
        None if one.owners is None else list(one.owners),
        one.text[:LONGEST],
        *(seconds(at) if at else 0 for at in (one.box_at, one.owners_at, one.gone_at)),
    ]
    while row[-1] in (0, ""):
        row.pop()
    return row


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day else 0


def items_of(value: object) -> Items | None:
    """What `plain` wrote; None when nothing was. A row that cannot be read is lost alone."""
    if not isinstance(value, list):
        return None
    rows = {one.number: one for one in readable(value, _sighted)}
    return tuple(rows[number] for number in sorted(rows))


def _sighted(row: Any) -> Sighted:
    number, fingerprint, since, place, ticked, dues, owners, text, *times = [*row, *[0] * (11 - len(row))][:11]
    if not (type(number) is type(place) is int and number > 0 <= place):
        raise ValueError(f"{number!r} is no number of an item")
    box_at, owners_at, gone_at = (instant(at) if at else None for at in times)
    return Sighted(
        number=number,
        fingerprint=str(fingerprint)[:_PRINT],
        text=str(text)[:LONGEST] if text else "",
        owners=tuple(str(login) for login in owners) if isinstance(owners, list) else None,
        dues=((instant(since), _day(dues[0])), *((instant(at), _day(day)) for at, day in dues[1:]))[-MOST_DUES:],
        ticked=bool(ticked),
        since=instant(since),
        place=place,
        box_at=box_at,
        owners_at=owners_at,
        gone_at=gone_at,
    )


def _day(ordinal: object) -> date | None:
    return date.fromordinal(int(str(ordinal))) if ordinal else None


def united(one: Items | None, other: Items | None) -> Items | None:
    """The union of two; the first one's word wins where they differ."""
    if one is None or other is None:
        return other if one is None else one
    rows = {row.number: row for row in (*other, *one)}
    return tuple(rows[number] for number in sorted(rows))


def _short(items: Items, length: int) -> Items:
    return tuple(replace(one, text=one.text[:length]) for one in items)


def _present(items: Items) -> Items:
    """Those in the text, and the one with the highest number."""
    return tuple(one for one in items if one.place or one is items[-1])


BRIEFER: tuple[Callable[[Items], Items], ...] = (
    lambda items: _short(items, 60),
    lambda items: _short(items, 24),
    lambda items: tuple(replace(one, text="", dues=one.dues[-2:]) for one in items),
    lambda items: tuple(replace(one, owners=None) for one in items),
    _present,
    lambda items: tuple(replace(one, dues=((one.since, one.due),), box_at=None, owners_at=None) for one in items),
)
"""What is left out when room runs out, step by step: long texts, texts and old dates, the owners as they stood in the
text, what is no longer in it, and last, of hundreds of items that were all changed, when they were.

Without its text an item is known by its fingerprint and its place. Owners that were not kept are read anew. Of a
change without its time nobody knows whether it is newer than a command, so the command holds.
"""


def shortened(items: Items) -> Items:
    """As much of them as has its room."""
    for briefer in BRIEFER:
        if len(hidden(plain(items))) <= ROOM:
            break
        items = briefer(items) if items else items
    return items
