"""The workflow runs of commits, asked in one read; and a token that may not see them."""

from datetime import UTC, datetime

import pytest

from stanch.core.errors import Forbidden
from stanch.core.runs import SUITES, End, EndedRun, Runs
from stanch.sandbox.rights import DEFAULT_PERMISSIONS
from stanch.sandbox.world import World
from tests.contract.scenes import connected, shop

AT = datetime(2026, 3, 14, 2, 5, tzinfo=UTC)
DEPLOY = ".github/workflows/deploy.yml"


def ran(world: World, conclusion: str = "failure", path: str = DEPLOY) -> str:
    """A push, and a workflow run on it that takes five minutes; returns the commit."""
    alex = world.person("alex")
    sha = alex.pushes("cart.py", f"{path} {conclusion}")
    run = alex.starts_run(sha, path, event="push")
    world.clock.advance(minutes=5)
    alex.finishes_run(run, conclusion)
    return sha


def test_how_the_workflows_on_a_commit_ended() -> None:
    """One read; when, which, how, by what, and the run's own page."""
    world = shop()
    sha = ran(world)
    with connected(world) as github:
        found = github.reader.runs([sha])
        assert github.reader.reads == 1
    (number,) = world.repository().runs
    page = f"{world.html_url}/team/shop/actions/runs/{number}"
    assert found == Runs((EndedRun("deploy", DEPLOY, "push", End.FAILED, AT, page, sha),), asked=1)


def test_twenty_commits_are_one_read() -> None:
    """Each with its own runs; one that GitHub does not know is unknown, one without a run has none."""
    world = shop()
    commits = [ran(world, "success" if n % 2 else "timed_out") for n in range(18)]
    bare = world.person("alex").pushes("cart.py", "bare")
    with connected(world) as github:
        found = github.reader.runs([*commits, bare, "0" * 40])
        assert github.reader.reads == 1
    assert [(one.sha, one.end) for one in found.found] == [
        (sha, End.SUCCEEDED if n % 2 else End.TIMED_OUT) for n, sha in enumerate(commits)
    ]
    assert (found.asked, found.unread, found.more) == (20, 1, 0)


def test_the_first_suites_are_read_and_it_is_said_that_there_are_more() -> None:
    """What a push sets off comes before what a timer adds hour by hour."""
    world = shop()
    sha, alex = ran(world), world.person("alex")
    for _ in range(SUITES):
        alex.finishes_run(alex.starts_run(sha, ".github/workflows/hourly.yml", event="schedule"))
    with connected(world) as github:
        found = github.reader.runs([sha])
    assert (len(found.found), found.found[0].name, found.more) == (SUITES, "deploy", 1)


def test_another_apps_suite_is_no_run() -> None:
    """It has no page of its own to lead to."""
    world = shop()
    sha = ran(world, path="")
    with connected(world) as github:
        assert github.reader.runs([sha]) == Runs((), asked=1)


@pytest.mark.parametrize("missing", ["checks", "actions"])
def test_without_the_permission_the_read_fails(missing: str) -> None:
    """Both are needed: one for the suites, one for the runs behind them."""
    world = shop({name: may for name, may in DEFAULT_PERMISSIONS.items() if name != missing})
    sha = ran(world)
    with connected(world) as github, pytest.raises(Forbidden):
        github.reader.runs([sha])


def test_without_contents_every_commit_is_unknown() -> None:
    """GitHub answers null, without a word."""
    world = shop({name: may for name, may in DEFAULT_PERMISSIONS.items() if name != "contents"})
    sha = ran(world)
    with connected(world) as github:
        assert github.reader.runs([sha]) == Runs((), asked=1, unread=1)
