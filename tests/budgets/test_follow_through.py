"""What it costs to follow through: a sweep over many post-mortems, and a morning on which people are reminded."""

import math

import pytest

from stanch.app.sweep import sweep
from stanch.core.writes import CreateComment
from tests.budgets.crowd import reports
from tests.budgets.meter import Meter

PAGE = 50
MOST_POINTS = 2


@pytest.mark.parametrize("count", [1, 60, pytest.param(1000, marks=pytest.mark.long)])
def test_a_quiet_sweep_is_a_read_per_page(count: int) -> None:
    """N post-mortems and the dashboard: one read for the index and one for each fifty, no write, nothing searched."""
    with reports(count) as desks:
        meter = Meter(desks.world)
        outcomes = sum(1 for _ in sweep(desks.desk()))
        bill = meter.bill()
        assert outcomes == count + 2
        assert bill.reads == bill.kinds["Threads"] == 1 + math.ceil((count + 1) / PAGE)
        assert bill.writes == 0
        assert bill.points <= MOST_POINTS * bill.reads


def test_a_morning_is_one_comment_a_person() -> None:
    """Sixty items are due on one day: four people, four comments, the week's digest, and the dashboard once."""
    with reports(60) as desks:
        desks.world.clock.set("2026-06-04T10:00:00Z")
        meter = Meter(desks.world)
        writes = [write for outcome in sweep(desks.desk()) for write in outcome.writes]
        bill = meter.bill()
        said = [write.key.split("/")[1] for write in writes if isinstance(write, CreateComment)]
        assert said == ["remind"] * 4 + ["digest"]
        assert bill.kinds["create comment"] == len(said)
        assert bill.kinds["change issue"] == 1
        assert bill.kinds["get permission"] == 1  # the others are named in the config
