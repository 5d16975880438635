"""What parsing costs, counted in calls: a busy machine changes nothing about them.

A call takes about a quarter of a microsecond, so 200,000 stand for the 50 ms of an ordinary body and
2,000,000 for the 500 ms of any other. `scripts/bench` prints the times.
"""

from functools import partial

import pytest

from stanch.core.calls import read
from tests.budgets.bodies import AT, HOSTILE, LARGEST, ORDINARY, PARSERS, filled
from tests.steps import MOST_GROWTH, grows, named_calls, steps

MOST_ORDINARY = 200_000
MOST_HOSTILE = 2_000_000
SMALL = 1_000
"""Calls below which growth tells nothing."""


@pytest.mark.parametrize("parser", PARSERS)
def test_an_ordinary_body_is_cheap(parser: str) -> None:
    """Each parser reads what people write well within its budget."""
    assert steps(lambda: PARSERS[parser](ORDINARY)) <= MOST_ORDINARY


@pytest.mark.parametrize("parser", ["commands", "action items"])
def test_block_rules_are_enough(parser: str) -> None:
    """A body is parsed into blocks once, and never into what stands inside its lines."""
    names = named_calls(PARSERS[parser], ORDINARY)
    assert (names["StateBlock.__init__"], names["StateInline.__init__"]) == (1, 0)


@pytest.mark.parametrize("parser", sorted(set(PARSERS) - {"action items"}))
def test_what_cannot_be_meant_is_not_parsed(parser: str) -> None:
    """Talk without a slash never reaches the Markdown parser."""
    talk = "It happens again, every ten minutes or so.\n\nI am looking at the logs."
    assert named_calls(PARSERS[parser], talk)["StateBlock.__init__"] == 0


@pytest.mark.parametrize("size", [LARGEST // 4, pytest.param(LARGEST, marks=pytest.mark.long)])
@pytest.mark.parametrize("pattern", HOSTILE)
def test_no_body_is_dear(pattern: str, size: int) -> None:
    """A body stays within its share of the budget of the largest one, and twice the body is not thrice the work."""
    whole, half = filled(HOSTILE[pattern], size), filled(HOSTILE[pattern], size // 2)
    for name, work in PARSERS.items():
        counted = steps(partial(work, whole))
        assert counted <= MOST_HOSTILE * size // LARGEST, name
        assert counted <= max(SMALL, MOST_GROWTH * steps(partial(work, half))), name


@pytest.mark.parametrize("pattern", HOSTILE)
def test_twice_the_body_is_not_thrice_the_time(pattern: str) -> None:
    """No pattern and no table goes back over what it has read: the time grows as the body does."""
    whole, half = filled(HOSTILE[pattern], LARGEST // 4), filled(HOSTILE[pattern], LARGEST // 8)
    assert [name for name, work in PARSERS.items() if grows(work, whole, half)] == []


def test_the_calls_of_a_body_are_found() -> None:
    """What is counted above is done: the ordinary body holds two commands."""
    assert [call.typed for call in read(ORDINARY, AT, "Europe/Berlin")] == ["contain", "status"]
