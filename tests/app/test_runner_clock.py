"""The runner's clock: GitHub's own decides what is due, however wrong the machine's is."""

from dataclasses import replace
from datetime import timedelta

import pytest

from stanch.app.road import carry
from stanch.app.stage import Stage, stage
from stanch.core.writes import CreateComment
from stanch.sandbox.clock import seconds
from stanch.sandbox.world import World
from tests.app.rig import LABELS, REPOSITORY, ROLES

START = "2026-03-17T02:00:00Z"
MINUTE = 60


def declared() -> World:
    """A SEV-1 that began at START."""
    world = World(seconds(START))
    world.add_repository(REPOSITORY, labels=LABELS, files={".github/stanch.yml": "people: [jordan, morgan]\n"})
    for login, role in ROLES.items():
        world.add_person(login, role)
    world.person("alex").opens("Down", labels=("sev-1",))
    return world


def said(set_: Stage, off: timedelta) -> list[str]:
    """What a look posts, on a runner whose clock is off by so much."""
    desk = set_.desk()
    outcome = carry(replace(desk, now=desk.now + off), 1)
    return [write.key.split("/")[1] for write in outcome.writes if isinstance(write, CreateComment)]


@pytest.mark.parametrize("minutes", [-600, -10, -1, 0, 1, 10, 600])
def test_what_is_due_is_due_by_githubs_clock(minutes: int) -> None:
    """A second before the first word is due nobody is reminded, and at that second somebody is, on any machine."""
    world, off = declared(), timedelta(minutes=minutes)
    with stage(world) as set_:
        assert said(set_, off) == ["card", "call"]
        world.clock.set(seconds(START) + 15 * MINUTE - 1)
        assert "update" not in said(set_, off)
        world.clock.set(seconds(START) + 15 * MINUTE)
        assert "update" in said(set_, off)
