"""The runner's clock: GitHub's own decides what is due, however wrong the machine's is."""

from dataclasses import replace
from datetime import timedelta

import pytest

from stanch.adapters.notices import Sender
from stanch.adapters.notices.webhook import Webhook
from stanch.app.road import carry
from stanch.app.stage import Stage, stage
from stanch.app.sweep import sweep
from stanch.app.watch import Nap, watch
from stanch.cli.environment import connected_desk
from stanch.core.channels import Channel
from stanch.core.writes import CreateComment
from stanch.sandbox.clock import seconds
from stanch.sandbox.world import World
from tests.adapters.loopback import Canned, listening
from tests.app.rig import LABELS, REPOSITORY, ROLES
from tests.app.watched import world_with_a_watcher

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


def watched(off: timedelta) -> list[tuple[str, int]]:
    """What a watcher says in its shift, with the second of each, on a runner whose clock is off by so much."""
    with stage(world_with_a_watcher()) as set_:
        world, found = set_.world, []
        world.person("alex").opens("Down", labels=("sev-1",))
        for event in watch(lambda: replace(set_.desk(), now=set_.desk().now + off)):
            if isinstance(event, Nap):
                world.clock.advance(event.length.total_seconds())
            found += [
                (one.key, world.clock.now) for one in getattr(event, "writes", ()) if isinstance(one, CreateComment)
            ]
        return found


@pytest.mark.parametrize("minutes", [-600, -10, 10, 600])
def test_a_watcher_sleeps_by_githubs_clock(minutes: int) -> None:
    """Its notices come at the same seconds on any machine."""
    right = watched(timedelta(0))
    assert len(right) > 2
    assert watched(timedelta(minutes=minutes)) == right


@pytest.mark.parametrize("minutes", [16, 28, 47, 300])
def test_however_many_ticks_were_missed_one_notice_of_each_kind_catches_up(minutes: int) -> None:
    """Five steps and two reminders may be past: the newest of each is said, once, and the next look says nothing."""
    world = declared()
    with stage(world) as set_:
        said(set_, timedelta(0))
        world.clock.set(seconds(START) + minutes * MINUTE)
        caught = [one.key for out in sweep(set_.desk()) for one in out.writes if isinstance(one, CreateComment)]
        kinds = [key.split("/")[1] for key in caught]
        assert sorted(kinds) == ["escalate", "update"]
        assert [out.writes for out in sweep(set_.desk())] == [()]


def test_a_notice_is_signed_at_githubs_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A receiver refuses what is older than five minutes: a runner that is ten behind would reach nobody."""
    answer = Canned(200, {"role_name": "write", "permission": "write"}, {"Date": "Tue, 17 Mar 2026 02:00:07 GMT"})
    with listening(answer) as there:
        told = {"GITHUB_TOKEN": "t", "GITHUB_REPOSITORY": REPOSITORY, "GITHUB_API_URL": there.url}
        told |= {"STANCH_WEBHOOK_URL": "https://hooks.example.com/x", "STANCH_WEBHOOK_SECRET": "s" * 16}
        for name, value in told.items():
            monkeypatch.setenv(name, value)
        desk = connected_desk(dry=False)
        desk.reader.access("jordan")
        assert isinstance(desk.sender, Sender)
        receiver = desk.sender.services[Channel.WEBHOOK]
        assert isinstance(receiver, Webhook)
        assert receiver.clock() == int(seconds(START)) + 7
