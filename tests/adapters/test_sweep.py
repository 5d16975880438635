"""The sweep's reads: how many, how large, each issue once, and smaller pages when GitHub gives up."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from stanch.adapters.reader import Reader
from stanch.adapters.round import PAGE, Watch
from stanch.core.errors import NotReadable
from tests.adapters.loopback import Canned, Loopback, listening
from tests.adapters.samples import COMMENT, RULES, issue

OPEN = Watch("sev-1")


@dataclass
class Shelf:
    """Answers the documents for some issue numbers under each label; refuses pages larger than `most`."""

    labels: dict[str, list[int]]
    most: int = PAGE
    gone: frozenset[int] = frozenset()
    pages: list[int] = field(default_factory=list)
    refusal: Canned = field(default_factory=lambda: Canned(502))

    def __call__(self, body: Any) -> Canned:
        asked = body["variables"]
        numbers = [asked[f"n{i}"] for i in range(len(asked)) if f"n{i}" in asked]
        self.pages.append(len(numbers))
        if len(numbers) > self.most:
            return self.refusal
        nodes = {f"t{i}": self.node(n) for i, n in enumerate(numbers)}
        indexes = {f"i{i}": self.index(asked, i) for i in range(len(asked)) if f"l{i}" in asked}
        missing = [
            {"type": "NOT_FOUND", "path": ["repository", f"t{i}"], "message": "gone"}
            for i, n in enumerate(numbers)
            if n in self.gone
        ]
        return Canned(body={"data": {"repository": RULES | nodes | indexes}, "errors": missing})

    def node(self, number: int) -> dict[str, Any] | None:
        return None if number in self.gone else issue(number=number)

    def index(self, asked: dict[str, Any], i: int) -> dict[str, Any]:
        numbers = self.labels[asked[f"l{i}"][0]]
        start = int(asked[f"c{i}"] or 0)
        more = start + 100 < len(numbers)
        return {
            "nodes": [{"number": n} for n in numbers[start : start + 100]],
            "pageInfo": {"hasNextPage": more, "endCursor": str(start + 100) if more else None},
        }


def swept(shelf: Shelf, watches: Sequence[Watch] = (OPEN,)) -> tuple[list[int], Loopback]:
    with listening(shelf) as github:
        client = github.client()
        found = [thread.number for _, thread in Reader(client, "team", "shop").threads(watches)]
        client.close()
    return found, github


@pytest.mark.parametrize("count", [0, 1, 49, 50, 51, 100, 101, 250, 1000])
def test_a_sweep_reads_pages_of_fifty(count: int) -> None:
    """One read for the rules and the first index page, then one for each fifty issues, each issue once."""
    numbers = list(range(1, count + 1))
    shelf = Shelf({"sev-1": numbers})
    found, _ = swept(shelf)
    assert found == numbers
    assert len(shelf.pages) == 1 + -(-count // PAGE)


def test_an_issue_with_two_labels_is_read_once() -> None:
    """Labels overlap; numbers do not repeat."""
    shelf = Shelf({"sev-1": list(range(1, 151)), "post-mortem": list(range(100, 301))})
    found, _ = swept(shelf, [OPEN, Watch("post-mortem")])
    assert sorted(found) == list(range(1, 301))
    assert len(shelf.pages) == 1 + 300 // PAGE


def test_nothing_to_watch_is_one_read() -> None:
    """A sweep without labels still reads the rules, and nothing else."""
    shelf = Shelf({})
    assert swept(shelf, [])[0] == []
    assert shelf.pages == [0]


@pytest.mark.parametrize(
    "refusal",
    [
        Canned(502),
        Canned(504),
        Canned(body={"data": None, "errors": [{"type": "RESOURCE_LIMITS_EXCEEDED", "message": "too much"}]}),
        Canned(body={"errors": [{"message": "Something went wrong while executing your query."}]}),
    ],
    ids=["502", "504", "resource limits", "timeout"],
)
def test_a_page_that_github_gives_up_on_is_halved(refusal: Canned) -> None:
    """Half as many threads are asked, none is lost, and the page grows again slowly."""
    shelf = Shelf({"sev-1": list(range(1, 101))}, most=12, refusal=refusal)
    found, _ = swept(shelf)
    assert found == list(range(1, 101))
    assert shelf.pages[:5] == [0, 50, 25, 12, 17]


def test_pages_halve_down_to_one() -> None:
    """Issues so heavy that GitHub shows them one by one are read one by one."""
    shelf = Shelf({"sev-1": [1, 2, 3, 4, 5, 6, 7]}, most=1)
    assert swept(shelf)[0] == [1, 2, 3, 4, 5, 6, 7]


def test_an_issue_that_github_cannot_show_alone_fails_the_sweep() -> None:
    """At one thread a page there is nothing to halve: three tries, then the read has failed."""
    shelf = Shelf({"sev-1": [1, 2]}, most=0)
    with listening(shelf) as github:
        client = github.client()
        with pytest.raises(NotReadable):
            list(Reader(client, "team", "shop").threads([OPEN]))
        client.close()
    assert shelf.pages == [0, 2, 1, 1, 1]


def test_an_issue_that_vanishes_meanwhile_is_left_out() -> None:
    """Deleted or transferred between the index and its page: the others are still read."""
    shelf = Shelf({"sev-1": [1, 2, 3]}, gone=frozenset({2}))
    assert swept(shelf)[0] == [1, 3]


def test_a_watch_names_its_label_states_and_time() -> None:
    """The bound of the last update goes out in UTC, whichever zone it was given in."""
    since = datetime(2026, 3, 14, 9, 30, tzinfo=timezone(timedelta(hours=2)))
    watch = Watch("sev-1", ("OPEN", "CLOSED"), since)
    _, github = swept(Shelf({"sev-1": [], "drill": []}), [watch, Watch("drill")])
    asked = github.bodies[0]["variables"]
    assert (asked["owner"], asked["name"]) == ("team", "shop")
    assert (asked["l0"], asked["s0"], asked["u0"], asked["c0"]) == (
        ["sev-1"],
        ["OPEN", "CLOSED"],
        "2026-03-14T07:30:00Z",
        None,
    )
    assert (asked["l1"], asked["s1"], asked["u1"]) == (["drill"], ["OPEN"], None)


def test_one_page_is_read_at_a_time() -> None:
    """The next page is asked only when the last thread of this one was taken."""
    shelf = Shelf({"sev-1": list(range(1, 101))})
    with listening(shelf) as github:
        client = github.client()
        threads = Reader(client, "team", "shop").threads([OPEN])
        for _ in range(PAGE):
            next(threads)
        assert len(shelf.pages) == 2
        assert next(threads)[1].number == PAGE + 1
        assert len(shelf.pages) == 3
        client.close()


def more(items: Sequence[object], after: str | None) -> Canned:
    connection = issue(*items, after=after)["timelineItems"]
    return Canned(body={"data": {"repository": {"issue": {"timelineItems": connection}}}})


def test_a_long_thread_costs_one_read_per_hundred_items() -> None:
    """The first hundred come with the thread, the others by cursor, in order."""
    items = [COMMENT | {"fullDatabaseId": str(n)} for n in range(250)]
    first = {"data": {"repository": RULES | {"t0": issue(*items[:100], after="a")}}}
    with listening(Canned(body=first), more(items[100:200], "b"), more(items[200:], None)) as github:
        client = github.client()
        reader = Reader(client, "team", "shop")
        repository, thread = reader.thread(12)
        client.close()
    assert [comment.id for comment in thread.comments] == list(range(250))
    assert repository.full_name == "team/shop"
    assert reader.reads == 3
    assert [body["variables"].get("after") for body in github.bodies] == [None, "a", "b"]


def test_a_page_that_fails_fails_the_whole_thread() -> None:
    """Half a timeline is none."""
    first = {"data": {"repository": RULES | {"t0": issue(COMMENT, after="a")}}}
    with listening(Canned(body=first), *[Canned(502)] * 3) as github:
        client = github.client()
        with pytest.raises(NotReadable):
            Reader(client, "team", "shop").thread(12)
        client.close()
