"""How facts are kept as JSON values in a comment of the bot's own, and read back: what is odd is lost alone."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, TypeVar

Row = TypeVar("Row")
Kept = TypeVar("Kept")

LATEST = datetime(3000, 1, 1, tzinfo=UTC)

ODD = (LookupError, TypeError, ValueError, OverflowError, AttributeError)
"""What reading a value of another shape raises."""


def seconds(at: datetime) -> int:
    """A UTC instant as it is kept: whole seconds since 1970."""
    return int(at.timestamp())


def is_instant(value: object) -> bool:
    return type(value) is int and 0 <= value <= LATEST.timestamp()


def instant(value: Any) -> datetime:
    """A UTC instant from 1970 to 3000. Raises ValueError for any other: arithmetic with it could overflow."""
    if not is_instant(value):
        raise ValueError(f"{value!r} is no number of seconds that can be reckoned with")
    return datetime.fromtimestamp(value, UTC)


def readable(rows: Iterable[Row], reader: Callable[[Row], Kept]) -> Iterator[Kept]:
    """What the reader can make of many rows; one that it cannot read is left out."""
    for row in rows:
        try:
            yield reader(row)
        except ODD:
            continue


def pairs_of(value: object) -> list[tuple[str, Any]]:
    """The keys and values of an object; none where there is no object."""
    return [(str(key), row) for key, row in value.items()] if isinstance(value, dict) else []


def readable_by_key(pairs: Iterable[tuple[str, Row]], reader: Callable[[str, Row], Kept]) -> dict[str, Kept]:
    """The same for values with keys; of one key that comes twice, the later value that can be read."""
    return dict(readable(pairs, lambda pair: (pair[0], reader(*pair))))
