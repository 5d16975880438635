"""Which item of a text is which one of those that were known: by its words, by words like them, by its place.

Each step takes what the step before left over: the same words; half of the words or more; the same place between
two items that were found. The work grows with the number of items, not with its square: two texts are compared only
where they share a word that few items have.
"""

import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Protocol

from stanch.core.letters import folded

ALIKE = 0.5
"""The share of two texts' words that both have, from which they are one item reworded (Sørensen and Dice)."""

WORDS = 24
"""Words of a text that are compared, its first ones."""

LOOKED_AT = 120
"""Characters of a text that are compared: as many as are kept of one."""

COMMON = 16
"""Items that may share a word before it tells nothing."""

_WORD = re.compile(r"[^\W_]+")
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


class Known(Protocol):
    """What is compared of an item that was known. `place` is 0 when it was not in the text at the last look."""

    @property
    def fingerprint(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def owners(self) -> tuple[str, ...] | None: ...
    @property
    def due(self) -> date | None: ...
    @property
    def place(self) -> int: ...


class Listed(Protocol):
    """What is compared of an item that stands in the text."""

    @property
    def fingerprint(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def owners(self) -> tuple[str, ...]: ...
    @property
    def due(self) -> date | None: ...


def paired(known: Sequence[Known], listed: Sequence[Listed]) -> dict[int, int]:
    """The indices of the known items by those of the listed ones; what is new has none."""
    pairs: dict[int, int] = {}
    pairs |= _same(known, listed)
    pairs |= _alike(known, listed, pairs)
    pairs |= _between(known, listed, pairs)
    return pairs


def _same(known: Sequence[Known], listed: Sequence[Listed]) -> dict[int, int]:
    """By the same words: those that also agree in owner and date first, then in order; what stands there before
    what had gone.
    """
    pairs: dict[int, int] = {}
    for exact in (True, False):
        for present in (True, False):
            waiting: defaultdict[object, deque[int]] = defaultdict(deque)
            for i in _in_place(known, pairs, present=present):
                waiting[_print(known[i], exact=exact)].append(i)
            for j, item in enumerate(listed):
                if j not in pairs and (row := waiting.get(_print(item, exact=exact))):
                    pairs[j] = row.popleft()
    return pairs


def _in_place(known: Sequence[Known], pairs: Mapping[int, int], *, present: bool) -> list[int]:
    taken = set(pairs.values())
    here = (i for i, one in enumerate(known) if i not in taken and bool(one.place) is present)
    return sorted(here, key=lambda i: known[i].place)


def _print(one: Known | Listed, *, exact: bool) -> object:
    return (one.fingerprint, one.owners, one.due) if exact else one.fingerprint


def _alike(known: Sequence[Known], listed: Sequence[Listed], pairs: Mapping[int, int]) -> dict[int, int]:
    """By likeness, the likest first; owner, date and place decide between equals. What had gone stays gone."""
    taken, found = set(pairs.values()), dict[int, int]()
    left = {i: words(known[i].text) for i in range(len(known)) if i not in taken and known[i].place}
    having: defaultdict[str, list[int]] = defaultdict(list)
    for i, of in left.items():
        for word in of:
            having[word].append(i)
    scores: list[tuple[float, int, int, int]] = []
    for j in (j for j in range(len(listed)) if j not in pairs):
        of = words(listed[j].text)
        near = Counter(i for word in of if len(having.get(word, ())) <= COMMON for i in having.get(word, ()))
        scores += _scored(known, listed[j], j, {i: left[i] for i in near}, of)
    for _, _, j, i in sorted(scores):
        if j not in found and i in left:
            found[j] = i
            del left[i]
    return found


def _scored(
    known: Sequence[Known], item: Listed, j: int, near: Mapping[int, frozenset[str]], of: frozenset[str]
) -> Iterator[tuple[float, int, int, int]]:
    for i, its in near.items():
        share = 2 * len(of & its) / (len(of) + len(its))
        if share >= ALIKE and not _strangers(known[i], item):
            agreed = (known[i].owners == item.owners) + (known[i].due == item.due)
            yield -(share + agreed / 10), abs(known[i].place - j - 1), j, i


def words(text: str) -> frozenset[str]:
    """The first words of a text, without case; of a script that puts no spaces, each two letters in a row."""
    found: list[str] = []
    for word in _WORD.findall(folded(text[:LOOKED_AT]).casefold()):
        found += [a + b for a, b in pairwise(word)] or [word] if _UNSPACED.search(word) else [word]
    return frozenset(found[:WORDS])


def _strangers(one: Known, item: Listed) -> bool:
    """Whether neither owner nor date is the same, though both have both: then only its words could tell."""
    told = one.owners and item.owners and one.due and item.due
    return bool(told) and one.owners != item.owners and one.due != item.due


def _kin(one: Known, item: Listed) -> bool:
    """Whether owner and date are the same, and one is known: where no word is left, a place alone proves nothing."""
    if not one.text:  # no room was left to keep it
        return not _strangers(one, item)
    return bool(item.owners or item.due) and one.owners == item.owners and one.due == item.due


def _between(known: Sequence[Known], listed: Sequence[Listed], pairs: Mapping[int, int]) -> Iterable[tuple[int, int]]:
    """By place: as many are left between two neighbours as stood between them before."""
    before = _runs(
        [i for i in sorted(range(len(known)), key=lambda i: known[i].place) if known[i].place], pairs.values()
    )
    after = _runs(range(len(listed)), pairs.keys())
    for (low, high), new in after.items():
        old = before.get((pairs.get(low, -1), pairs.get(high, -1)), [])
        if len(old) == len(new):
            yield from ((j, i) for j, i in zip(new, old, strict=True) if _kin(known[i], listed[j]))


def _runs(order: Iterable[int], found: Iterable[int]) -> dict[tuple[int, int], list[int]]:
    """What was not found, in order, by the two neighbours that were; -1 is an end of the list."""
    known, runs = set(found), dict[tuple[int, int], list[int]]()
    low, run = -1, list[int]()
    for index in (*order, -1):
        if index >= 0 and index not in known:
            run.append(index)
            continue
        if run:
            runs[low, index] = run
        low, run = index, []
    return runs
