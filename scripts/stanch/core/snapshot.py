"""Everything that one decision may know, read once and frozen, `now` included."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from stanch.core.access import Access
from stanch.core.channels import Channel
from stanch.core.config import Config
from stanch.core.ledger import Ledger, merged
from stanch.core.ledger import read as read_ledger
from stanch.core.marker import marker_of, trusted_marker
from stanch.core.runbooks.model import Shelf
from stanch.core.runs import Runs
from stanch.core.thread import Child, Comment, Repository, Thread
from stanch.core.watchers import Watchers


@dataclass(frozen=True, slots=True)
class Snapshot:
    """`now` is UTC, to the second. `access` holds the answers to `people.questions` and nobody else.

    `problems` are what is wrong with the configuration, one sentence each. `children` are the issues that may
    have been opened for this thread; None when nobody asked. `beside` are other threads that were read, by number.
    `finished` tells of the linked work that was asked for when it was done, None while it is not; what does not exist
    is not in it. `runs` tells how the workflows on an incident's commits ended; None when nobody asked.
    `watchers` are the runs of the watching workflow, None when nobody asked; `by_watcher`: this look is a watcher's.
    `channels` are the ways out of the repository that are connected; `shelf` holds its runbooks.
    """

    now: datetime
    repository: Repository
    thread: Thread
    config: Config
    problems: tuple[str, ...] = ()
    access: Mapping[str, Access] = field(default_factory=dict)
    children: tuple[Child, ...] | None = None
    beside: Mapping[int, Thread] = field(default_factory=dict)
    finished: Mapping[int, datetime | None] = field(default_factory=dict)
    runs: Runs | None = None
    watchers: Watchers | None = None
    by_watcher: bool = False
    channels: frozenset[Channel] = frozenset()
    shelf: Shelf = field(default_factory=Shelf)

    @property
    def left_to_watcher(self) -> bool:
        """Whether a watcher runs, and this look is not its own."""
        return not self.by_watcher and self.watchers is not None and self.watchers.there

    @property
    def card_key(self) -> str:
        return card_key(self.thread.number)


def card_key(number: int) -> str:
    """The key of a thread's card: `12/card`."""
    return f"{number}/card"


def keyed_comments(thread: Thread) -> dict[str, list[Comment]]:
    """The bot's own untouched comments by key, oldest first; those folded away come last."""
    found: dict[str, list[Comment]] = {}
    for comment in sorted(thread.comments, key=lambda one: (one.minimized, one.id)):
        marker = trusted_marker(comment)
        if marker is not None:
            found.setdefault(marker.key, []).append(comment)
    return found


def delivered(thread: Thread) -> frozenset[str]:
    """The keys of the notices that stand in the thread, with what they cover."""
    markers = [marker for comment in thread.comments if (marker := trusted_marker(comment)) is not None]
    return frozenset(key for marker in markers for key in (marker.key, *marker.covers))


def trusted_cards(thread: Thread) -> list[Comment]:
    """The copies of a thread's card that can be believed; the first one stays."""
    return keyed_comments(thread).get(card_key(thread.number), [])


def card_in_sight(thread: Thread) -> Comment | None:
    """The card that people see: the first that can be believed, else one that somebody else edited.

    A copy that was folded away is not in sight: when its twin is deleted, the thread needs a card again.
    """
    key = card_key(thread.number)
    edited = [one for one in thread.comments if one.ours and (mark := marker_of(one.body)) and mark.key == key]
    return next((card for card in (*trusted_cards(thread), *edited) if not card.minimized), None)


def ledger_of(thread: Thread) -> Ledger:
    """What the thread's cards remember; empty when there is no card that can be believed."""
    copies = [card for place, card in enumerate(trusted_cards(thread)) if place == 0 or not card.minimized]
    return merged(ledger for ledger in (read_ledger(card.body) for card in copies) if ledger is not None)
