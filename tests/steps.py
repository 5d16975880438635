"""How much work something is, and how it grows, without a clock on the wall: the same however busy the machine is."""

import sys
from collections import Counter
from collections.abc import Callable
from time import process_time
from types import FrameType
from typing import TypeVar

T = TypeVar("T")

MOST_GROWTH = 3
"""How many times the work of its half the work of a whole may be."""

QUICK = 0.005
"""Seconds of this process below which growth tells nothing."""

TRIES = 12
"""How often a time is taken: the shortest is the work's own, the rest is the machine's."""


def steps(work: Callable[[], object]) -> int:
    """The number of calls that `work` makes, those into C included."""
    count = 0

    def called(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    watched(called, work)
    return count


def named_calls(work: Callable[[T], object], given: T) -> Counter[str]:
    """How often each Python function is called, by its qualified name."""
    names: Counter[str] = Counter()

    def note(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call":
            names[frame.f_code.co_qualname] += 1

    watched(note, lambda: work(given))
    return names


def watched(note: Callable[[FrameType, str, object], None], work: Callable[[], object]) -> None:
    """Do the work, and note every call."""
    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)


def grows(work: Callable[[T], object], whole: T, half: T) -> bool:
    """Whether the whole takes more than thrice the time of its half, each at its best of several.

    A pattern that goes back over what it has read makes no calls, so times of this process are compared.
    """
    of_whole, of_half = _seconds(work, whole), _seconds(work, half)
    for _ in range(TRIES):
        if of_whole <= max(QUICK, MOST_GROWTH * of_half):
            return False
        of_whole, of_half = min(of_whole, _seconds(work, whole)), min(of_half, _seconds(work, half))
    return of_whole > MOST_GROWTH * of_half


def _seconds(work: Callable[[T], object], given: T) -> float:
    began = process_time()
    work(given)
    return process_time() - began
