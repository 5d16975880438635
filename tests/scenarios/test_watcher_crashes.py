"""A watcher is killed at every moment of its shift: nothing is lost, nothing is doubled, and a successor takes over."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from stanch.sandbox.clock import seconds
from stanch.sandbox.faults import Fault
from tests.scenarios.burning import CONFIG, Fire, kindle
from tests.scenarios.clockwork import EVENT, SWEEP, WATCHER, Clockwork, Sky, clockwork, runs
from tests.scenarios.reckoning import Fact
from tests.scenarios.timekeeping import HOUR, Kept, judged, told

pytestmark = pytest.mark.unmeasured

MINUTE = 60
START = seconds("2026-10-24T23:54:00Z")
"""01:54 in Berlin, on the night in which clocks go back."""

STEADY = Sky(dispatch=(40, 40), installs=(5, 5), event=(20, 20), request=(0, 0), answer=(1, 1), skew=600, lost=90)
REPLACED = STEADY.lost + STEADY.dispatch[0] + STEADY.installs[0] + 35
"""Seconds after which a killed watcher's successor has made good for it: GitHub has noticed, and a runner was found."""

UNASKED = 12
"""Steps of a watcher until it has asked for a successor. Killed before, it is followed after the next event."""

SILENCE = 17 * MINUTE
"""The longest time in the script without an event."""

SLOW = 25
"""Seconds by which a living watcher may be late."""

SCRIPT = (
    (0, "alex", "label", "declares", 1, False),
    (17 * MINUTE, "jordan", "/ack", "acks", 0, False),
    (31 * MINUTE, "jordan", "/update! We are on it. More soon.", "tells", 0, True),
    (36 * MINUTE, "alex", "closes", "closes", 0, False),
)


def scripted() -> Fire:
    """A SEV-1 that nobody answers for a while."""
    return Fire(
        [
            (START + at, who, text, Fact(START + at, who, does, amount, word))
            for at, who, text, does, amount, word in SCRIPT
        ]
    )


@contextmanager
def playing(sky: Sky = STEADY) -> Iterator[tuple[Clockwork, Fire]]:
    with clockwork(START - 60, CONFIG, sky) as rig:
        fire = scripted()
        kindle(rig, fire)
        yield rig, fire


def ended(rig: Clockwork, fire: Fire, meanwhile: int = 60) -> Kept:
    """Live on for an hour, sweep, and judge."""
    rig.loom.run(START + HOUR)
    rig.sweep()
    rig.loom.run(START + 2 * HOUR)
    return judged(rig, [fire], START + HOUR, clients=True, meanwhile=meanwhile)


def steps(nth: int) -> int:
    """How many moments there are at which the nth watcher may be killed."""
    with playing() as (rig, fire):
        ended(rig, fire)
        return next(job.steps for job in rig.jobs if job.source == WATCHER and job.nth == nth)


def assert_made_good(found: Kept, within: int, case: object) -> None:
    assert (found.wrong, found.copies) == ([], 0), (case, told(found))
    assert max(found.watched) <= within, (case, told(found))


def assert_survives(*doomed: tuple[int, int]) -> None:
    """These watchers, by number, die at these of their steps: a successor makes good for it, or the next event."""
    unasked = [step for _, step in doomed if step <= UNASKED]
    bound = (SILENCE if unasked else 0) + len(doomed) * REPLACED
    with playing() as (rig, fire):
        rig.doomed = set(doomed)
        found = ended(rig, fire, meanwhile=bound)
        assert len([job for job in rig.jobs if job.killed]) == len(doomed)
        assert_made_good(found, bound, doomed)


def test_while_nobody_is_killed_every_notice_is_in_time() -> None:
    """The script itself."""
    with playing() as (rig, fire):
        found = ended(rig, fire)
        assert_made_good(found, SLOW, "calm")
        assert len(found.watched) >= 5
        assert runs(rig.world).count("success") >= 3


