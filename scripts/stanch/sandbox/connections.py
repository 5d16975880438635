"""GraphQL connections: a page of a list, with cursors that survive what happens to the list meanwhile."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

T = TypeVar("T")
Key = tuple[int, ...]


class BadCursor(Exception):
    """A cursor that no page gave out."""

    kind = "INVALID_CURSOR_ARGUMENTS"


@dataclass(frozen=True, slots=True)
class PageInfo:
    has_next: bool
    has_previous: bool
    start: str | None
    end: str | None


@dataclass(frozen=True, slots=True)
class Connection(Generic[T]):
    nodes: Sequence[T]
    info: PageInfo
    total: int


def page(rows: Sequence[T], key: Callable[[T], Key], paging: dict[str, Any]) -> Connection[T]:
    """The part of `rows` (in rising order of `key`) that `first`, `last`, `after` and `before` ask for."""
    after, before = paging.get("after"), paging.get("before")
    chosen = list(rows)
    if after is not None:
        low = _decoded(after)
        chosen = [row for row in chosen if key(row) > low]
    if before is not None:
        high = _decoded(before)
        chosen = [row for row in chosen if key(row) < high]
    found, first, last = len(chosen), paging.get("first"), paging.get("last")
    if first is not None:
        chosen = chosen[:first]
    if last is not None:
        chosen = chosen[-last:]
    ends = (_encoded(key(chosen[0])), _encoded(key(chosen[-1]))) if chosen else (None, None)
    more = found > len(chosen)
    info = PageInfo(more and first is not None, (more and first is None) or after is not None, *ends)
    return Connection(chosen, info, len(rows))


def listed(rows: Sequence[T], paging: dict[str, Any]) -> Connection[T]:
    """A page of a list whose order is fixed: a cursor is a place in it."""
    found = page(list(enumerate(rows)), lambda row: (row[0],), paging)
    return Connection([row for _, row in found.nodes], found.info, found.total)


def _encoded(key: Key) -> str:
    return base64.b64encode(b"cursor:" + json.dumps(key).encode()).decode()


def _decoded(cursor: str) -> Key:
    try:
        return tuple(json.loads(base64.b64decode(cursor, validate=True).removeprefix(b"cursor:")))
    except (binascii.Error, ValueError, TypeError):
        raise BadCursor(f"`{cursor}` does not appear to be a valid cursor.") from None
