"""A world with a watcher in it: what `stanch watch` does, in virtual time."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from stanch.adapters.payload import Trigger
from stanch.app.handle import handle
from stanch.app.road import Outcome
from stanch.app.stage import Stage
from stanch.app.watch import USUAL, Ended, Event, Nap, Pace, watch
from stanch.core.watchers import WORKFLOW, WORKFLOW_PATH
from stanch.core.writes import CreateComment
from stanch.sandbox.clock import seconds
from stanch.sandbox.world import World
from tests.app.rig import LABELS, REPOSITORY, ROLES, Mood

START = "2026-03-17T02:14:00Z"
CONFIG = "people: [jordan, morgan, sam]\nclients: none\n"
DISPATCHED = "on: workflow_dispatch\n"


def world_with_a_watcher(config: str = CONFIG, *, installed: bool = True) -> Mood:
    """A repository that has the workflow, if it is `installed`; nothing has happened in it yet."""
    world = Mood(seconds(START))
    files = {".github/stanch.yml": config} | ({WORKFLOW_PATH: DISPATCHED} if installed else {})
    world.add_repository(REPOSITORY, labels=LABELS, files=files)
    for login, role in ROLES.items():
        world.add_person(login, role)
    return world


def minute(world: World) -> float:
    """Minutes since the start."""
    return (world.clock.now - seconds(START)) / 60


@dataclass
class Watched:
    """One watcher's shift: its naps pass on the world's clock; `said` is every notice with the second it came at."""

    set_: Stage
    pace: Pace = USUAL
    said: list[tuple[str, int]] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    naps: list[Nap] = field(default_factory=list)
    ended: Ended | None = None

    def works(self) -> Iterator[Event]:
        """Its shift, event by event; what the iterating test does meanwhile happens while the watcher sleeps."""
        world = self.set_.world
        for event in watch(self.set_.desk, self.pace):
            if isinstance(event, Nap):
                self.naps.append(event)
                yield event
                world.clock.set(world.clock.now + round(event.length.total_seconds()))
            elif isinstance(event, Ended):
                self.ended = event
            else:
                self._heard(event)

    def to_the_end(self) -> "Watched":
        for _ in self.works():
            pass
        return self

    def _heard(self, outcome: Outcome) -> None:
        self.outcomes.append(outcome)
        at = self.set_.world.clock.now
        self.said += [(write.key, at) for write in outcome.writes if isinstance(write, CreateComment)]


def look(set_: Stage, number: int = 1) -> list[Outcome]:
    """What the event workflow does about an issue."""
    return list(handle(set_.desk(), Trigger("issues", "", number)))


def runs(world: World) -> list[str]:
    """The watcher's runs by their status, oldest first."""
    mine = [run for run in world.repository().runs.values() if run.path.endswith(WORKFLOW)]
    return [run.status for run in mine]


def instant(world: World) -> datetime:
    return datetime.fromtimestamp(world.clock.now, UTC)
