"""`stanch watch` while GitHub answers badly: it goes on as long as that helps, and costs no more than a shift."""

import json

import pytest

from stanch.app.stage import stage
from stanch.core.errors import Forbidden
from stanch.sandbox.exchange import Raw, Request
from tests.app.rig import Mood, reply
from tests.app.watched import Watched, look, minute, runs, world_with_a_watcher

JSON = {"Content-Type": "application/json"}
ODD: Raw = (200, JSON, json.dumps({"data": None, "errors": [{"message": "Odd", "path": ["repository"]}]}).encode())


def numbers(asked: Request) -> list[int]:
    """The threads that a read asks for by number."""
    found = json.loads(asked.body)["variables"] if asked.is_graphql else {}
    return [value for name, value in found.items() if name[0] == "n" and name[1:].isdigit()]


@pytest.fixture
def world() -> Mood:
    return world_with_a_watcher()


def test_what_cannot_be_read_keeps_no_chain_of_watchers_alive(world: Mood) -> None:
    """Nobody can tell whether it burns, nor when its minutes are used up: one shift, then the next event decides."""
    with stage(world) as set_:
        world.person("alex").opens("Down", labels=("sev-1",))
        world.says = lambda asked: ODD if 1 in numbers(asked) else None
        watched = Watched(set_).to_the_end()
        assert runs(world) == []
        assert watched.ended is not None
        assert not watched.ended.handed_over
        assert 12 <= minute(world) <= 14


def test_a_watcher_that_has_seen_a_deadline_is_followed_whatever_it_reads_later(world: Mood) -> None:
    """And whoever follows it goes on once the incident can be read again."""
    with stage(world) as set_:
        world.person("alex").opens("Down", labels=("sev-1",))
        look(set_)
        world.person("alex").finishes_run(next(iter(world.repository().runs)))
        watched = Watched(set_)
        for _ in watched.works():
            world.says = lambda asked: ODD if 1 in numbers(asked) and minute(world) < 20 else None
        assert watched.ended is not None
        assert watched.ended.handed_over
        assert runs(world) == ["completed", "queued"]
        second = Watched(set_)
        for _ in second.works():
            pass
        assert [key for key, _ in second.said]


def test_a_list_that_github_gives_up_on_is_asked_for_in_smaller_parts(world: Mood) -> None:
    """Two incidents are too much for one read: the watcher reads one with the list, and the other after it."""
    with stage(world) as set_:
        for title in ("Down", "Slow"):
            look(set_, world.person("alex").opens(title, labels=("sev-1",)))
        world.says = lambda asked: reply(502) if len(numbers(asked)) > 1 else None
        watched = Watched(set_).to_the_end()
        failed = [one for one in watched.outcomes if one.uncertain]
        assert len(failed) == 1
        assert {key.split("/")[0] for key, _ in watched.said} == {"1", "2"}


def test_an_unclear_answer_at_the_hand_over_is_made_clear(world: Mood) -> None:
    """Its successor was cancelled, and GitHub does not say whether the next one is started: it asks once more."""
    with stage(world) as set_:
        world.person("alex").opens("Down", labels=("sev-1",))
        look(set_)
        (first,) = world.repository().runs
        failed: list[float] = []

        def once(asked: Request) -> Raw | None:
            if asked.method == "POST" and asked.path.endswith("/dispatches") and not failed:
                failed.append(minute(world))
                return reply(502)
            return None

        watched = Watched(set_)
        for _ in watched.works():
            if minute(world) > 8 and not failed:
                if runs(world)[0] != "completed":
                    world.person("alex").finishes_run(first)
                world.says = once
        assert len(failed) == 1
        assert watched.ended is not None
        assert watched.ended.handed_over
        assert runs(world) == ["completed", "queued"]


@pytest.mark.parametrize("status", [401, 403])
def test_a_token_that_is_refused_for_a_minute_ends_no_watch(world: Mood, status: int) -> None:
    """GitHub has such minutes; a token that may read nothing at first is told at once."""
    with stage(world) as set_:
        world.person("alex").opens("Down", labels=("sev-1",))
        look(set_)
        watched = Watched(set_)
        for _ in watched.works():
            refused = 2 <= minute(world) <= 3
            world.says = lambda asked, refused=refused: reply(status) if asked.is_graphql and refused else None
        assert watched.ended is not None
        assert watched.ended.handed_over
        world.says = lambda asked: reply(status) if asked.is_graphql else None
        with pytest.raises(Forbidden):
            Watched(set_).to_the_end()
