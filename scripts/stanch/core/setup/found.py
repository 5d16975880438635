"""What a repository is like, as far as it matters for what is brought into it. What nobody could tell is None."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from stanch.core.config_hotfix import HotfixRules
from stanch.core.setup.pin import Pin


@dataclass(frozen=True, slots=True)
class Workflow:
    """A workflow of the repository's own: by which name it is waited for, and what starts it."""

    path: str
    name: str
    events: frozenset[str] = frozenset()


class Policy(StrEnum):
    """Which actions may run here."""

    NONE = "none"
    LOCAL = "local"
    SELECTED = "selected"
    ALL = "all"


class Rules(StrEnum):
    """What guards the default branch."""

    NO_PLAN = "no plan"
    NONE = "none"
    REVIEWED = "reviewed"
    REQUIRED = "required"
    """Also the status of the gate is asked for."""


@dataclass(frozen=True)
class Found:
    """A repository. `files` are the texts by path of what matters here, `paths` all there are.

    `writers` are the people who may push, `owners` those whom CODEOWNERS names. `sure` says whether the default branch
    was told, and not guessed. `gate` is what a configuration that is there already asks of hotfixes. `release` is this
    version of Stanch, by the commit of its tag.
    """

    name: str = ""
    branch: str = "main"
    private: bool | None = None
    paths: frozenset[str] = frozenset()
    files: Mapping[str, str] = field(default_factory=dict)
    labels: tuple[str, ...] | None = None
    owners: tuple[str, ...] = ()
    writers: tuple[str, ...] | None = None
    suites: tuple[str, ...] = ()
    workflows: tuple[Workflow, ...] = ()
    environments: tuple[str, ...] | None = None
    policy: Policy | None = None
    rules: Rules | None = None
    sure: bool = True
    gate: HotfixRules = field(default_factory=HotfixRules)
    release: Pin | None = None

    @property
    def production(self) -> str:
        """The branch that production runs."""
        return self.gate.branch or self.branch


@dataclass(frozen=True, slots=True)
class Seen:
    """What an earlier run could tell and a later one, without a token, perhaps cannot; `labels` are its proposals."""

    branch: str = ""
    private: bool | None = None
    environments: tuple[str, ...] | None = None
    labels: tuple[str, ...] | None = None


def remembered(found: Found, seen: Seen) -> Found:
    """What was found, and where nobody could tell, what was seen before: files do not change for want of a token."""
    return replace(
        found,
        branch=found.branch if found.sure or not seen.branch else seen.branch,
        private=seen.private if found.private is None else found.private,
        environments=seen.environments if found.environments is None else found.environments,
        labels=seen.labels if found.labels is None else found.labels,
    )
