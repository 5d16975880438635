"""How long a watcher sleeps, and when it hands over."""

from datetime import timedelta

import pytest

from stanch.app.watch import USUAL


@pytest.mark.parametrize(
    ("gap", "slept"),
    [
        (None, 60),
        (-30, 20),
        (0, 20),
        (19, 20),
        (20, 20),
        (45, 45),
        (60, 60),
        (61, 41),
        (79, 59),
        (80, 60),
        (3600, 60),
    ],
)
def test_it_sleeps_to_the_next_deadline_and_leaves_none_that_is_too_short_to_sleep(gap: int | None, slept: int) -> None:
    """Seconds: 20 at least and 60 at most, so that what 61 seconds ahead is slept in two naps of 41 and 20."""
    found = USUAL.sleeps(None if gap is None else timedelta(seconds=gap))
    assert found == timedelta(seconds=slept)


def test_no_deadline_falls_into_the_shortest_nap() -> None:
    """Whatever the gap, its naps add up to it."""
    for gap in range(20, 600):
        left = timedelta(seconds=gap)
        while left > timedelta(0):
            left -= USUAL.sleeps(left)
        assert left == timedelta(0), gap


@pytest.mark.parametrize(
    ("left", "gap", "ends"),
    [
        (256, 3600, False),
        (255, 150, True),
        (255, 149, False),
        (128, 75, False),
        (127, 75, True),
        (76, None, False),
        (75, None, True),
        (51, 30, True),
        (51, 29, False),
        (1, 1, True),
        (0, 0, True),
        (-20, 0, True),
        (-20, None, True),
    ],
)
def test_it_hands_over_in_a_gap_that_is_the_shorter_the_later_it_gets(left: int, gap: int | None, ends: bool) -> None:
    """Seconds; what cannot be read has no gap that is known, and is waited for until the shift is over."""
    assert USUAL.ends(timedelta(seconds=left), None if gap is None else timedelta(seconds=gap)) is ends
