"""What a run works with: one repository's reader and writer, the words, and the instant that it calls now."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from stanch.adapters.client import connect
from stanch.adapters.inspector import Inspector
from stanch.adapters.notices import Delivered, Sender
from stanch.adapters.pull_reader import PullReader
from stanch.adapters.reader import Reader
from stanch.adapters.round import Linked, Unread, Watch
from stanch.adapters.writer import Applied, Writer
from stanch.app.vigil import Vigil
from stanch.core.access import Access
from stanch.core.channels import Channel
from stanch.core.landing import Landings
from stanch.core.plan import Words
from stanch.core.proof import Evidence
from stanch.core.pull import Beside, Listed, MergeSettings, Pull, Push
from stanch.core.runs import Runs
from stanch.core.thread import Child, Repository, Thread
from stanch.core.watchers import Watchers
from stanch.core.wishes import Wishes
from stanch.core.writes import Send, Write
from stanch.render.words import Words as Templates


class Reads(Protocol):
    """What is asked of GitHub."""

    @property
    def reads(self) -> int: ...

    @property
    def told_at(self) -> datetime | None: ...

    def thread(self, number: int) -> tuple[Repository, Thread]: ...

    def threads(
        self,
        watches: Iterable[Watch],
        further: Callable[[Repository], Iterable[Watch]],
        unread: Unread | None,
        linked: Linked,
        known: Sequence[int] = (),
    ) -> Iterable[tuple[Repository, Thread]]: ...

    def children(self, numbers: Iterable[int], label: str, newest: int = 30) -> tuple[Child, ...]: ...

    def finished(self, numbers: Iterable[int]) -> Mapping[int, datetime | None]: ...

    def runs(self, commits: Iterable[str]) -> Runs: ...

    def access(self, login: str) -> Access: ...

    def watchers(self) -> Watchers: ...


class ReadsPulls(Protocol):
    """What is asked of GitHub about pull requests."""

    def pull(self, number: int) -> tuple[Repository, MergeSettings, Pull]: ...

    def beside(self, wishes: Wishes, head: str) -> Beside: ...

    def pushes(self, branch: str) -> tuple[Push, ...]: ...

    def evidence(self, run: int) -> Evidence: ...

    def listed(self) -> tuple[Listed, ...]: ...

    def of_commit(self, sha: str) -> tuple[int, ...]: ...

    def queued(self, branch: str, sha: str) -> tuple[int, ...]: ...

    def landings(self, branch: str) -> tuple[Repository, Landings]: ...


class Writes(Protocol):
    """What is done to GitHub; the dry run's does nothing and says that it did."""

    def apply(self, write: Write) -> Applied: ...


class Sends(Protocol):
    """What leaves the repository; the dry run's goes nowhere and says that it arrived."""

    @property
    def channels(self) -> frozenset[Channel]: ...

    def send(self, write: Send) -> Delivered: ...


@dataclass(frozen=True)
class Desk:
    """`now` is UTC to the second and the same for the whole run. `dry` runs write nothing.

    `by_watcher`: this run is the watcher. `vigil` is what the run knows of any other. `inspector` looks at settings;
    only a desk that was opened has one.
    """

    reader: Reads
    pulls: ReadsPulls
    writer: Writes
    words: Words
    now: datetime
    dry: bool = False
    by_watcher: bool = False
    vigil: Vigil = field(default_factory=Vigil)
    sender: Sends = field(default_factory=lambda: Sender({}))
    inspector: Inspector | None = None

    @property
    def instant(self) -> datetime:
        """Now by GitHub's clock, as its last answer told; the runner's own may be minutes off."""
        return self.reader.told_at or self.now


@dataclass(frozen=True)
class DrySender:
    """Says that everything arrived, and sends nothing."""

    channels: frozenset[Channel]

    def send(self, write: Send) -> Delivered:  # noqa: ARG002 # it is what a sender is given
        return Delivered()


class DryWriter:
    """Says that everything was done, and does nothing."""

    def apply(self, write: Write) -> Applied:  # noqa: ARG002 # it is what a writer is given
        return Applied()


def open_desk(token: str, api_url: str, owner: str, name: str, *, now: datetime, dry: bool) -> Desk:
    """A desk at one repository of GitHub, or of whatever answers at `api_url`."""
    client = connect(token, api_url)
    writer = DryWriter() if dry else Writer(client, owner, name)
    pulls, inspector = PullReader(client, owner, name), Inspector(client, owner, name)
    return Desk(Reader(client, owner, name), pulls, writer, Templates.load(), now, dry, inspector=inspector)
