"""A thousand edits of post-mortems in virtual time: nobody is reminded twice of a thing, and nobody is missed."""

import pytest

from tests.scenarios.edits import played


@pytest.mark.unmeasured
@pytest.mark.parametrize("seed", [1, 2])
def test_nobody_is_reminded_twice_and_nobody_is_missed(seed: int) -> None:
    """After every sweep: exactly those are told who had to be, of exactly what is theirs, under the same numbers."""
    desk = played(seed, 100)
    assert desk.wrong == []
    assert desk.comments > 5


@pytest.mark.long
@pytest.mark.parametrize("seed", range(10, 14))
def test_a_thousand_edits(seed: int) -> None:
    """The same for months."""
    desk = played(seed, 1000)
    assert desk.wrong == []
    assert desk.comments > 50
