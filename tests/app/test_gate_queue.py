"""The merge queue: a group is green only when every pull request in it is, and what is unknown is an error."""

from collections.abc import Iterator

import pytest

from stanch.adapters.payload import Trigger
from stanch.app.gate_events import react
from stanch.app.road import Outcome
from stanch.app.stage import stage
from stanch.core.gate import CONTEXT
from stanch.sandbox.exchange import Raw, Request
from tests.app.rig import Mood, reply
from tests.gated import Hotfix, harbour, hotfix


@pytest.fixture
def found() -> Iterator[Hotfix]:
    """An incident, whose hotfix is still to be opened."""
    with stage(harbour(kind=Mood)) as connected:
        yield hotfix(connected)


def checked(one: Hotfix, sha: str) -> Outcome:
    """The run that the queue asks for."""
    (outcome,) = react(one.stage.desk(), Trigger("merge_group", "checks_requested", sha=sha, branch="refs/heads/main"))
    return outcome


def said(one: Hotfix, sha: str) -> str:
    found = [status.state for status in one.world.repository().statuses.get(sha, ()) if status.context == CONTEXT]
    return found[-1] if found else ""


def test_a_green_hotfix_lands_through_the_queue(found: Hotfix) -> None:
    """The status stands on the group's own head, and costs the queue and two reads."""
    found.opened().green()
    sha = found.world.person("jordan").queues(found.number)
    outcome = checked(found, sha)
    assert (said(found, sha), outcome.exit_code) == ("success", 0)
    found.world.person("jordan").lands(found.number)
    found.look()
    assert found.children("review-owed") == []


def test_a_red_hotfix_does_not(found: Hotfix) -> None:
    """Whatever somebody told GitHub about its own head."""
    found.opened().look()
    found.world.person("jordan").reports(found.head, "success", CONTEXT)
    sha = found.world.person("jordan").queues(found.number)
    checked(found, sha)
    assert said(found, sha) == "failure"


def test_what_was_green_when_it_was_queued_is_judged_again(found: Hotfix) -> None:
    """A change was requested since."""
    found.opened().green()
    sha = found.world.person("jordan").queues(found.number)
    found.world.person("sam").requests_changes(found.number)
    checked(found, sha)
    assert said(found, sha) == "failure"


def test_what_is_no_hotfix_lands(found: Hotfix) -> None:
    """At once."""
    found.opened("A better name.", branch="feature/names").look()
    sha = found.world.person("jordan").queues(found.number)
    checked(found, sha)
    assert said(found, sha) == "success"


def test_a_group_that_nobody_knows_is_an_error(found: Hotfix) -> None:
    """It left the queue, or never was in it: the status says error, and the run ends with 3 and says why."""
    found.opened().green()
    sha = found.world.person("jordan").queues(found.number)
    found.world.person("jordan").leaves_queue(found.number)
    outcome = checked(found, sha)
    assert (said(found, sha), outcome.exit_code, len(outcome.owed)) == ("error", 3, 1)


@pytest.mark.parametrize("part", ["query Pull(", "query Beside("])
def test_a_pull_request_that_cannot_be_read_makes_its_group_an_error(found: Hotfix, part: str) -> None:
    """The first read or the second one: a group waits for nothing, and is not green."""
    found.opened().green()
    sha = found.world.person("jordan").queues(found.number)

    def broken(asked: Request) -> Raw | None:
        return reply(502) if asked.is_graphql and part in asked.body.decode() else None

    assert isinstance(found.world, Mood)
    found.world.says = broken
    outcome = checked(found, sha)
    assert (said(found, sha), outcome.exit_code) == ("error", 3)


def test_one_red_one_keeps_a_whole_group_red(found: Hotfix) -> None:
    """A group of two: the second one's head is judged with all that would be merged before it."""
    found.opened().green()
    jordan = found.world.person("jordan")
    red = jordan.opens_pull("Another", f"Incident: #{found.incident}", "hotfix/another", files={"a.py": "1\n"})
    found.world.person("jordan").queues(found.number)
    sha = jordan.queues(red)
    checked(found, sha)
    assert said(found, sha) == "failure"
    first = found.world.repository().branches[found.issue.pull.queued or ""] if found.issue.pull else ""
    checked(found, first)
    assert said(found, first) == "success"


def test_what_stands_before_it_in_the_queue_is_in_its_group(found: Hotfix) -> None:
    """A green one behind a red one would bring the red one along."""
    jordan = found.world.person("jordan")
    red = jordan.opens_pull("Another", f"Incident: #{found.incident}", "hotfix/another", files={"a.py": "1\n"})
    found.opened().green()
    jordan.queues(red)
    sha = jordan.queues(found.number)
    checked(found, sha)
    assert said(found, sha) == "failure"


def test_a_group_that_is_gone_is_not_judged_by_the_others(found: Hotfix) -> None:
    """Another one waits in the queue and is green; that says nothing about this head."""
    found.opened("A better name.", branch="feature/names").look()
    jordan = found.world.person("jordan")
    other = jordan.opens_pull("Another", "Words", "feature/words", files={"a.py": "1\n"})
    sha = jordan.queues(found.number)
    jordan.queues(other)
    jordan.leaves_queue(found.number)
    checked(found, sha)
    assert said(found, sha) == "error"
