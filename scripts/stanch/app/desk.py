"""What a run works with: one repository's reader and writer, the words, and the instant that it calls now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from stanch.adapters.reader import Watch
from stanch.adapters.writer import Applied
from stanch.core.access import Access
from stanch.core.plan import Words
from stanch.core.thread import Child, Repository, Thread
from stanch.core.writes import Write


class Reads(Protocol):
    """What is asked of GitHub."""

    @property
    def reads(self) -> int: ...

    def thread(self, number: int) -> tuple[Repository, Thread]: ...

    def threads(self, watches: Iterable[Watch]) -> Iterable[tuple[Repository, Thread]]: ...

    def children(self, numbers: Iterable[int], label: str) -> tuple[Child, ...]: ...

    def access(self, login: str) -> Access: ...


class Writes(Protocol):
    """What is done to GitHub; the dry run's does nothing and says that it did."""

    def apply(self, write: Write) -> Applied: ...


@dataclass(frozen=True)
class Desk:
    """`now` is UTC to the second and the same for the whole run. `dry` runs write nothing."""

    reader: Reads
    writer: Writes
    words: Words
    now: datetime
    dry: bool = False
