"""A meter at a world: what a piece of work asked of GitHub."""

from collections import Counter
from dataclasses import dataclass

from stanch.sandbox.world import World


@dataclass(frozen=True)
class Bill:
    """What a piece of work asked: reads by kind, writes and points."""

    kinds: Counter[str]
    reads: int
    writes: int
    points: int


class Meter:
    """Reads the counters of a world, and says what came since it was last asked."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._before = self._now()

    def bill(self) -> Bill:
        before, now = self._before, self._now()
        self._before = now
        return Bill(
            now.kinds - before.kinds,
            now.reads - before.reads,
            now.writes - before.writes,
            now.points - before.points,
        )

    def _now(self) -> Bill:
        counts = self._world.counts
        return Bill(Counter(counts.kinds), counts.reads, counts.writes, self._world.points_spent)
