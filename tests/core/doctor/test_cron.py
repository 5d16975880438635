"""When a schedule asks for a run, and which of two versions is newer."""

from datetime import UTC, datetime, timedelta

import pytest

from stanch.core.doctor.cron import first, ticks
from stanch.core.versions import is_newer

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
DAY = timedelta(days=1)

TICKS = {
    "37 * * * *": (1, 24),
    "*/5 * * * *": (1, 288),
    "5-20/5 6 * * *": (1, 4),
    "23 7,14 * * 1-5": (7, 10),
    "23 7 * * sat,SUN": (7, 2),
    "0 9 * * 7": (7, 1),
    "0 0 1 * *": (31, 1),
    "0 0 1 * 1": (15, 4),
    "0 0 29 feb *": (365, 0),
    "1/20 0 * * *": (1, 3),
}
"""By cron: so many days from a Monday, and how often it asks in them."""


@pytest.mark.parametrize("cron", TICKS)
def test_a_schedule_asks_as_often_as_cron_would(cron: str) -> None:
    """Lists, ranges, steps and names; of two fields for days either is enough."""
    days, count = TICKS[cron]
    assert len(ticks([(cron, "")], MONDAY, MONDAY + days * DAY - timedelta(minutes=1))) == count


@pytest.mark.parametrize(
    "cron",
    ["", "hourly", "* * * *", "60 * * * *", "5-1 * * * *", "* * 0 * *", "@daily", "a b c d e", "9" * 5000 + " * * * *"],
    ids=range(9),
)
def test_what_nobody_can_read_asks_for_nothing(cron: str) -> None:
    """Rather no tick than a wrong one."""
    assert ticks([(cron, "")], MONDAY, MONDAY + DAY) == ()
    assert first([(cron, "")], MONDAY, MONDAY + DAY) is None


def test_a_line_may_have_a_zone() -> None:
    """Nine in Berlin is eight or seven in UTC; two lines that meet ask once."""
    lines = [("0 9 * * *", "Europe/Berlin"), ("0 8 * * *", "UTC")]
    assert ticks(lines, MONDAY, MONDAY + DAY) == (MONDAY + timedelta(hours=8),)
    summer = datetime(2026, 7, 6, tzinfo=UTC)
    assert len(ticks(lines, summer, summer + DAY)) == 2
    assert first(lines, MONDAY, MONDAY + DAY) == MONDAY + timedelta(hours=8)
    assert first(lines, summer, summer + DAY) == summer + timedelta(hours=7)


@pytest.mark.parametrize(
    ("one", "other", "newer"),
    [("0.2.0", "0.1.9", True), ("v1.0.0", "0.9.9", True), ("0.10.0", "0.9.0", True), ("0.1.0", "0.1.0", False)],
)
def test_versions_are_numbers(one: str, other: str, newer: bool) -> None:  # a row of the table
    """And never newer both ways; what is no version is newer than none."""
    assert (is_newer(one, other), is_newer(other, one)) == (newer, False)
    assert not is_newer(one, "")
    assert not is_newer("main", other)
