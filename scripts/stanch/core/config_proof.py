"""The section `proof:` of the config: how a hotfix's test is shown to fail before and pass after."""

import re
from datetime import timedelta
from typing import Annotated, Self

from pydantic import Field, PlainValidator, WithJsonSchema, model_validator

from stanch.core.config_problems import kind_of
from stanch.core.config_section import Section
from stanch.core.config_values import Duration, number, one_of, pattern
from stanch.core.proof.suite import ProofRules, ReportKind, Suite

NAME = r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}"
GLOB = r"[^/\s][^\n]{0,199}"
COMMAND_MOST = 2000
MOST_SUITES = 20
MOST_REPEATS = 20


def read_name(value: object) -> str:
    """A suite's name: it becomes part of file names."""
    if not isinstance(value, str) or not re.fullmatch(NAME, value):
        raise ValueError(f"is {kind_of(value)}; write a short name of letters, digits, dots and dashes, such as api")
    return value


def read_glob(value: object) -> str:
    """A pattern of paths, or a path, from the repository's root."""
    if not isinstance(value, str) or not re.fullmatch(GLOB, value) or ".." in value.split("/"):
        raise ValueError(f"is {kind_of(value)}; write a path from the repository's root, such as **/test_*.py")
    return value.removesuffix("/")


def read_command(value: object) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > COMMAND_MOST:
        raise ValueError(f"is {kind_of(value)}; write a command line of at most {COMMAND_MOST} characters")
    return value.strip()


COMMAND_SCHEMA = {"type": "string", "pattern": r"\S", "maxLength": COMMAND_MOST}
GLOB_SCHEMA = pattern(GLOB) | {"not": {"pattern": r"(^|/)\.\.(/|$)"}}
REPEATS_SCHEMA = {"type": "integer", "minimum": 1, "maximum": MOST_REPEATS}

Name = Annotated[str, PlainValidator(read_name), WithJsonSchema(pattern(NAME))]
Glob = Annotated[str, PlainValidator(read_glob), WithJsonSchema(GLOB_SCHEMA)]
Command = Annotated[str, PlainValidator(read_command), WithJsonSchema(COMMAND_SCHEMA)]
Kinds = WithJsonSchema({"enum": [one.value for one in ReportKind]})
Report = Annotated[ReportKind, PlainValidator(one_of(ReportKind)), Kinds]
Count = Annotated[int, PlainValidator(number(1, MOST_REPEATS)), WithJsonSchema(REPEATS_SCHEMA)]


class Repeats(Section):
    """How often the tests are run; whatever the runs disagree about proves nothing."""

    before: Count = Field(2, description="Runs without the fix. Default: 2.")
    after: Count = Field(3, description="Runs with the fix. Default: 3.")


class SuiteEntry(Section):
    """One way to run tests."""

    name: Name = Field(description="A short name, such as api.")
    root: Glob = Field("", description="The folder in which its commands run. Default: the repository's root.")
    paths: list[Glob] | None = Field(None, description="The files that it answers for. Default: all below root.")
    tests: list[Glob] = Field(description='What is a test file, such as ["**/test_*.py"].')
    support: list[Glob] | None = Field(
        None, description="What else belongs to the tests: fixtures, snapshots, helpers."
    )
    inline: list[Glob] | None = Field(
        None, description="Files that hold code and its tests together, as Rust's src/**/*.rs do."
    )
    setup: Command = Field("", description="Run once in each tree before its tests, such as npm ci.")
    command: Command = Field(
        description="Runs the tests: {files} are the changed test files, {report} is where the report goes."
    )
    report: Report = Field(
        ReportKind.JUNIT, description="How it reports: junit, jest-json, go-test-json, cargo-test or exit-code."
    )

    @model_validator(mode="after")
    def _says_where_the_report_goes(self) -> Self:
        if self.report.is_file != ("{report}" in self.command):
            wanted = "needs" if self.report.is_file else "has no use for"
            raise ValueError(f"reports by {self.report.value}, which {wanted} {{report}} in its command")
        return self


class Proof(Section):
    """How a hotfix's test is shown to fail before the fix and pass after it."""

    repeats: Repeats | None = Field(None, description="How often the tests are run.")
    budget: Duration = Field(timedelta(minutes=8), description="How long it may take in all. Default: 8m.")
    suites: Annotated[list[SuiteEntry], Field(max_length=MOST_SUITES)] | None = Field(
        None, description="How tests are run. Default: what the files at the repository's root suggest."
    )

    @model_validator(mode="after")
    def _names_each_suite_once(self) -> Self:
        names = [suite.name.casefold() for suite in self.suites or ()]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice:
            raise ValueError(f"has two suites with the name {twice}; give each its own")
        return self


def decided(written: Proof) -> ProofRules:
    """What was written, with the defaults in place."""
    repeats = written.repeats or Repeats()
    suites = tuple(_suite(entry) for entry in written.suites or ())
    return ProofRules(repeats.before, repeats.after, written.budget, suites)


def _suite(entry: SuiteEntry) -> Suite:
    return Suite(
        name=entry.name,
        command=entry.command,
        root="" if entry.root == "." else entry.root,
        paths=tuple(entry.paths or ()),
        tests=tuple(entry.tests),
        support=tuple(entry.support or ()),
        inline=tuple(entry.inline or ()),
        setup=entry.setup,
        report=entry.report,
    )
