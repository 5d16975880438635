"""The sandbox's own time: UTC seconds that move only when somebody moves them."""

from datetime import UTC, datetime
from functools import lru_cache


class Clock:
    """Virtual time in whole seconds since 1970, UTC."""

    def __init__(self, start: str | int = "2026-03-14T02:00:00Z") -> None:
        self.now = start if isinstance(start, int) else seconds(start)

    def advance(self, amount: float = 0, *, minutes: float = 0, hours: float = 0) -> int:
        """Move time forward by seconds, minutes and hours; return the new second."""
        step = int(amount + 60 * minutes + 3600 * hours)
        if step < 0:
            raise ValueError("time does not run backwards")
        self.now += step
        return self.now

    def set(self, moment: str | int) -> int:
        """Move time forward to an instant (`2026-03-14T02:14:00Z` or seconds)."""
        target = moment if isinstance(moment, int) else seconds(moment)
        return self.advance(target - self.now)


@lru_cache(maxsize=65_536)
def stamp(moment: int) -> str:
    """How GitHub writes an instant: whole seconds with a Z."""
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def seconds(text: str) -> int:
    """The instant that a timestamp with a zone names; ValueError without a zone."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text!r} names no time zone; write 2026-03-14T02:14:00Z")
    return int(moment.timestamp())
