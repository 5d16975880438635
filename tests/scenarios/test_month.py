"""What a month costs, simulated: README tells the same."""

import pytest

from tests.scenarios import month

pytestmark = pytest.mark.unmeasured

ABOUT = 0.05
"""By how much what README calls `about` may be off."""


@pytest.mark.long
@pytest.mark.parametrize(
    ("lived", "minutes"), [(month.INCIDENTS, month.BUSY_INCIDENTS), (month.PULLS, month.BUSY_PULLS)]
)
def test_a_busy_month_costs_what_is_said(lived: month.Month, minutes: int) -> None:
    """Each job is billed by the minute that it began."""
    assert sum(month.lived(lived).values()) == pytest.approx(minutes, rel=ABOUT)


@pytest.mark.long
def test_a_quiet_month_costs_its_sweeps() -> None:
    """Nothing else runs, and each sweep is a minute."""
    assert month.lived(month.QUIET) == {"cron sweep": len(month.HOURLY)}
