"""The raw facts of one proof: what changed, what was run, and what each run reported. Nothing is judged here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from stanch.core.proof.outcomes import Case, Hiding, Key, Outcome, folded
from stanch.core.proof.suite import ReportKind


class Side(StrEnum):
    """Which tree ran: the base as it is, the base with the head's tests, the head, the head without one hunk."""

    PRISTINE = "pristine"
    BEFORE = "before"
    AFTER = "after"
    UNDO = "undo"


class Trouble(StrEnum):
    """Why a proof could not even be tried, or not to its end."""

    NO_SUITE = "no-suite"
    BUDGET = "budget"
    TOO_MANY = "too-many-tests"


@dataclass(frozen=True)
class Run:
    """One run of one suite in one tree, or of its setup. `hunk` is the undone one, counted from 0.

    `turn` is 2 when everything was run again after something outside of the tests went wrong. `unreadable` is
    a short code for why there are no cases; `seconds` is how long it took.
    """

    suite: str
    side: Side
    attempt: int
    exit_code: int
    seconds: float
    timed_out: bool = False
    hunk: int | None = None
    setup: bool = False
    turn: int = 1
    cases: tuple[Case, ...] = ()
    unreadable: str = ""

    @property
    def label(self) -> str:
        """`before`, `undo:3`."""
        return f"{self.side}:{self.hunk}" if self.hunk is not None else self.side.value

    @cached_property
    def by_key(self) -> Mapping[Key, Case]:
        """Each test once, with the worst that was said of it."""
        return folded(self.cases)

    @cached_property
    def not_loaded(self) -> tuple[Key, ...]:
        """What could not even be loaded: files, mostly."""
        return tuple(key for key, case in self.by_key.items() if case.outcome is Outcome.COLLECT)

    @cached_property
    def hidden(self) -> Hiding:
        """What may be absent because something did not load."""
        return Hiding.of(self.not_loaded)


@dataclass(frozen=True, slots=True)
class SuiteFacts:
    """A suite that a changed test belongs to. `files` are those that it ran: on the base, and on the head."""

    name: str
    report: ReportKind
    files: tuple[str, ...] = ()
    base_files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hunk:
    """A piece of production that the head changes: lines `start` to `end` of the head's file, counted from 1.

    A hunk that only takes lines away has `end` before `start`. `of_tests` says that it changes tests which stand
    in the same file as the code; undoing such a hunk proves nothing.
    """

    path: str
    start: int
    end: int
    of_tests: bool = False


@dataclass(frozen=True, slots=True)
class Changed:
    """The changed files by what they are for. `tests` holds those that exist on the head."""

    tests: tuple[str, ...] = ()
    gone_tests: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    inline: tuple[str, ...] = ()
    production: tuple[str, ...] = ()


@dataclass(frozen=True)
class Evidence:
    """Everything that one proof found out. SHAs are full; `new_names` are identifiers that the head's code adds.

    `touches_rules`: the change edits the rules it is proven by. `rules` is the SHA-256 of the config it was run
    with, empty for none. `more_hunks` counts those beyond the ones that were kept.
    """

    base: str
    head: str
    merge_base: str
    suites: tuple[SuiteFacts, ...] = ()
    changed: Changed = field(default_factory=Changed)
    runs: tuple[Run, ...] = ()
    hunks: tuple[Hunk, ...] = ()
    more_hunks: int = 0
    new_names: frozenset[str] = frozenset()
    touches_rules: bool = False
    rules: str = ""
    trouble: Trouble | None = None

    @cached_property
    def last_turn(self) -> tuple[Run, ...]:
        """The runs that count: those of the second turn, where there was one."""
        last = max((run.turn for run in self.runs), default=1)
        return tuple(run for run in self.runs if run.turn == last)

    def of(self, side: Side, suite: str = "", hunk: int | None = None) -> tuple[Run, ...]:
        """The runs of the tests on one side that count."""
        return self._by_place.get((side, suite, hunk), ())

    @cached_property
    def _by_place(self) -> Mapping[tuple[Side, str, int | None], tuple[Run, ...]]:
        """The runs of the tests by side, suite and hunk; those of all suites under no name."""
        found: dict[tuple[Side, str, int | None], list[Run]] = {}
        for run in self.last_turn:
            for suite in ("", run.suite) if not run.setup else ():
                found.setdefault((run.side, suite, run.hunk), []).append(run)
        return {place: tuple(runs) for place, runs in found.items()}

    def is_weak(self, suite: str) -> bool:
        """Whether only exit codes are known of a suite."""
        return any(one.name == suite and one.report is ReportKind.EXIT_CODE for one in self.suites)

    def keys(self, *sides: Side) -> Iterator[Key]:
        """Every test that was seen on one of these sides, in order and once."""
        seen = {case.key for run in self.last_turn if run.side in sides for case in run.cases}
        return iter(sorted(seen))

    @property
    def has_test(self) -> bool:
        """Whether the change brings a test: a test file, or a hunk of tests in a file of code."""
        return bool(self.changed.tests) or any(hunk.of_tests for hunk in self.hunks)
