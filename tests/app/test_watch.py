"""`stanch watch` in virtual time: started by events, exact to the second, and gone when nothing burns."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from stanch.app.stage import Stage, stage
from stanch.app.watch import Pace
from stanch.core.writes import StartWorkflow
from stanch.sandbox.clock import seconds
from stanch.sandbox.faults import Fault
from tests.app.watched import START, Watched, look, minute, runs, world_with_a_watcher


@pytest.fixture
def set_() -> Iterator[Stage]:
    with stage(world_with_a_watcher()) as made:
        yield made


def declared(set_: Stage, label: str = "sev-1") -> None:
    """An incident, and the look that its event starts."""
    set_.world.person("alex").opens("Down", labels=(label,))
    look(set_)


def all_shifts(set_: Stage) -> list[Watched]:
    """Watcher after watcher, until one ends without a successor."""
    shifts = [Watched(set_).to_the_end()]
    while shifts[-1].ended and shifts[-1].ended.handed_over:
        shifts.append(Watched(set_).to_the_end())
    return shifts


def bodies(set_: Stage) -> list[str]:
    """The comments on the incident, oldest first."""
    return [comment.body for comment in set_.world.issue(1).comments]


def updates(watched: Watched) -> list[float]:
    """Minutes after the start at which an update was asked for."""
    return [(at - seconds(START)) / 60 for key, at in watched.said if "/update/" in key]


@pytest.mark.parametrize(("label", "started"), [("sev-1", 1), ("sev-2", 1), ("sev-3", 0), ("sev-4", 0)])
def test_an_incident_that_is_watched_starts_one_watcher(set_: Stage, label: str, started: int) -> None:
    """However often it is looked at before a runner has it."""
    declared(set_, label)
    look(set_)
    assert runs(set_.world) == ["queued"] * started


def test_without_the_workflow_nothing_is_started_and_nothing_asked() -> None:
    """The card says that nothing keeps the clocks."""
    world = world_with_a_watcher(installed=False)
    with stage(world) as set_:
        declared(set_)
        assert world.counts.kinds["list workflow runs"] == 0
        assert runs(world) == []
        assert "is not installed here" in bodies(set_)[0]


def test_notices_go_out_at_their_second(set_: Stage) -> None:
    """An update is due every 30 minutes and reminded of half an interval later; then nothing is due any more."""
    declared(set_)
    shifts = all_shifts(set_)
    assert [at for one in shifts for at in updates(one)] == [30, 45]
    assert minute(set_.world) == 45


def test_it_ends_when_users_are_fine_and_a_sev_2_when_somebody_has_it(set_: Stage) -> None:
    """The look after that act is the last."""
    declared(set_, "sev-2")
    watched = Watched(set_)
    for _ in watched.works():
        set_.world.person("jordan").comments(1, "/ack")
    assert (len(watched.naps), watched.ended and watched.ended.handed_over) == (1, False)
    set_.world.person("jordan").comments(1, "/sev 1 It is everybody")
    look(set_)
    watched = Watched(set_)
    for _ in watched.works():
        if len(watched.naps) == 3:
            set_.world.person("jordan").comments(1, "/status mitigated")
    assert len(watched.naps) == 3


def test_a_quiet_look_is_one_read_and_no_write(set_: Stage) -> None:
    """Once it knows its incidents they come with the list of what burns."""
    declared(set_)
    counts, watched = set_.world.counts, Watched(set_)
    looks = [(counts.reads, counts.writes) for _ in watched.works()]
    quiet = [now[0] - before[0] for before, now in pairwise(looks[2:]) if now[1] == before[1]]
    assert set(quiet) == {1}
    assert len(quiet) > len(watched.naps) / 2


def test_a_watcher_keeps_one_successor_waiting(set_: Stage) -> None:
    """Asked for once, not at every look; none when it finds nothing to do."""
    Watched(set_).to_the_end()
    assert runs(set_.world) == []
    declared(set_)
    run = next(iter(set_.world.repository().runs))
    set_.world.person("alex").gives_runner(run)
    watched = Watched(set_)
    for _ in watched.works():
        if minute(set_.world) > 5:
            break
    assert runs(set_.world) == ["in_progress", "queued"]
    started = [write for one in watched.outcomes for write in one.writes if isinstance(write, StartWorkflow)]
    assert len(started) == 1


def test_an_event_leaves_it_to_the_watcher_and_pays_what_a_dead_one_owes(set_: Stage) -> None:
    """Within a minute and a half it may still come; after that whoever looks says it."""
    declared(set_)
    world = set_.world
    world.person("alex").gives_runner(next(iter(world.repository().runs)))
    world.clock.set(seconds(START) + 30 * 60 + 5)
    assert not [key for one in look(set_) for key in map(str, one.writes) if "/update/" in key]
    world.clock.set(seconds(START) + 30 * 60 + 90)
    assert [key for one in look(set_) for key in map(str, one.writes) if "/update/" in key]


def test_an_acknowledgement_at_the_second_of_a_reminder_doubles_nothing(set_: Stage) -> None:
    """The event's run and the watcher look in the same second, in either order."""
    declared(set_)
    world = set_.world
    world.person("alex").gives_runner(next(iter(world.repository().runs)))
    for _ in Watched(set_).works():
        if world.clock.now >= seconds(START) + 30 * 60 - 60:
            world.clock.set(seconds(START) + 30 * 60 - 60)
            world.person("jordan").comments(1, "/update We are on it. More by 03:30.")
            look(set_)
        if minute(world) > 40:
            break
    keys = [body.partition(" -->")[0] for body in bodies(set_) if body.startswith("<!-- stanch")]
    assert len(keys) == len(set(keys))


