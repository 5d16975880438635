"""`stanch sandbox serve`: what it adds to the world that it serves."""

import pytest

from stanch.app.serve import tick
from stanch.sandbox.world import World


def test_time_passes_in_a_world_that_is_served() -> None:
    """A game day, a watcher and a deadline are waited for there: with a clock that stands they would wait for ever."""
    world = World("2026-03-17T02:14:00Z")
    began, waited = world.clock.now, list[float]()

    def wait(length: float) -> None:
        waited.append(length)
        if len(waited) > 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        tick(world, wait)
    assert (world.clock.now - began, set(waited)) == (3, {1})
