"""Lifecycles by seed, with faults: nothing is lost, nothing is there twice, and in the end nothing is owed.

Every assertion names its seed; `lifecycle(seed)` and `weather(seed)` replay it exactly.
"""

from collections.abc import Callable, Iterable

import pytest

from stanch.sandbox.scenario import Scenario
from tests.scenarios.lifecycles import lifecycle, told, untouched
from tests.scenarios.oracle import STATES, VERDICTS, differences, doubled, lasting, picture, verdicts, written_twice
from tests.scenarios.play import CALM, Played, Weather, play
from tests.scenarios.post import Post

ORDINARY, LONG, GROUP = 12, 2000, 6
RATE = 0.15
"""Of all requests, reads too."""

ON_COMMENTS = frozenset({"edits comment", "deletes comment"})
ON_THE_BOT = frozenset({"edits the bot's", "deletes the bot's"})
ON_THE_STATE = frozenset({"closes", "reopens"})
"""Acts that can make needless what a broken run did not get done before them: a command that was judged too late, a
notice that was not there yet, a state that did not last until the next look.
"""


def weather(seed: int) -> Weather:
    """Half of the seeds heal before each human act, half do not; a quarter of each sees only stale reads, and so on."""
    return Weather(seed, RATE, heals=seed % 2 == 0, lag=seed % 4 >= 2)


def groups(first: int, last: int) -> list[range]:
    """Seeds in handfuls, so that they spread over workers."""
    return [range(start, start + GROUP) for start in range(first, last, GROUP)]


def some(first: int) -> list[object]:
    """A few seeds at every change, and more of them in the long suite."""
    now, *later = groups(first, first + 4 * GROUP)
    return [pytest.param(now[::2]), *(pytest.param(seeds, marks=pytest.mark.long) for seeds in (now[1::2], *later))]


def owed(played: Played) -> list[str]:
    return [f"a further look still writes {write}"[:300] for write in played.last_look]


def whole(scenario: Scenario, calm: Played, other: Played) -> list[str]:
    """Where faults healed in time: any difference at all."""
    return differences(picture(calm), picture(other))


def what_lasts(scenario: Scenario, calm: Played, other: Played) -> list[str]:
    """Where they did not: what no act made needless."""
    parts = kept_for_sure(scenario, calm, other)
    return differences(*(lasting(picture(played), parts) for played in (calm, other)))


def kept_for_sure(scenario: Scenario, calm: Played, other: Played) -> frozenset[str]:
    """What must be the same in the end, whenever the broken runs were made good; empty where that is not known."""
    done = {step.does for step in scenario.steps}
    if calm.skipped != other.skipped or done & ON_THE_BOT or not judged_alike(rewritten(scenario), calm, other):
        return frozenset()
    return VERDICTS if done & ON_THE_STATE else VERDICTS | STATES


def rewritten(scenario: Scenario) -> list[str]:
    """The comments that somebody edited or deleted."""
    makers = {step.wish["as"]: f"<step-{n}>" for n, step in enumerate(scenario.steps) if "as" in step.wish}
    return [makers[step.wish["comment"]] for step in scenario.steps if step.does in ON_COMMENTS]


def judged_alike(comments: Iterable[str], calm: Played, other: Played) -> bool:
    """Whether both worlds judged these before they were rewritten, so that nothing else follows from that."""
    one, another = (verdicts(picture(played)) for played in (calm, other))
    return all(name in one and one[name] == another.get(name) for name in comments)


def assert_kept(seed: int, sky: Weather, lost: Callable[[Scenario, Played, Played], list[str]]) -> None:
    scenario = lifecycle(seed)
    calm, other = play(scenario, CALM), play(scenario, sky)
    for played in (calm, other):
        found = [*doubled(played), *written_twice(played), *owed(played)]
        assert found == [], f"seed {seed}, {played.weather}\n{told(scenario)}"
    assert lost(scenario, calm, other) == [], f"seed {seed}, {sky}\n{told(scenario)}"


def check(seeds: range) -> None:
    for seed in seeds:
        sky = weather(seed)
        assert_kept(seed, sky, whole if sky.heals else what_lasts)


@pytest.mark.parametrize("seeds", groups(0, ORDINARY), ids=str)
def test_no_fault_loses_or_doubles_anything(seeds: range) -> None:
    """One request in seven fails: what heals in time leaves no trace, and the rest loses only what became needless."""
    check(seeds)


def test_losses_are_looked_for_in_most_lives_that_do_not_heal() -> None:
    """A comparison that always finds a reason not to be made would prove nothing."""
    seeds = [seed for seed in range(12) if not weather(seed).heals]
    plays = [(lifecycle(seed), play(lifecycle(seed), CALM), play(lifecycle(seed), weather(seed))) for seed in seeds]
    assert len([one for one in plays if kept_for_sure(*one)]) > len(seeds) / 2


@pytest.mark.long
@pytest.mark.parametrize("seeds", groups(ORDINARY, LONG), ids=str)
def test_no_fault_loses_or_doubles_anything_in_two_thousand_lives(seeds: range) -> None:
    """The same, well over a hundred times as often."""
    check(seeds)


@pytest.mark.parametrize("seeds", some(5000), ids=str)
def test_reads_that_lag_one_write_behind_double_nothing(seeds: range) -> None:
    """Nothing fails, but no read ever sees the last write: the world is the same, and nothing was written twice."""
    for seed in seeds:
        assert_kept(seed, Weather(lag=True), whole)


@pytest.mark.parametrize("seeds", some(6000), ids=str)
def test_two_runs_that_race_leave_one_visible_effect(seeds: range) -> None:
    """Each look is overtaken by another one between its read and its writes: the older copy stays, the other folds."""
    for seed in seeds:
        scenario = untouched(lifecycle(seed))
        calm, raced = play(scenario, CALM), play(scenario, Weather(races=True))
        assert [*doubled(raced), *owed(raced), *whole(scenario, calm, raced)] == [], f"seed {seed}\n{told(scenario)}"


@pytest.mark.parametrize("seeds", some(7000), ids=str)
def test_events_that_are_lost_doubled_or_shuffled_end_in_the_same_world(seeds: range) -> None:
    """The post loses a fifth, brings a fifth twice and holds half of it back; the sweeps make up for it."""
    for seed in seeds:
        scenario = lifecycle(seed)
        calm, other = play(scenario, CALM), play(scenario, CALM, Post(seed))
        found = [*doubled(other), *written_twice(other), *owed(other), *whole(scenario, calm, other)]
        assert found == [], f"seed {seed}\n{told(scenario)}"


def test_the_same_seed_is_the_same_life() -> None:
    """A seed that failed can be looked at again: it makes the same faults and the same world."""
    once, again = (play(lifecycle(3), weather(3)) for _ in range(2))
    assert once.world.faults.fired == again.world.faults.fired
    assert once.world.dump() == again.world.dump()
    assert once.broken > 0
