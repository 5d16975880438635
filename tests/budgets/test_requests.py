"""What a look, an event and a sweep ask of GitHub, counted at the embedded one."""

import math

import pytest

from stanch.app import road
from stanch.app.road import PASSES, Outcome, carry
from stanch.app.stage import Stage, stage
from stanch.app.sweep import sweep
from tests.budgets.crowd import crowd, harbour
from tests.budgets.meter import Bill, Meter

PAGE = 50
MOST_POINTS = 2


def looked(desks: Stage, number: int = 1) -> tuple[Bill, Outcome]:
    """One run on one issue."""
    meter = Meter(desks.world)
    outcome = carry(desks.desk(), number)
    return meter.bill(), outcome


def swept(desks: Stage) -> tuple[Bill, int]:
    """One sweep, and how many threads it looked at."""
    meter = Meter(desks.world)
    threads = sum(1 for _ in sweep(desks.desk()))
    return meter.bill(), threads


def test_a_quiet_look_is_one_read() -> None:
    """Where everything is done, one GraphQL request of one point finds that out, and nothing is written."""
    with crowd(1) as desks:
        bill, outcome = looked(desks)
        assert (bill.reads, bill.writes, bill.points, outcome.writes) == (1, 0, 1, ())


@pytest.mark.parametrize(("remarks", "reads"), [(50, 1), (120, 2), (250, 3)])
def test_a_long_thread_is_one_read_per_hundred_items(remarks: int, reads: int) -> None:
    """A quiet look at a thread costs one request for each hundred items of its timeline."""
    with crowd(1) as desks:
        sam = desks.world.person("sam")
        for _ in range(remarks):
            sam.comments(1, "Still looking.")
        assert math.ceil(len(desks.world.issue(1).items) / 100) == reads
        bill, _ = looked(desks)
        assert (bill.reads, bill.writes, bill.points) == (reads, 0, reads)


@pytest.mark.parametrize(
    ("who", "text", "asked"),
    [
        ("morgan", "I see it too.", 0),
        ("jordan", "/ack", 1),
        ("sam", "/contain rollback to 4f1c09e", 1),
        ("sam", "/status mitigated Payments go through again.", 1),
        ("jordan", "/resovle", 1),
        ("jordan", "/lead @sam\n/verify failure\n/verify neighbours", 1),
    ],
)
def test_an_event_is_one_read_per_pass_and_the_planned_writes(who: str, text: str, asked: int) -> None:
    """A comment costs at most three reads of the thread, one question about its author, and what is planned."""
    with crowd(1) as desks:
        desks.world.clock.advance(minutes=1)
        desks.world.person(who).comments(1, text)
        bill, outcome = looked(desks)
        assert bill.kinds["get permission"] == asked
        assert bill.reads == bill.kinds["Threads"] + asked
        assert bill.kinds["Threads"] <= (PASSES if outcome.writes else 1)
        assert bill.writes == len(outcome.writes)
        assert bill.points <= MOST_POINTS * bill.kinds["Threads"]


def test_a_declaration_is_a_card_and_a_call() -> None:
    """A label costs three reads and one question; the card is written twice, since it remembers the call."""
    world = harbour()
    with stage(world) as desks:
        world.person("alex").opens("Checkout is down", "Every payment fails.", labels=["sev-1"])
        bill, outcome = looked(desks)
        assert (bill.kinds["Threads"], bill.kinds["get permission"], bill.reads) == (3, 1, 4)
        assert (bill.kinds["create comment"], bill.kinds["edit comment"]) == (2, 1)
        assert bill.writes == len(outcome.writes) == 3


def test_closing_looks_once_for_a_post_mortem() -> None:
    """Before the post-mortem is created, one read looks whether it is there."""
    with crowd(1) as desks:
        desks.world.person("jordan").closes(1)
        bill, outcome = looked(desks)
        assert bill.kinds["Children"] == 1
        assert bill.reads == bill.kinds["Threads"] + 1
        assert bill.kinds["Threads"] <= PASSES
        assert bill.writes == len(outcome.writes)
        assert looked(desks)[0].reads == 1


def test_a_post_mortem_asks_once_for_workflow_runs() -> None:
    """One read of one point more, where a commit is named; the look after it is one read again."""
    with crowd(1) as desks:
        for _ in range(3):
            desks.world.person("sam").deploys()
        quiet, _ = looked(desks)
        assert (quiet.reads, quiet.kinds["Runs"]) == (1, 0)
        desks.world.person("jordan").closes(1)
        bill, outcome = looked(desks)
        assert (bill.kinds["Runs"], bill.kinds["Children"]) == (1, 1)
        assert bill.reads == bill.kinds["Threads"] + 2
        assert bill.kinds["Threads"] <= PASSES
        assert bill.points == bill.reads
        assert bill.writes == len(outcome.writes)
        assert looked(desks)[0].reads == 1


def test_a_sweep_reads_its_runbooks_once() -> None:
    """They come with the rules: no request more, and parsed once, however many threads show what fits."""
    with crowd(60) as desks:
        before = road.read_shelf.cache_info().misses
        bill, threads = swept(desks)
        assert (threads, bill.reads, bill.writes) == (60, 3, 0)
        assert road.read_shelf.cache_info().misses - before <= 1
        assert "payments-failing" in desks.world.issue(60).comments[0].body


@pytest.mark.parametrize("count", [1, 49, 50, 51, 100, 101, 230])
def test_a_quiet_sweep_is_a_read_per_page_and_one_for_the_index(count: int) -> None:
    """N open incidents cost one read and ⌈N/50⌉ more, none of them above two points, and no write."""
    with crowd(count) as desks:
        bill, threads = swept(desks)
        assert threads == count
        assert bill.reads == bill.kinds["Threads"] == 1 + math.ceil(count / PAGE)
        assert bill.writes == 0
        assert desks.world.costs["Threads"] <= MOST_POINTS
        assert bill.points <= MOST_POINTS * bill.reads


def test_a_sweep_of_nothing_is_one_read() -> None:
    """A repository without incidents pays for the index alone."""
    with stage(harbour()) as desks:
        bill, threads = swept(desks)
        assert (threads, bill.reads, bill.points, bill.writes) == (0, 1, 1, 0)


def test_a_sweep_reads_again_only_what_it_has_changed() -> None:
    """Three commands among sixty threads cost a few writes each, and the reads that follow them."""
    with crowd(60) as desks:
        desks.world.clock.advance(minutes=1)
        for number in (7, 30, 55):
            desks.world.person("sam").comments(number, "/ack")
        quiet = 1 + math.ceil(60 / PAGE)
        bill, _ = swept(desks)
        assert bill.kinds["get permission"] == 3
        assert bill.kinds["Threads"] - quiet <= 3 * (PASSES - 1)
        assert 3 <= bill.writes <= 6
        assert swept(desks)[0].writes == 0


def test_traffic_that_is_none_of_ours_changes_nothing() -> None:
    """An issue without a severity is read once and left alone."""
    world = harbour()
    with stage(world) as desks:
        number = world.person("alex").opens("A question", "How do I pay?")
        world.person("sam").comments(number, "Like this.\n\n/ack is not for here.")
        bill, outcome = looked(desks, number)
        assert (bill.kinds["Threads"], bill.writes, outcome.says_something) == (1, 0, False)
