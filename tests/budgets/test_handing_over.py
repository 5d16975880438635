"""What a rota costs: nothing on a quiet sweep, and one issue on the morning on which a hand-over is due."""

import math

import pytest

from stanch.app.sweep import sweep
from tests.budgets.crowd import CONFIG, reports
from tests.budgets.meter import Bill, Meter

ROTA = CONFIG + "oncall:\n  starts: 2026-05-04\n"
"""Turns change on Mondays at 09:00 UTC; nothing of the crowd's falls due before June."""

PAGE = 50
MOST_POINTS = 2


def swept(count: int, config: str, at: str) -> Bill:
    """What the second of two sweeps at this time cost."""
    with reports(count, config) as desks:
        desks.world.clock.set(at)
        list(sweep(desks.desk()))
        list(sweep(desks.desk()))
        meter = Meter(desks.world)
        list(sweep(desks.desk()))
        return meter.bill()


@pytest.mark.parametrize("count", [1, 60])
def test_a_quiet_sweep_reads_nothing_more(count: int) -> None:
    """With a rota and without one: the same reads, and no write."""
    bills = [swept(count, config, "2026-05-19T10:00:00Z") for config in (CONFIG, ROTA)]
    assert [bill.reads for bill in bills] == [1 + math.ceil((count + 1) / PAGE)] * 2
    assert [bill.writes for bill in bills] == [0, 0]
    assert bills[1].points <= MOST_POINTS * bills[1].reads


def test_an_issue_that_stands_costs_no_read_of_its_own() -> None:
    """On the Friday on which it was opened: a thread more on the page."""
    bill = swept(10, ROTA, "2026-05-22T10:00:00Z")
    assert (bill.reads, bill.writes) == (2, 0)


def test_opening_it_is_one_write() -> None:
    """And one read beside the page: which issues are there."""
    with reports(10, ROTA) as desks:
        for at in ("2026-05-21T10:00:00Z", "2026-05-21T11:00:00Z"):
            desks.world.clock.set(at)
            list(sweep(desks.desk()))
        desks.world.clock.set("2026-05-22T09:00:00Z")
        meter = Meter(desks.world)
        list(sweep(desks.desk()))
        bill = meter.bill()
        assert bill.kinds == {"Threads": 2, "Children": 1, "create issue": 1}
