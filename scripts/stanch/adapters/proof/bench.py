"""Where runs are made: one suite in the tree that is placed, against the clock; every run is kept as it was."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from stanch.adapters.proof.command import Clock, Ran, environment_for, run_line
from stanch.adapters.proof.reports import MOST_BYTES, read_report
from stanch.adapters.proof.workshop import Workshop
from stanch.core.proof.evidence import Evidence, Side
from stanch.core.proof.manifest import Manifest, RunFacts, evidence_in
from stanch.core.proof.outcomes import Case
from stanch.core.proof.suite import ReportKind, Suite

SHARE = 0.5
"""Of the whole time that one run may take."""

LOGGED = 64 * 1024
_SUFFIXES = {ReportKind.JUNIT: "xml", ReportKind.JEST_JSON: "json"}


class BudgetSpent(Exception):
    """The time for the whole proof is over."""


@dataclass(frozen=True, slots=True)
class Running:
    """What still runs when it takes long: the tests of a suite, or its setup, which has no attempt."""

    suite: str
    label: str
    attempt: int = 0


class Bench:
    """All runs of one proof. `seconds` is the time for all of them; `say` hears of what takes long."""

    def __init__(
        self,
        shop: Workshop,
        environment: Mapping[str, str],
        seconds: float,
        say: Callable[[Running], None],
        clock: Clock,
    ) -> None:
        self.shop = shop
        self.runs: list[RunFacts] = []
        self.raw: dict[str, bytes] = {}
        self.logs: dict[str, bytes] = {}
        self.turn = 1
        self._cases: dict[str, tuple[tuple[Case, ...], str]] = {}
        self._environment = environment
        self._seconds = seconds
        self._clock = clock
        self._ends = clock() + seconds
        self._say = say

    @property
    def left(self) -> float:
        """Seconds until the time is over."""
        return self._ends - self._clock()

    @property
    def limit(self) -> float:
        """Seconds that one run of tests may take: a share of all, or what is left."""
        return min(self.left, self._seconds * SHARE)

    def set_up(self, suite: Suite, side: Side, hunk: int | None = None) -> bool:
        """Run a suite's setup in the placed tree; whether the tests can be run. Raises BudgetSpent."""
        if not suite.setup:
            return True
        ran = self._ran(suite, suite.setup, self.left, Running(suite.name, _label(side, hunk)))
        self._keep(suite, side, ran, hunk=hunk, setup=True)
        return ran.exit_code == 0 and not ran.timed_out

    def test(self, suite: Suite, files: Sequence[str], side: Side, attempt: int, hunk: int | None = None) -> None:
        """Run a suite's tests once in the placed tree. Raises BudgetSpent."""
        line = suite.command_for(files, str(self.shop.report))
        ran = self._ran(suite, line, self.limit, Running(suite.name, _label(side, hunk), attempt))
        self._keep(suite, side, ran, attempt=attempt, hunk=hunk)

    def _ran(self, suite: Suite, line: str, limit: float, what: Running) -> Ran:
        if self.left <= 0:
            raise BudgetSpent
        self.shop.fresh()
        folder = self.shop.tree / suite.root
        if not folder.is_dir():
            return Ran(127, 0.0, timed_out=False, output=f"there is no folder {suite.root} here".encode())
        environment = environment_for(self._environment, self.shop.temporary)
        return run_line(line, folder, environment, limit, lambda: self._say(what), self._clock)

    def _keep(
        self, suite: Suite, side: Side, ran: Ran, attempt: int = 1, *, hunk: int | None = None, setup: bool = False
    ) -> None:
        name = f"{len(self.runs):03}-{suite.name}-{_label(side, hunk)}-{attempt}"
        raw = None if setup else self._left_behind(suite, ran)
        report = f"{name}.{_SUFFIXES.get(suite.report, 'txt')}" if raw is not None else None
        if report and raw is not None:
            self.raw[report] = raw
        self.logs[f"{name}.log"] = ran.output[-LOGGED:]
        self.runs.append(
            RunFacts(
                suite=suite.name,
                side=side,
                attempt=attempt,
                exit_code=ran.exit_code,
                seconds=ran.seconds,
                timed_out=ran.timed_out,
                hunk=hunk,
                setup=setup,
                turn=self.turn,
                report=report,
            )
        )

    def _left_behind(self, suite: Suite, ran: Ran) -> bytes | None:
        """The raw report: the file, if there is one of a sane size, or else the output."""
        if not suite.report.is_file:
            return ran.output if len(ran.output) <= MOST_BYTES else None
        return _small_file(self.shop.report)

    def evidence(self, manifest: Manifest) -> Evidence:
        """What all runs until now come to, with every outcome read from the raw reports."""
        return evidence_in(manifest.model_copy(update={"runs": tuple(self.runs)}), self._read(manifest.place))

    def forget_turn(self) -> None:
        """Take back the runs of a second turn that came to no end: what the first one showed is worth more."""
        self.runs = [run for run in self.runs if run.turn < self.turn]

    def _read(self, place: str) -> Callable[[RunFacts, ReportKind], tuple[tuple[Case, ...], str]]:
        def read(run: RunFacts, kind: ReportKind) -> tuple[tuple[Case, ...], str]:
            if run.report is None:
                return (), "missing"
            if run.report not in self._cases:
                raw = self.raw[run.report]
                self._cases[run.report] = read_report(kind, raw, run.exit_code, run.suite, place)
            return self._cases[run.report]

        return read


def _small_file(path: Path) -> bytes | None:
    """A file that the tests wrote: no link, no pipe, nothing huge."""
    if path.is_symlink() or not path.is_file() or path.stat().st_size > MOST_BYTES:
        return None
    return path.read_bytes()


def _label(side: Side, hunk: int | None) -> str:
    return side.value if hunk is None else f"{side.value}-{hunk}"
