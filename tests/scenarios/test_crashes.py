"""Every single write of every shipped scenario goes wrong once in every way, and two sweeps make it good."""

from importlib import resources
from itertools import combinations

import pytest

from stanch.sandbox.faults import Fault
from stanch.sandbox.scenario import Scenario
from tests.scenarios.branch import HEALING, Scene, scenes
from tests.scenarios.oracle import differences, doubled, picture, written_twice
from tests.scenarios.play import Played

FOLDER = resources.files("stanch") / "sandbox" / "scenarios"
SHIPPED = tuple(
    sorted(
        file.name.removesuffix(".yml")
        for file in FOLDER.iterdir()
        if file.name.endswith(".yml") and "\ngame:" not in file.read_text(encoding="utf-8")
    )
)
"""All but the game day: its world is played by a process of its own, which `tests/app/test_live.py` kills."""
KILLS = (Fault.KILLED_BEFORE, Fault.KILLED_AFTER)
OTHERS = tuple(fault for fault in Fault if fault not in KILLS)
PAIRED = (Fault.KILLED_AFTER, Fault.BAD_GATEWAY_AFTER, Fault.SECONDARY_LIMIT)


def shipped(name: str) -> Scenario:
    return Scenario.load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))


def wrongs(calm: Played, other: Played) -> list[str]:
    """Everything that is lost, doubled or still owed."""
    owed = [f"a further look still writes {write}"[:300] for write in other.last_look]
    return [*differences(picture(calm), picture(other)), *doubled(other), *written_twice(other), *owed]


def tried(scene: Scene, faults: list[tuple[tuple[int, Fault], ...]], sweeps: int = HEALING) -> list[str]:
    """What each way of going wrong leaves wrong after this many sweeps."""
    calm = scene.resumed(sweeps=sweeps)
    assert calm.last_look == ()
    found = []
    for chosen in faults:
        found += [
            f"{chosen} at +{scene.moment.at} s: {wrong}"
            for wrong in wrongs(calm, scene.resumed(*chosen, sweeps=sweeps))
        ]
    return found


def single(scene: Scene, kinds: tuple[Fault, ...]) -> list[tuple[tuple[int, Fault], ...]]:
    return [((index, fault),) for index in scene.writes for fault in kinds]


BY_TURNS = ("night", "sev-1-rollback")
"""Long ones: at every change a sixth of their crashes is tried, in the long suite all of them."""
LONG = {"follow-up", "hotfix", "sev-2-downgraded", *BY_TURNS}
"""At every change the writes of the first two are killed in `test_following_road` and `test_hotfix_crashes`, which take
a fraction of the time; the third is much like the two above.
"""


@pytest.mark.parametrize("name", [pytest.param(name, marks=[pytest.mark.long] * (name in LONG)) for name in SHIPPED])
def test_a_process_killed_before_or_after_any_write_costs_nothing(name: str) -> None:
    """Two sweeps later the world is the one without the crash, nothing is there twice, and nothing is owed."""
    found = list(scenes(shipped(name)))
    assert sum(len(scene.writes) for scene in found) > 10
    assert [wrong for scene in found for wrong in tried(scene, single(scene, KILLS))] == []


@pytest.mark.parametrize("name", BY_TURNS)
def test_a_process_killed_at_every_third_write_costs_nothing(name: str) -> None:
    """The same where of six writes one is killed before it, and one after it."""
    found = list(scenes(shipped(name)))
    by_turns = [[((index, KILLS[index // 3 % 2]),) for index in scene.writes if index % 3 == 1] for scene in found]
    tried_in_all = [fault for faults in by_turns for ((_, fault),) in faults]
    assert min(map(tried_in_all.count, KILLS)) > 5
    hit = [(scene, faults) for scene, faults in zip(found, by_turns, strict=True) if faults]
    assert [wrong for scene, faults in hit for wrong in tried(scene, faults)] == []


@pytest.mark.long
@pytest.mark.parametrize("fault", OTHERS)
@pytest.mark.parametrize("name", SHIPPED)
def test_any_write_that_goes_wrong_in_any_other_way_costs_nothing(name: str, fault: Fault) -> None:
    """The same for bad gateways, timeouts, dropped connections and limits, before and after the write applies."""
    assert [wrong for scene in scenes(shipped(name)) for wrong in tried(scene, single(scene, (fault,)))] == []


@pytest.mark.long
def test_two_faults_in_one_moment_cost_nothing() -> None:
    """Two writes go wrong, the second perhaps in a sweep after the first, when a reminder comes due: each is mended."""
    for scene in scenes(shipped("sev-1-rollback")):
        indices = range(scene.writes.start, scene.writes.stop + 3)
        pairs = [((a, one), (b, two)) for a, b in combinations(indices, 2) for one in PAIRED for two in PAIRED]
        assert tried(scene, list(pairs), 3 * HEALING) == []
