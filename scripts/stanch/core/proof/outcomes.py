"""What a run says of each test: its key, its outcome, and what it said when it failed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum, auto


class Outcome(StrEnum):
    """What happened to one test in one run. COLLECT: it could not even be loaded or compiled."""

    PASS = auto()
    SKIP = auto()
    FAIL = auto()
    ERROR = auto()
    COLLECT = auto()

    @property
    def is_red(self) -> bool:
        """Whether the test itself ran and did not pass."""
        return self in {Outcome.FAIL, Outcome.ERROR}


_BADNESS = tuple(Outcome)


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """What a test is known by, in every tree: white space trimmed, the worktree's path taken out."""

    suite: str
    file: str
    classname: str
    name: str

    @property
    def shown(self) -> str:
        """`tests/test_a.py::TestSum::test_total`, as far as the report says it."""
        return "::".join(dict.fromkeys(part for part in (self.file, self.classname, self.name) if part))


@dataclass(frozen=True, slots=True)
class Case:
    """One test in one run. `message` is what it said when it did not pass."""

    key: Key
    outcome: Outcome
    message: str = ""


def folded(cases: Iterable[Case]) -> Mapping[Key, Case]:
    """Each test once: of several entries with one key the worst counts."""
    kept: dict[Key, Case] = {}
    for case in cases:
        other = kept.get(case.key)
        if other is None or _BADNESS.index(case.outcome) > _BADNESS.index(other.outcome):
            kept[case.key] = case
    return kept


def could_hide(loading: Key, test: Key) -> bool:
    """Whether a test may be absent because this did not load: it is in that file, or nobody can tell.

    pytest names a file `tests.test_a` as the case's name, vitest and node:test by its path. A sentence names none.
    """
    if loading.suite != test.suite:
        return False
    place = _dotted(loading.file or loading.name)
    if " " in place:
        return True
    named = [_dotted(part) for part in (test.file, test.classname) if part and part != "test"]
    return not named or any(part == place or part.startswith(f"{place}.") for part in named)


def _dotted(place: str) -> str:
    stem, _, suffix = place.rpartition(".")
    path = stem if "/" in place and "/" not in suffix else place
    return path.replace("/", ".").removesuffix(".py")
