"""Tests that are gone from the head, and those of them that only have another name or place now."""

from collections.abc import Collection, Mapping, Sequence
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
    free = dict.fromkeys(one.key for one in tests if one.pristine.state is State.ABSENT and _may_be_old(one))
    named: dict[tuple[str, str], list[Key]] = {}
    for key in reversed(free):
        named.setdefault((key.suite, key.name), []).append(key)
    pairs: dict[Key, Key] = {}
    for old in removed:
        new = _moved(old, named, free) or _alike(old, free, len(removed) - len(pairs))
        if new:
            pairs[old] = new
            del free[new]
    return tuple(key for key in removed if key not in pairs), tuple(pairs.items())


def _may_be_old(one: Compared) -> bool:
    return one.after.state in {State.PASS, State.SKIP} and not one.is_proof


def _moved(old: Key, named: Mapping[tuple[str, str], list[Key]], free: Collection[Key]) -> Key | None:
    """The first that is free of the same name in another place of the same suite; it is taken off the list."""
    same = named.get((old.suite, old.name), [])
    while same:
        new = same.pop()
        if new in free:
            return new
    return None


def _alike(old: Key, free: Collection[Key], count: int) -> Key | None:
    """The test in the same place whose name is most like this one's, if it is like it."""
    if max(count, len(free)) > MOST_COMPARED:
        return None
    place = (old.suite, old.file, old.classname)
    near = [(SequenceMatcher(None, old.name, key.name).ratio(), key) for key in free if place == _place(key)]
    best = max(near, default=None)
    return best[1] if best and best[0] >= ALIKE else None


def _place(key: Key) -> tuple[str, str, str]:
    return key.suite, key.file, key.classname
