"""Tests that are gone from the head, and those of them that only have another name or place now."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from stanch.core.proof.comparison import Compared
from stanch.core.proof.outcomes import Key
from stanch.core.proof.states import State

ALIKE = 0.75
"""How much of two names has to be the same, from 0 to 1."""

MOST_COMPARED = 200
"""More tests than this that are gone or new are not compared by likeness of names."""


def gone(tests: Sequence[Compared]) -> tuple[tuple[Key, ...], tuple[tuple[Key, Key], ...]]:
    """The removed tests, and pairs of old and new key for the renamed ones.

    A test that proves the fix is new behaviour and is never taken for an old one.
    """
    removed = [one.key for one in tests if one.is_removed]
    free = [one.key for one in tests if one.pristine.state is State.ABSENT and _may_be_old(one)]
    pairs: list[tuple[Key, Key]] = []
    for old in list(removed):
        new = next((key for key in free if _moved(old, key)), None) or _alike(old, free, len(removed))
        if new:
            pairs.append((old, new))
            free.remove(new)
            removed.remove(old)
    return tuple(removed), tuple(pairs)


def _may_be_old(one: Compared) -> bool:
    return one.after.state in {State.PASS, State.SKIP} and not one.is_proof


def _moved(old: Key, new: Key) -> bool:
    """The same name in another place of the same suite."""
    return (old.suite, old.name) == (new.suite, new.name)


def _alike(old: Key, free: Sequence[Key], count: int) -> Key | None:
    """The test in the same place whose name is most like this one's, if it is like it."""
    if max(count, len(free)) > MOST_COMPARED:
        return None
    place = (old.suite, old.file, old.classname)
    near = [(SequenceMatcher(None, old.name, key.name).ratio(), key) for key in free if place == _place(key)]
    best = max(near, default=None)
    return best[1] if best and best[0] >= ALIKE else None


def _place(key: Key) -> tuple[str, str, str]:
    return key.suite, key.file, key.classname
