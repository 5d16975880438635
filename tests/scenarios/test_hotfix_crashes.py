"""A hotfix from its first look to its follow-up: every write of the gate goes wrong once in every way, and heals."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest

from stanch.core.gate import CONTEXT
from stanch.sandbox.faults import Fault
from stanch.sandbox.scenario import Scenario
from stanch.sandbox.world import World
from tests.scenarios.branch import Scene, scenes
from tests.scenarios.oracle import differences, doubled, written_twice
from tests.scenarios.play import CALM, Played, Weather, play
from tests.scenarios.post import Letter, Post
from tests.scenarios.test_crashes import single, wrongs

SCENE = """
title: A hotfix
start: 2026-03-17T10:00:00Z
repository: harbour/checkout
people: {alex: admin, jordan: write, morgan: write, sam: maintain, kim: read}
labels: [sev-1, sev-2, sev-3, sev-4, post-mortem, root-cause, review-owed, bug, containment, overdue]
files:
  .github/stanch.yml: "people: [alex, jordan, morgan, sam]\\nclients: none\\n"
  .github/workflows/stanch-hotfix.yml: "name: stanch-hotfix\\n"
  .github/workflows/stanch-prove.yml: "name: stanch-prove\\n"
  shop/cart.py: "def total(prices):\\n    return int(sum(prices))\\n"
ends: +2h
steps:
  - {at: +1m, who: alex, does: opens, as: incident, title: Totals are wrong, labels: [sev-2]}
  - {at: +3m, who: sam, does: comments, thread: incident, text: /take}
  - at: +20m
    who: jordan
    does: opens pull
    as: pull
    branch: hotfix/rounding
    title: Round the total
    text: "Incident: #{incident}\\nRollback: Revert this pull request and deploy release `140` again."
    files:
      shop/cart.py: "def total(prices):\\n    return round(sum(prices), 2)\\n"
      tests/test_cart.py: "def test_cents():\\n    assert total([0.5]) == 0.5\\n"
  - {at: +25m, who: alex, does: comments, thread: pull, text: "/waive H004 we know it for an hour"}
"""
GREEN = """
  - {at: +30m, who: jordan, does: runs proof, thread: pull}
  - {at: +35m, who: morgan, does: approves, thread: pull, text: Right.}
  - {at: +40m, who: jordan, does: merges, thread: pull, how: squash}
  - {at: +50m, who: alex, does: deploys, environment: production, text: Release 141}
"""
RED = """
  - {at: +40m, who: alex, does: merges, thread: pull, how: squash}
  - {at: +50m, who: alex, does: pushes, path: shop/cart.py, text: "total = 1", message: "Mend it\\n\\nIncident: #1"}
"""
WAYS = {"green": GREEN, "red": RED}


@cache
def told(way: str) -> Scenario:
    read = Scenario.load(SCENE + WAYS[way])
    steps = (replace(step, does="proves") if step.does == "runs proof" else step for step in read.steps)
    return replace(read, steps=tuple(steps))


@cache
def acts(way: str) -> tuple[Scene, ...]:
    """The moments in which the gate writes anything."""
    return tuple(scene for scene in scenes(told(way)) if scene.moment.at >= 20 * 60)


def statuses(played: Played) -> list[str]:
    """The newest status of the gate on every pull request's head."""
    repo = played.world.repository()
    heads = [issue.pull.head_sha for issue in repo.issues.values() if issue.pull]
    return [[one.state for one in repo.statuses.get(sha, ()) if one.context == CONTEXT][-1] for sha in heads]


def ends(world: World) -> dict[str, int]:
    """How many there are of everything that the gate leaves."""
    repo = world.repository()
    labels = [label for issue in repo.issues.values() if issue.state == "open" for label in issue.labels]
    bodies = [c.body for issue in repo.issues.values() for c in issue.comments if not c.minimized]
    counted = {key: sum(f" key={key} " in body.split("\n")[0] for body in bodies) for key in ("2/card", "2/merged")}
    counted["1/merged/2"] = sum(" key=1/merged/2 " in body.split("\n")[0] for body in bodies)
    return {**counted, "root-cause": labels.count("root-cause"), "review-owed": labels.count("review-owed")}


LEFT = {"2/card": 1, "2/merged": 1, "1/merged/2": 1, "root-cause": 1}


@pytest.mark.parametrize("way", WAYS)
def test_the_story_ends_as_it_should(way: str) -> None:
    """One card, one notice here and on the incident, one root-cause issue; reviews for what went round the gate."""
    played = play(told(way))
    assert played.skipped == []
    assert played.broken == 0
    assert ends(played.world) == {**LEFT, "review-owed": 0 if way == "green" else 2}
    assert statuses(played) == ["success" if way == "green" else "failure"]
    assert (played.last_look, doubled(played), written_twice(played)) == ((), [], [])


def left_wrong(way: str, kinds: tuple[Fault, ...], every: int = 1) -> Iterator[str]:
    """What each way of going wrong at each write of the gate, or at some, leaves wrong after two sweeps."""
    for scene in acts(way):
        calm = scene.resumed()
        for chosen in single(scene, kinds)[::every]:
            other = scene.resumed(*chosen)
            found = [*wrongs(calm, other), *differences(statuses(calm), statuses(other))]
            yield from (f"{chosen} at +{scene.moment.at} s: {wrong}" for wrong in found)


@pytest.mark.parametrize(("way", "fault"), [("green", Fault.KILLED_AFTER), ("red", Fault.KILLED_BEFORE)])
def test_a_gate_killed_at_every_other_write_costs_nothing(way: str, fault: Fault) -> None:
    """Two sweeps later the world is the one without the crash, nothing is there twice, and nothing is owed."""
    assert sum(len(scene.writes[::2]) for scene in acts(way)) >= 8
    assert list(left_wrong(way, (fault,), every=2)) == []


@pytest.mark.long
@pytest.mark.parametrize("fault", Fault)
@pytest.mark.parametrize("way", WAYS)
def test_any_write_of_the_gate_that_goes_wrong_costs_nothing(way: str, fault: Fault) -> None:
    """The same for bad gateways, timeouts, dropped connections, limits and kills, before and after it applies."""
    assert list(left_wrong(way, (fault,))) == []


class NoPost(Post):
    """Carries nothing."""

    def take(self, letter: Letter) -> None:
        pass


@pytest.mark.parametrize("way", WAYS)
def test_events_that_are_all_lost_are_found_by_sweeps(way: str) -> None:
    """No run is ever started by an event: the sweeps alone leave the same."""
    played = play(told(way), CALM, NoPost())
    assert ends(played.world) == {**LEFT, "review-owed": 0 if way == "green" else 2}


@pytest.mark.long
@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("way", WAYS)
def test_a_storm_costs_nothing_that_heals(way: str, seed: int) -> None:
    """A tenth of all requests fails, and the post loses, doubles and shuffles: in the end all is there once."""
    played = play(told(way), Weather(seed), Post(seed))
    assert (played.last_look, doubled(played)) == ((), [])
    left = ends(played.world)
    assert {kind: left[kind] for kind in LEFT} == LEFT
