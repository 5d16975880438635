"""What one run knows of the watcher: asked once, when it decides something."""

from typing import Protocol

from stanch.core.errors import GitHubError
from stanch.core.watchers import Watchers


class AsksForWatchers(Protocol):
    def watchers(self) -> Watchers: ...


class Vigil:
    """Remembers the answer for a whole run, and that this run has started a watcher."""

    def __init__(self) -> None:
        self._known: Watchers | None = None
        self.has_started = False
        """Whether this run has started a watcher, which GitHub may not list yet."""

    def watchers(self, reader: AsksForWatchers) -> Watchers:
        """The watchers that are there. Where that cannot be told there is none: rather a page twice than none."""
        if self._known is None:
            try:
                self._known = reader.watchers()
            except GitHubError:
                self._known = Watchers()
        return self._known

    def started(self) -> None:
        """A watcher was started: it waits for a runner now."""
        self.has_started = True
        self._known = Watchers(running=bool(self._known and self._known.running), waiting=True)
