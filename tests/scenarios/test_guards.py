"""Each guard is needed: with it the small suites are green, without it the one that watches it goes red."""

import pytest

from tests.scenarios.guards import GUARDS, Guard

IDS = [guard.name for guard in GUARDS]
DEAR = {
    "a permission that cannot be read is not a no",
    "children that cannot be read are not absent",
    "a create is sent once",
    "a child is looked for first",
}
"""Suites of many crashes: in the long suite, beside the same ones without their guard."""
GREEN = [pytest.param(guard, marks=[pytest.mark.long] * (guard.name in DEAR), id=guard.name) for guard in GUARDS]


@pytest.mark.parametrize("guard", GREEN)
def test_with_every_guard_in_place_nothing_is_wrong(guard: Guard) -> None:
    """What the small suite finds when nothing was taken out: nothing."""
    assert guard.suite() == []


@pytest.mark.long
@pytest.mark.parametrize("guard", GUARDS, ids=IDS)
def test_without_a_guard_its_suite_goes_red(guard: Guard, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proof that stays green without its guard would prove nothing."""
    guard.take_out(monkeypatch)
    assert guard.suite() != []
