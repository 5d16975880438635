"""A suite: which files are its tests, how it is run, and how its result is read."""

import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from stanch.core.globs import matches


class ReportKind(StrEnum):
    """How a run says what each test did. The last three are read from the command's output."""

    JUNIT = "junit"
    JEST_JSON = "jest-json"
    GO_TEST_JSON = "go-test-json"
    CARGO_TEST = "cargo-test"
    EXIT_CODE = "exit-code"

    @property
    def is_file(self) -> bool:
        """Whether the command writes it to `{report}`."""
        return self in {ReportKind.JUNIT, ReportKind.JEST_JSON}


class FileClass(StrEnum):
    """What a changed file is for. INLINE holds code and tests together, so only undoing can tell them apart."""

    TEST = "test"
    SUPPORT = "support"
    INLINE = "inline"
    PRODUCTION = "production"


@dataclass(frozen=True, slots=True)
class Suite:
    """One way to run tests. Patterns and `root` are relative to the repository's root; no `root` is the root itself.

    `command` is a line for the shell, in which `{files}` stands for the changed test files (relative to `root`),
    `{targets}` for cargo's names of them and `{report}` for the file that the report goes to.
    """

    name: str
    command: str
    root: str = ""
    paths: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    inline: tuple[str, ...] = ()
    setup: str = ""
    report: ReportKind = ReportKind.JUNIT

    def answers_for(self, path: str) -> bool:
        """Whether a changed file is this suite's business."""
        return matches(path, self.paths) if self.paths else path.startswith(self._below)

    @property
    def _below(self) -> str:
        return f"{self.root}/" if self.root else ""

    def kind_of(self, path: str) -> FileClass:
        """What a file is to this suite. What nothing matches is production."""
        if not self.answers_for(path):
            return FileClass.PRODUCTION
        lists = (
            (FileClass.INLINE, self.inline),
            (FileClass.TEST, self.tests),
            (FileClass.SUPPORT, self.support),
        )
        return next((kind for kind, patterns in lists if matches(path, patterns)), FileClass.PRODUCTION)

    def command_for(self, files: Iterable[str], report: str) -> str:
        """The line for the shell that runs these files (paths from the repository's root)."""
        listed = sorted(files)
        placed = {
            "{files}": " ".join(_word(path.removeprefix(self._below)) for path in listed),
            "{targets}": " ".join(dict.fromkeys(_target(path.removeprefix(self._below)) for path in listed)),
            "{report}": shlex.quote(report),
        }
        line = self.command
        for placeholder, words in placed.items():
            line = line.replace(placeholder, words)
        return line


def _word(path: str) -> str:
    """A path as one word of the shell that no command takes for an option."""
    return shlex.quote(f"./{path}" if path.startswith("-") else path)


def _target(path: str) -> str:
    """The option by which cargo finds the test target of a file: it does not take files."""
    if path.startswith("tests/"):
        return shlex.quote(f"--test={path.split('/')[1].removesuffix('.rs')}")
    return "--bins" if path == "src/main.rs" or path.startswith("src/bin/") else "--lib"


@dataclass(frozen=True, slots=True)
class ProofRules:
    """How a proof is run: how often, how long at most, and with which suites. Without suites they are detected."""

    before: int = 2
    after: int = 3
    budget: timedelta = timedelta(minutes=8)
    suites: tuple[Suite, ...] = ()


def kind_of(path: str, suites: Iterable[Suite]) -> FileClass:
    """What a changed file is for: what the first suite says that knows it."""
    kinds = (suite.kind_of(path) for suite in suites)
    return next((kind for kind in kinds if kind is not FileClass.PRODUCTION), FileClass.PRODUCTION)
