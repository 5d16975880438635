"""The section `hotfix:` of the configuration: what a hotfix is here, and how strict its gate is."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from pydantic import PlainValidator, WithJsonSchema

from stanch.core.config_values import one_of
from stanch.core.globs import matches


class Strictness(StrEnum):
    """What becomes of a rule that is only advice until the team decides otherwise."""

    WARN = "warn"
    BLOCK = "block"


class EveryPull(StrEnum):
    """A rule that may be asked, as advice, of every pull request into production."""

    ROLLBACK = "rollback"
    DEPENDENCIES = "dependencies"


Strict = Annotated[
    Strictness,
    PlainValidator(one_of(Strictness)),
    WithJsonSchema({"enum": [one.value for one in Strictness]}),
]
Everywhere = Annotated[
    EveryPull,
    PlainValidator(one_of(EveryPull)),
    WithJsonSchema({"enum": [one.value for one in EveryPull]}),
]

TESTS = (
    "test/",
    "tests/",
    "**/test/**",
    "**/tests/**",
    "**/__tests__/**",
    "**/__snapshots__/**",
    "**/testdata/**",
    "test_*.py",
    "*_test.py",
    "conftest.py",
    "*_test.go",
    "*.test.*",
    "*.spec.*",
)
"""Files that no user runs. A pattern of the team's own replaces them."""

GENERATED = (
    "package-lock.json",
    "npm-shrinkwrap.json",
    "yarn.lock",
    "pnpm-lock.yaml",
    "poetry.lock",
    "uv.lock",
    "Pipfile.lock",
    "Cargo.lock",
    "go.sum",
    "Gemfile.lock",
    "composer.lock",
)
"""Files that a tool writes, beside those that `.gitattributes` calls `linguist-generated`."""

MIGRATIONS = ("**/migrations/**", "**/migrate/**", "**/alembic/**", "*.sql")


@dataclass(frozen=True, slots=True)
class HotfixRules:
    """What the gate asks. `branch` is where production comes from, "" the default branch.

    `others` are long-lived branches whose commits must not come along, `maintainers` people who may waive besides
    the repository's maintainers and administrators, `every` what is asked of every pull request.
    """

    branch: str = ""
    prefix: str = "hotfix/"
    others: tuple[str, ...] = ("develop",)
    maintainers: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    tests: tuple[str, ...] = TESTS
    generated: tuple[str, ...] = GENERATED
    migrations: tuple[str, ...] = MIGRATIONS
    ten_minutes: Strictness = Strictness.WARN
    every: tuple[EveryPull, ...] = ()

    def is_flag(self, path: str) -> bool:
        return matches(path, self.flags)
