"""A play that can be taken up again from any moment, as often as one likes: what every single fault is tried on."""

from collections import deque
from collections.abc import Iterable, Iterator
from copy import copy, deepcopy
from dataclasses import dataclass, replace

from stanch.app.stage import stage
from stanch.sandbox.faults import Fault, FaultPlan
from stanch.sandbox.scenario import Scenario
from stanch.sandbox.world import World
from tests.scenarios.play import CALM, MINUTE, Moment, Played, Player, moments
from tests.scenarios.post import Post

HEALING = 2
"""Sweeps that have to do."""


@dataclass(frozen=True)
class Scene:
    """A play just before one of its moments, and the writes that the moment makes when nothing goes wrong."""

    scenario: Scenario
    before: Played
    moment: Moment
    writes: range

    def resumed(self, *faults: tuple[int, Fault], reads: Iterable[int] = (), sweeps: int = HEALING) -> Played:
        """Play this one moment, with faults at writes and unanswered reads, then some sweeps a minute apart.

        Then look once more. Reads are counted from 1 over the world's life.
        """
        played = branch(self.before)
        world = played.world
        for index, fault in faults:
            world.faults.at_write(index, fault)
        for index in reads:
            world.faults.at_read(index, Fault.BAD_GATEWAY_BEFORE)
        now = world.clock.now
        after = [Moment(now + n * MINUTE, calm=True) for n in range(1, sweeps + 1)]
        with stage(world) as connected:
            player = Player(self.scenario, connected, played, Post())
            world.subscribe(player.hear)
            player.play([replace(self.moment, at=now), *after], start=0)
        return played


def branch(played: Played) -> Played:
    """The same play, to be continued without touching this one."""
    return replace(
        played,
        world=world_like(played.world),
        names=dict(played.names),
        threads=dict(played.threads),
        comments=dict(played.comments),
        skipped=list(played.skipped),
        written=list(played.written),
    )


def world_like(world: World) -> World:
    """A world of its own with the same state; its records are frozen, so only the tables are copied."""
    other = copy(world)
    other.repos = {name: repo.copy() for name, repo in world.repos.items()}
    other.clock, other.faults = copy(world.clock), FaultPlan()
    other.counts, other.rates = deepcopy(world.counts), deepcopy(world.rates)
    other.users, other.tokens, other.costs = dict(world.users), dict(world.tokens), dict(world.costs)
    other.asked, other.emails = set(world.asked), dict(world.emails)
    other._subscribers, other._waiting = [], deque()
    return other


def scenes(scenario: Scenario) -> Iterator[Scene]:
    """Every moment of a calm play in which something is written."""
    world = scenario.world()
    with stage(world) as connected:
        player = Player(scenario, connected, Played(world, CALM), Post())
        world.subscribe(player.hear)
        start = world.clock.now
        for moment in moments(scenario, sweeps=True, heals=True):
            world.clock.set(max(start + moment.at, world.clock.now))
            before = branch(player.played)
            player.live(moment)
            writes = range(before.world.counts.writes + 1, world.counts.writes + 1)
            if writes:
                yield Scene(scenario, before, moment, writes)
