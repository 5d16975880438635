"""What parsing costs, counted in calls: a busy machine changes nothing about them.

A call takes about a quarter of a microsecond, so 200,000 stand for the 50 ms of an ordinary body and
2,000,000 for the 500 ms of any other. `scripts/bench` prints the times. A pattern that goes back over what it
has read makes no calls, so the time of a body is compared with that of its half: on any machine, never thrice.
"""

import sys
from collections import Counter
from collections.abc import Callable
from time import process_time
from types import FrameType

import pytest

from stanch.core.commands import read
from tests.budgets.bodies import AT, HOSTILE, LARGEST, ORDINARY, PARSERS, filled

MOST_ORDINARY = 200_000
MOST_HOSTILE = 2_000_000
MOST_GROWTH = 3
SMALL = 1_000
"""Calls below which growth tells nothing."""

QUICK = 0.005
"""Seconds of this process below which growth tells nothing."""

TRIES = 5
"""How often a time is taken: the shortest is the work's own, the rest is the machine's."""


def calls(work: Callable[[str], object], body: str) -> int:
    """How many functions, of Python's and of C's, are called to do the work."""
    count = 0

    def note(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    _watched(note, work, body)
    return count


def named_calls(work: Callable[[str], object], body: str) -> Counter[str]:
    """How often each Python function is called, by its qualified name."""
    names: Counter[str] = Counter()

    def note(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call":
            names[frame.f_code.co_qualname] += 1

    _watched(note, work, body)
    return names


def _watched(note: Callable[[FrameType, str, object], None], work: Callable[[str], object], body: str) -> None:
    sys.setprofile(note)
    try:
        work(body)
    finally:
        sys.setprofile(None)


def seconds(work: Callable[[str], object], body: str) -> float:
    """The time that this process spends on the work, whatever else the machine does."""
    began = process_time()
    work(body)
    return process_time() - began


def grows(work: Callable[[str], object], whole: str, half: str) -> bool:
    """Whether the whole takes more than thrice the time of its half, each at its best of several."""
    of_whole, of_half = seconds(work, whole), seconds(work, half)
    for _ in range(TRIES):
        if of_whole <= max(QUICK, MOST_GROWTH * of_half):
            return False
        of_whole, of_half = min(of_whole, seconds(work, whole)), min(of_half, seconds(work, half))
    return of_whole > MOST_GROWTH * of_half


@pytest.mark.parametrize("parser", PARSERS)
def test_an_ordinary_body_is_cheap(parser: str) -> None:
    """Each parser reads what people write well within its budget."""
    assert calls(PARSERS[parser], ORDINARY) <= MOST_ORDINARY


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
        counted = calls(work, whole)
        assert counted <= MOST_HOSTILE * size // LARGEST, name
        assert counted <= max(SMALL, MOST_GROWTH * calls(work, half)), name


@pytest.mark.parametrize("pattern", HOSTILE)
def test_twice_the_body_is_not_thrice_the_time(pattern: str) -> None:
    """No pattern and no table goes back over what it has read: the time grows as the body does."""
    whole, half = filled(HOSTILE[pattern], LARGEST // 4), filled(HOSTILE[pattern], LARGEST // 8)
    assert [name for name, work in PARSERS.items() if grows(work, whole, half)] == []


def test_the_calls_of_a_body_are_found() -> None:
    """What is counted above is done: the ordinary body holds two commands."""
    assert [call.typed for call in read(ORDINARY, AT, "Europe/Berlin")] == ["contain", "status"]