def test_what_was_just_said_is_left_to_the_events_own_run_and_healed_when_that_is_lost(set_: Stage) -> None:
    """A watcher that looks seconds after a command does not answer it; a minute and a half later it does."""
    declared(set_)
    world, answered = set_.world, []
    for _ in Watched(set_).works():
        if minute(world) >= 2 and not answered:
            world.person("jordan").comments(1, "/statu mitigated")
            answered.append(minute(world))
        if minute(world) > 6:
            break
    (refusal,) = [one for one in world.issue(1).comments if "/refused/" in one.body[:200]]
    assert 1.5 <= (refusal.at - seconds(START)) / 60 - answered[0] <= 2.5


def test_the_minutes_of_an_incident_are_bounded() -> None:
    """At the cap the watcher ends, no event starts another, and the card says so."""
    world = world_with_a_watcher("people: [jordan]\nclients: none\nwatch: {minutes: 40}\n")
    with stage(world) as set_:
        declared(set_)
        shifts = all_shifts(set_)
        assert minute(world) < 41
        assert [at for one in shifts for at in updates(one)] == [30]
        world.clock.set(seconds(START) + 41 * 60)
        before = runs(world)
        look(set_)
        assert runs(world) == before
        assert "minutes for watching are used up" in bodies(set_)[0]


@pytest.mark.parametrize("fault", [Fault.BAD_GATEWAY_BEFORE, Fault.TIMEOUT_AFTER, Fault.DROPPED_BEFORE])
def test_a_look_that_fails_is_made_again_after_a_nap(set_: Stage, fault: Fault) -> None:
    """GitHub cannot be reached for three minutes; the reminder is late by no more than that."""
    declared(set_)
    world = set_.world
    world.clock.set(seconds(START) + 27 * 60)
    watched = Watched(set_, Pace(shift=timedelta(minutes=30)))
    for _ in watched.works():
        world.faults.clear()
        if 29 <= minute(world) <= 32:
            for index in range(1, 8):
                world.faults.at_read(world.counts.reads + index, fault)
        if minute(world) > 40:
            break
    (at,) = updates(watched)
    assert 30 <= at <= 35


def test_a_token_that_may_not_start_a_successor_is_told(set_: Stage) -> None:
    """At first and at the end; it works its shift all the same, and its run is red."""
    declared(set_)
    world = set_.world
    world.person("alex").finishes_run(next(iter(world.repository().runs)))
    token = world.tokens[world.bot_token]
    world.tokens[world.bot_token] = replace(token, permissions={**(token.permissions or {}), "actions": "read"})
    watched = Watched(set_)
    for _ in watched.works():
        if minute(world) > 14:
            break
    owed = [debt for one in watched.outcomes for debt in one.owed]
    assert len(owed) == 2, owed


def test_a_card_does_not_promise_a_watcher_that_cannot_be_started(set_: Stage) -> None:
    """Without `actions: write` it says that nothing keeps the clocks; no look changes it until the right is there."""
    world = set_.world
    token = world.tokens[world.bot_token]
    world.tokens[world.bot_token] = replace(token, permissions={**(token.permissions or {}), "actions": "read"})
    declared(set_)
    assert "GitHub refused to start" in bodies(set_)[0]
    (outcome,) = look(set_)
    assert (outcome.writes, len(outcome.owed)) == ((), 1)
    world.tokens[world.bot_token] = token
    look(set_)
    assert "Kept to the minute" in bodies(set_)[0]
    assert runs(world) == ["queued"]
    assert [outcome.writes for outcome in look(set_)] == [()]
