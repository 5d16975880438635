"""What a run says of each test: its key, its outcome, and what it said when it failed."""

from collections.abc import Iterable, Iterator, Mapping
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


@dataclass(frozen=True, slots=True)
class Hiding:
    """What did not load: the suites, those of them where nobody can tell which tests it held, and the files.

    pytest names a file `tests.test_a` as the case's name, vitest and node:test by its path. A sentence names none.
    """

    suites: frozenset[str]
    vague: frozenset[str]
    places: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, not_loaded: Iterable[Key]) -> "Hiding":
        places = frozenset((key.suite, _dotted(key.file or key.name)) for key in not_loaded)
        vague = frozenset(suite for suite, place in places if " " in place)
        return cls(frozenset(suite for suite, _ in places), vague, places)

    def could_hold(self, test: Key) -> bool:
        """Whether a test may be absent because something did not load: it is in that file, or nobody can tell."""
        if test.suite not in self.suites or test.suite in self.vague:
            return test.suite in self.suites
        named = [_dotted(part) for part in (test.file, test.classname) if part and part != "test"]
        return not named or any((test.suite, place) in self.places for part in named for place in _above(part))


def _above(place: str) -> Iterator[str]:
    """A dotted place, and everything that it is inside of."""
    while place:
        yield place
        place = place.rpartition(".")[0]


def _dotted(place: str) -> str:
    stem, _, suffix = place.rpartition(".")
    path = stem if "/" in place and "/" not in suffix else place
    return path.replace("/", ".").removesuffix(".py")
