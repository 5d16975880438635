"""Two runs of the gate at once: what both did is there once in the end."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, cast

import pytest

from stanch.app.desk import ReadsPulls
from stanch.app.gate import gate
from stanch.app.stage import stage
from stanch.app.sweep import sweep
from stanch.core.writes import SetStatus
from stanch.sandbox import branches
from stanch.sandbox.rights import BOT, Caller
from tests.gated import BODY, BRANCH, Hotfix, harbour, hotfix


@dataclass
class Overtaken:
    """A reader after whose nth look at the pull request another run carries it to its end."""

    pulls: ReadsPulls
    other: Callable[[], object]
    left: int = 1

    def __getattr__(self, name: str) -> Any:
        return getattr(self.pulls, name)

    def pull(self, number: int) -> Any:
        found = self.pulls.pull(number)
        self.left -= 1
        if self.left == 0:
            self.other()
        return found


@pytest.fixture
def found() -> Iterator[Hotfix]:
    """A hotfix that nobody has looked at."""
    with stage(harbour()) as connected:
        yield hotfix(connected).opened()


def raced(one: Hotfix, turn: int = 1) -> None:
    desk = one.stage.desk()
    other = one.stage.desk()
    gate(
        replace(desk, pulls=cast("ReadsPulls", Overtaken(desk.pulls, lambda: gate(other, one.number), turn))),
        one.number,
    )


def settled(one: Hotfix) -> None:
    """Two sweeps have come by, and the second one had nothing to do."""
    for _ in range(2):
        one.world.clock.advance(minutes=5)
        writes = [write for outcome in sweep(one.stage.desk()) for write in outcome.writes]
    assert writes == []


@pytest.mark.parametrize("turn", [1, 2])
def test_a_first_look_that_is_overtaken_leaves_one_card(found: Hotfix, turn: int) -> None:
    """The second copy is folded away, and the status is the one that both found."""
    raced(found, turn)
    settled(found)
    assert (found.keys(found.number), found.state) == ([f"{found.number}/card"], "failure")


@pytest.mark.parametrize("turn", [1, 2])
@pytest.mark.parametrize("green", [True, False])
def test_a_merge_that_two_runs_see_is_told_once(found: Hotfix, turn: int, green: bool) -> None:
    """One notice here and one on the incident, one root-cause issue and one review that is owed, if any is."""
    if green:
        found.green()
    found.world.person("alex").merges(found.number, "squash")
    raced(found, turn)
    settled(found)
    keys = [key for number in (found.number, found.incident) for key in found.keys(number)]
    assert (keys.count(f"{found.number}/merged"), keys.count(f"{found.incident}/merged/{found.number}")) == (1, 1)
    assert len([one for one in found.children("root-cause") if one.state == "open"]) == 1
    assert len([one for one in found.children("review-owed") if one.state == "open"]) == int(not green)
    assert (
        len([one for one in found.issue.comments if one.author == BOT and "/card" in one.body and not one.minimized])
        == 1
    )


def same_head(one: Hotfix, branch: str, head: str, body: str = "A better name.") -> int:
    """Another pull request, by the same writer, from a branch with the same head."""
    branches.push(one.world, one.world.repository(), Caller("jordan"), branch, [], head)
    return one.world.person("jordan").opens_pull("Tidy up", body, branch)


@pytest.mark.parametrize("first", [True, False])
def test_what_is_no_hotfix_opens_no_way_to_a_hotfix_with_the_same_head(first: bool) -> None:
    """A status belongs to a commit: neither an event of the other pull request nor a sweep turns a red one green."""
    with stage(harbour()) as connected:
        found = hotfix(connected)
        if first:
            found.opened().look()
            other = same_head(found, "feature/names", found.head)
        else:
            found.opened("A better name.", branch="feature/names").look()
            other, head = found.number, found.head
            found.number = same_head(found, BRANCH, head, BODY.replace("{incident}", str(found.incident)))
            found.look()
        gate(connected.desk(), other)
        assert found.state == "failure"
        for _ in range(2):
            found.world.clock.advance(minutes=5)
            writes = [write for outcome in sweep(connected.desk()) for write in outcome.writes]
            assert [write for write in writes if isinstance(write, SetStatus) and write.state == "success"] == []
        found.world.person("jordan").closes(found.number)
        gate(connected.desk(), other)
        assert found.state == "success"
