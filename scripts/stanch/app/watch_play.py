"""The watcher in a drill: GitHub Actions gives it a runner after a while, and it sleeps in virtual time."""

from collections.abc import Callable, Iterator
from typing import Any

from stanch.app.road import Outcome
from stanch.app.stage import Stage
from stanch.app.watch import Ended, Event, Nap, watch
from stanch.core.watchers import WORKFLOW
from stanch.core.writes import StartWorkflow

DELAY = 20
"""Virtual seconds until a dispatched run has a runner and its tools: GitHub promises none."""


class WatchPlay:
    """One concurrency group: a run that works, and one that waits.

    `done` is told what each look came to, but for the successors that are called. `seconds` is how long runners worked.
    """

    def __init__(self, set_: Stage, done: Callable[[Outcome], None]) -> None:
        self._set, self._done = set_, done
        self._shift: Iterator[Event] | None = None
        self._run = 0
        self._next: int | None = None
        self.seconds = 0
        self._began = 0

    def hears(self, event: str, payload: dict[str, Any]) -> bool:
        """Take a dispatch of the watcher's workflow; whether it was one."""
        ours = event == "workflow_dispatch" and str(payload.get("workflow", "")).endswith(f"/{WORKFLOW}")
        if ours and self._next is None:
            self._next = self._set.world.clock.now + DELAY
        return ours

    def alarm(self) -> int | None:
        """When something happens next, in seconds of the world's clock."""
        return self._next

    def on_alarm(self, now: int) -> None:
        """Start the run that waits, or let the one that sleeps go on."""
        if self._shift is None:
            self._begin(now)
        for event in self._shift or ():
            if isinstance(event, Nap):
                self._next = now + round(event.length.total_seconds())
                return
            if isinstance(event, Ended):
                self._end(now)
                return
            if not any(isinstance(write, StartWorkflow) for write in event.writes):
                self._done(event)

    def _begin(self, now: int) -> None:
        """The oldest run that waits gets the runner; a newer one would have replaced it, so there is one."""
        waiting = self._waiting()
        self._next = None
        if waiting:
            self._run, self._began = min(waiting), now
            self._someone.gives_runner(self._run)
            self._shift = watch(self._set.desk)

    def _end(self, now: int) -> None:
        self._someone.finishes_run(self._run)
        self.seconds += now - self._began
        self._shift = None
        self._next = now + DELAY if self._waiting() else None

    @property
    def _someone(self) -> Any:
        world = self._set.world
        return world.person(next(iter(world.repository().roles)))

    def _waiting(self) -> list[int]:
        runs = self._set.world.repository().runs.values()
        return [run.id for run in runs if run.path.endswith(f"/{WORKFLOW}") and run.status == "queued"]