@pytest.mark.parametrize("nth", [1, 2])
def test_a_watcher_killed_at_some_moments_costs_nothing(nth: int) -> None:
    """Before and after requests and at naps, by turns: the successor that waits takes over."""
    for step in range(nth, steps(nth) + 1, 14):
        assert_survives((nth, step))


@pytest.mark.long
@pytest.mark.parametrize("nth", [1, 2])
def test_a_watcher_killed_at_any_moment_costs_nothing(nth: int) -> None:
    """The same at every moment."""
    for step in range(1, steps(nth) + 1):
        assert_survives((nth, step))


@pytest.mark.long
@pytest.mark.parametrize("second", [1, 2, 3, 4, 7])
def test_a_watcher_and_its_successor_killed_cost_nothing(second: int) -> None:
    """The third one, which the second or an event has asked for, makes good for both."""
    for step in range(1, steps(1) + 1, 3):
        assert_survives((1, step), (2, second))


def test_while_every_watcher_dies_events_and_sweeps_pay() -> None:
    """As late as the next of them, and not later."""
    with playing() as (rig, fire):
        rig.doomed = {(nth, 1) for nth in range(1, 100)}
        for at in (8, 33, 50):
            rig.loom.at(START + at * MINUTE, rig.sweep)
        found = ended(rig, fire, meanwhile=10 * MINUTE)
        assert (found.wrong, found.copies) == ([], 0), told(found)
        assert {source for source, _ in found.late} <= {EVENT, SWEEP}
        assert max(found.watched) <= 10 * MINUTE


@pytest.mark.parametrize("fault", [Fault.BAD_GATEWAY_BEFORE, Fault.BAD_GATEWAY_AFTER, Fault.TIMEOUT_AFTER])
def test_a_dispatch_without_an_answer_is_made_good(fault: Fault) -> None:
    """By whoever looks next; a second watcher would only wait for its turn."""
    with playing() as (rig, fire):
        rig.loom.run(START + 30)
        index = next(one.index for one in rig.world.counts.log if one.kind == "dispatch workflow")
    with playing() as (rig, fire):
        rig.world.faults.at_write(index, fault)
        rig.loom.at(START + 4 * MINUTE, rig.sweep)
        found = ended(rig, fire)
        lost = [one for one in found.wrong if not one.startswith("owed by")]
        assert (lost, found.copies) == ([], 0), told(found)
        assert max(found.watched) <= 100, told(found)


@pytest.mark.parametrize("status", [200, 500])
def test_a_list_of_runs_that_lags_or_fails_doubles_nothing(status: int) -> None:
    """Nobody knows of any watcher then: more are started than are needed, and the group keeps one of them."""
    body = json.dumps({"total_count": 0, "workflow_runs": []}).encode()
    with playing() as (rig, fire):
        rig.world.says = lambda method, path: (
            (status, {"Content-Type": "application/json"}, body) if method == "GET" and "/workflows/" in path else None
        )
        assert_made_good(ended(rig, fire), SLOW, status)


def test_a_successor_that_somebody_cancels_is_asked_for_again() -> None:
    """At the end of the shift at the latest."""
    with playing() as (rig, fire):
        rig.loom.at(START + 6 * MINUTE, rig.watchers.drops)
        assert_made_good(ended(rig, fire), REPLACED, "cancelled")
        assert runs(rig.world).count("cancelled") == 1


def test_a_token_that_may_not_dispatch_leaves_the_clocks_to_events_and_sweeps() -> None:
    """Nothing is lost, and every run says what it may not."""
    with playing() as (rig, fire):
        token = rig.world.tokens[rig.world.bot_token]
        lesser = {**(token.permissions or {}), "actions": "read"}
        rig.world.tokens[rig.world.bot_token] = replace(token, permissions=lesser)
        for at in (8, 12, 33):
            rig.loom.at(START + at * MINUTE, rig.sweep)
        found = ended(rig, fire, meanwhile=10 * MINUTE)
        assert [one for one in found.wrong if not one.startswith("owed by")] == []
        assert found.copies == 0
        assert found.wrong != []
