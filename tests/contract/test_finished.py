"""What linked work came to: asked by number, and once for a whole page of a sweep."""

from collections.abc import Iterable
from datetime import UTC, datetime

from stanch.adapters.round import Watch
from stanch.core.thread import Repository, Thread
from stanch.sandbox.world import World
from tests.contract.scenes import connected, shop

AT = datetime(2026, 3, 14, 2, tzinfo=UTC)


def works(world: World) -> dict[str, int]:
    """Issues and pull requests in every state."""
    alex = world.person("alex")
    names = ("open", "done", "given up", "a duplicate", "reopened")
    found = {name: alex.opens(name) for name in names}
    pulls = ("a pull", "merged", "closed unmerged")
    found |= {name: alex.opens_pull(name, "", f"branch-{n}") for n, name in enumerate(pulls)}
    for name in ("done", "reopened", "closed unmerged"):
        alex.closes(found[name])
    alex.reopens(found["reopened"])
    alex.closes(found["given up"], "not_planned")
    alex.closes(found["a duplicate"], "duplicate")
    alex.merges(found["merged"])
    return found


def test_what_is_closed_as_done_and_what_is_merged_is_done() -> None:
    """With when it was; one read for all of them. What does not exist is left out."""
    world = shop()
    found = works(world)
    with connected(world) as github:
        told = github.reader.finished([*found.values(), 999])
        assert github.reader.reads == 1
    assert {name: told[number] for name, number in found.items()} == {
        "open": None,
        "done": AT,
        "given up": None,
        "a duplicate": None,
        "reopened": None,
        "a pull": None,
        "merged": AT,
        "closed unmerged": None,
    }
    assert len(told) == len(found)


def test_nothing_is_asked_of_nothing_and_a_hundred_at_once() -> None:
    """No read without a number, two for a hundred and one."""
    with connected(shop()) as github:
        assert github.reader.finished([]) == {}
        assert github.reader.reads == 0
        assert github.reader.finished(range(1, 102)) == {}
        assert github.reader.reads == 2


def asks_for_all(_repository: Repository, thread: Thread) -> Iterable[int]:
    """What stands in the body, as a number each."""
    return (int(word) for word in thread.body.split())


def test_a_page_of_a_sweep_asks_once() -> None:
    """Sixty threads are two pages: two reads more, whatever each thread asks afterwards."""
    world = shop()
    alex = world.person("alex")
    done = alex.opens("Done")
    alex.closes(done)
    for n in range(60):
        alex.opens(f"Thread {n}", f"{done} 1{n:02}", labels=["sev-1"])
    with connected(world) as github:
        sweep = github.reader.threads([Watch("sev-1")], linked=asks_for_all)
        told = [github.reader.finished(asks_for_all(*found)).get(done) for found in sweep]
        assert len(told) == 60
        assert all(told)
        assert github.reader.reads == 1 + 2 + 2


def test_a_page_without_links_asks_nothing() -> None:
    """The sweep costs what it did before."""
    world = shop()
    world.person("alex").opens("Thread", "", labels=["sev-1"])
    with connected(world) as github:
        assert len(list(github.reader.threads([Watch("sev-1")], linked=asks_for_all))) == 1
        assert github.reader.reads == 2
