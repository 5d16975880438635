"""While a watcher runs it alone says what time makes due, where it looks; elsewhere nobody leaves anything to it."""

from collections.abc import Iterable

import pytest

from stanch.app.road import Outcome
from stanch.app.stage import Stage, stage
from stanch.app.sweep import sweep
from stanch.core.writes import CreateComment
from stanch.sandbox.clock import seconds
from tests.app.watched import CONFIG, look, world_with_a_watcher

HOUR = 3600
REMINDED_SEV_3 = f"{CONFIG}severities: {{sev-3: {{update: 4h, remind: true}}}}\n"


def said(outcomes: Iterable[Outcome]) -> list[str]:
    """The kinds of notices that a run posts."""
    return [one.key.split("/")[1] for out in outcomes for one in out.writes if isinstance(one, CreateComment)]


def another_burns(set_: Stage) -> None:
    """A second incident, and a runner that has a watcher for it."""
    world = set_.world
    look(set_, world.person("alex").opens("Search is down", labels=("sev-1",)))
    world.person("alex").gives_runner(next(iter(world.repository().runs)))


def test_the_second_half_of_a_sweep_leaves_it_to_the_watcher_too() -> None:
    """At 09:00 somebody is reminded of a containment on the incident, in the second in which its next word is due."""
    world = world_with_a_watcher()
    world.clock.set(seconds("2026-03-17T08:30:00Z"))
    with stage(world) as set_:
        number = world.person("alex").opens("Down", labels=("sev-1",))
        look(set_, number)
        world.person("alex").gives_runner(next(iter(world.repository().runs)))
        world.person("jordan").comments(number, "/ack\n/contain rollback to 203 until 2026-03-17")
        look(set_, number)
        world.clock.set(seconds("2026-03-17T09:00:00Z"))
        assert said(sweep(set_.desk())) == ["remind"]
        world.clock.advance(90)
        assert said(sweep(set_.desk())) == ["update"]


@pytest.mark.parametrize(("label", "said_at_once"), [("sev-2", []), ("sev-3", ["update"])])
def test_what_no_watcher_reads_is_said_by_whoever_looks(label: str, said_at_once: list[str]) -> None:
    """A watcher that runs for a SEV-1 reads a SEV-2 as well, however it stands, but no SEV-3."""
    world = world_with_a_watcher(REMINDED_SEV_3)
    with stage(world) as set_:
        number = world.person("alex").opens("Slow", labels=(label,))
        look(set_, number)
        world.person("jordan").comments(number, "/status identified The cache.")
        look(set_, number)
        world.clock.advance({"sev-2": 2, "sev-3": 4}[label] * HOUR + 5)
        another_burns(set_)
        assert said(look(set_, number)) == said_at_once


def test_what_is_closed_is_not_left_to_a_watcher() -> None:
    """After 24 quiet hours a last word to the clients is due, on an issue that no watcher reads."""
    world = world_with_a_watcher("people: [jordan, morgan]\n")
    with stage(world) as set_:
        number = world.person("alex").opens("Down", labels=("sev-1",))
        look(set_, number)
        world.person("jordan").comments(number, "/update! We are on it.\n/resolve Mended.")
        look(set_, number)
        world.clock.set(seconds("2026-03-18T09:00:05Z"))
        another_burns(set_)
        assert said(look(set_, number)) == ["quiet"]
