"""What a run knows of the watcher: the runs that have not ended, asked for once."""

import json

import pytest

from stanch.app.stage import stage
from stanch.core.errors import GitHubError, NoSuchThread, NotReadable
from stanch.core.watchers import Watchers
from tests.app.rig import Mood, reply
from tests.app.watched import world_with_a_watcher


@pytest.mark.parametrize(
    ("statuses", "running", "waiting"),
    [
        ((), False, False),
        (("completed", "completed"), False, False),
        (("in_progress",), True, False),
        (("completed", "in_progress", "queued"), True, True),
        (("pending",), False, True),
        (("waiting",), False, True),
        (("requested",), False, True),
        (("completed", None), False, False),
        (("something new",), False, True),
    ],
)
def test_whatever_has_no_runner_and_has_not_ended_waits(
    statuses: tuple[str | None, ...], running: bool, waiting: bool
) -> None:
    """GitHub has several words for that, and may find more."""
    world = world_with_a_watcher()
    rows = [{"id": n, "status": status} for n, status in enumerate(statuses)]
    body = json.dumps({"total_count": len(rows), "workflow_runs": rows}).encode()
    world.says = lambda asked: (200, {}, body) if "/workflows/" in asked.path else None
    with stage(world) as set_:
        desk = set_.desk()
        assert desk.reader.watchers() == Watchers(running, waiting)
        assert Watchers(running, waiting).there is (running or waiting)


def test_it_is_asked_once_and_a_start_is_remembered() -> None:
    """A list that lags behind it starts no second one in the same run."""
    world = world_with_a_watcher()
    with stage(world) as set_:
        desk = set_.desk()
        assert desk.vigil.watchers(desk.reader) == Watchers()
        desk.vigil.started()
        assert desk.vigil.watchers(desk.reader) == Watchers(waiting=True)
        assert world.counts.kinds["list workflow runs"] == 1


@pytest.mark.parametrize(("status", "problem"), [(404, NoSuchThread), (500, NotReadable), (403, GitHubError)])
def test_where_it_cannot_be_told_there_is_none(status: int, problem: type[GitHubError]) -> None:
    """Rather a reminder twice than none."""
    world: Mood = world_with_a_watcher()
    world.says = lambda asked: reply(status) if "/workflows/" in asked.path else None
    with stage(world) as set_:
        desk = set_.desk()
        with pytest.raises(problem):
            desk.reader.watchers()
        assert desk.vigil.watchers(desk.reader) == Watchers()
