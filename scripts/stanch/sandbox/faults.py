"""What goes wrong, and when: by the index of a write or read request, by seed, or as lagging reads."""

from collections.abc import Sequence
from enum import StrEnum
from random import Random


class Fault(StrEnum):
    """Before: nothing was applied. After: it was, and the caller cannot know."""

    BAD_GATEWAY_BEFORE = "502 before"
    BAD_GATEWAY_AFTER = "502 after"
    TIMEOUT_BEFORE = "timeout before"
    TIMEOUT_AFTER = "timeout after"
    DROPPED_BEFORE = "dropped before"
    DROPPED_AFTER = "dropped after"
    SECONDARY_LIMIT = "secondary limit"
    TOO_MANY_REQUESTS = "429"
    KILLED_BEFORE = "killed before"
    KILLED_AFTER = "killed after"

    @property
    def applies(self) -> bool:
        """Whether the request is carried out all the same."""
        return self.value.endswith("after")


WRITE_FAULTS = tuple(Fault)
READ_FAULTS = (
    Fault.BAD_GATEWAY_BEFORE,
    Fault.TIMEOUT_BEFORE,
    Fault.DROPPED_BEFORE,
    Fault.SECONDARY_LIMIT,
    Fault.TOO_MANY_REQUESTS,
)
LAG = 10
"""Virtual seconds for which the last write stays unseen when reads lag."""


class TimedOut(Exception):
    """No answer came in time."""


class Dropped(Exception):
    """The connection broke before an answer came."""


class Killed(BaseException):
    """The asking process ends here. Not an Exception, so that nothing catches it by accident."""


class FaultPlan:
    """Nothing goes wrong until one of these is called. Indices count from 1 over the world's life.

    `fired` lists what went wrong so far: (`write` or `read`, index, fault).
    """

    def __init__(self) -> None:
        self.lag = 0
        self.fired: list[tuple[str, int, Fault]] = []
        self._writes: dict[int, Fault] = {}
        self._reads: dict[int, Fault] = {}
        self._random: Random | None = None
        self._rate = 0.0
        self._choices: dict[str, Sequence[Fault]] = {}

    def at_write(self, index: int, fault: Fault) -> None:
        """Let the write with this index go wrong."""
        self._writes[index] = fault

    def at_read(self, index: int, fault: Fault) -> None:
        """Let the read with this index go wrong."""
        self._reads[index] = fault

    def seeded(
        self,
        seed: int,
        rate: float = 0.1,
        writes: Sequence[Fault] = WRITE_FAULTS,
        reads: Sequence[Fault] = READ_FAULTS,
    ) -> None:
        """Let each request go wrong with this probability, the same way for the same seed."""
        self._random, self._rate = Random(seed), rate  # noqa: S311 # chance, not secrecy
        self._choices = {"write": tuple(writes), "read": tuple(reads)}

    def lag_reads(self, seconds: int = LAG) -> None:
        """Let every GraphQL read miss the last write until another follows or these virtual seconds pass."""
        self.lag = seconds

    def clear(self) -> None:
        """Nothing goes wrong from now on, and reads see everything."""
        self.lag, self._random = 0, None
        self._writes.clear()
        self._reads.clear()

    def next(self, kind: str, index: int) -> Fault | None:
        """What goes wrong with this request, if anything; noted in `fired`."""
        fault = (self._writes if kind == "write" else self._reads).get(index) or self._by_chance(kind)
        if fault:
            self.fired.append((kind, index, fault))
        return fault

    def _by_chance(self, kind: str) -> Fault | None:
        if self._random is None or self._random.random() >= self._rate:
            return None
        choices = self._choices[kind]
        return self._random.choice(choices) if choices else None
