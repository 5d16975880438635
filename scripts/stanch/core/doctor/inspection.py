"""Everything that the doctor looks at, read once and frozen. What could not be read says so, and is never fine."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias, TypeVar

from stanch.core.access import Access
from stanch.core.config import Loaded
from stanch.core.doctor.workflow import WorkflowFile
from stanch.core.wishes import production_branch

T = TypeVar("T")


class Why(StrEnum):
    """Why something is not known."""

    DENIED = "denied"
    PLAN = "plan"
    UNREADABLE = "unreadable"
    UNASKED = "unasked"
    MANY = "many"
    HIDDEN = "hidden"
    """Of somebody else's repository: there is none, or it is not shown."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something that could not be read: `what` it is, in a person's words, and why."""

    what: str
    why: Why = Why.DENIED


Part: TypeAlias = T | Unknown
"""A value, or that it is not known."""


@dataclass(frozen=True, slots=True)
class Home:
    """The repository. `url` is its page, `owned_by_people`: not by an organisation. `merges` are the ways of merging
    that it allows (`squash`, `merge`, `rebase`).
    """

    full_name: str
    url: str
    default_branch: str = "main"
    archived: bool = False
    has_issues: bool = True
    private: bool = False
    owned_by_people: bool = False
    merges: frozenset[str] | Unknown = frozenset({"squash"})


@dataclass(frozen=True, slots=True)
class ActionsPolicy:
    """The settings of GitHub Actions. `allowed` is `all`, `local_only` or `selected`; the rest counts for the last."""

    enabled: bool = True
    allowed: str = "all"
    github_owned: bool = True
    verified: bool = True
    patterns: tuple[str, ...] = ()
    pins_required: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """A workflow as GitHub lists it. `state` is `active`, `disabled_manually`, `disabled_inactivity`, …"""

    id: int
    path: str
    state: str
    since: datetime


@dataclass(frozen=True, slots=True)
class RunSeen:
    """One run of a workflow. `conclusion` is empty while it has not ended."""

    event: str
    at: datetime
    status: str
    conclusion: str = ""


@dataclass(frozen=True, slots=True)
class LabelSeen:
    name: str
    color: str
    description: str


@dataclass(frozen=True, slots=True)
class Person:
    """What somebody may do here; `assignable` as GitHub lists it, `there` False where GitHub knows no such account."""

    access: Access
    assignable: bool = True
    there: bool = True


@dataclass(frozen=True, slots=True)
class People:
    """Whoever is known, by their login in lower case. `whole`: nobody else may do anything here."""

    known: Mapping[str, Person] = field(default_factory=dict)
    whole: bool = True

    @property
    def alone(self) -> bool:
        """Whether one person is all who may write; where nobody knows that, there are others."""
        return self.whole and sum(person.access.may_command for person in self.known.values()) == 1


@dataclass(frozen=True, slots=True)
class BranchRules:
    """What holds for a branch, by rulesets and by classic protection together. `approvals` None: no pull request is
    needed. `statuses` are the required ones with the id of the app that has to set them, None for anybody. `asleep`
    are rulesets that are not enforced, `rulesets` the names of all. `hidden` says that classic protection could not be
    read, `there` whether GitHub knows the branch.
    """

    approvals: int | None = None
    last_push: bool = False
    stale: bool = False
    merges: frozenset[str] | None = None
    statuses: Mapping[str, int | None] = field(default_factory=dict)
    asleep: tuple[str, ...] = ()
    rulesets: frozenset[str] = frozenset()
    hidden: Unknown | None = None
    there: bool = True


@dataclass(frozen=True, slots=True)
class Release:
    """The newest release of the action, and the commit of its tag."""

    tag: str
    sha: str


@dataclass(frozen=True, slots=True)
class Books:
    """The runbooks by their paths: those that the linter has errors for, with their number, and those whose review is
    overdue. What is said of all pages together stands under the folder.
    """

    wrong: Mapping[str, int] = field(default_factory=dict)
    stale: tuple[str, ...] = ()


@dataclass(frozen=True)
class Inspection:
    """`workflows` are Stanch's own, by path: None where there is no such file. `sweeps` are the newest runs by the
    schedule, `watches` and `recent` (of `stanch-incidents`) the newest of any kind, newest first.

    `remarks` is what the config allows but a team should know. `burning` are the open incidents that need a watcher.
    `installed` is the version that wrote the files, empty where nobody knows. `version` is the one that looks.
    """

    now: datetime
    home: Home
    workflows: Mapping[str, WorkflowFile | None] = field(default_factory=dict)
    loaded: Loaded = field(default_factory=Loaded)
    remarks: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    policy: Part[ActionsPolicy] = field(default_factory=ActionsPolicy)
    listed: Part[tuple[Listed, ...]] = ()
    sweeps: Part[tuple[RunSeen, ...]] = ()
    watches: Part[tuple[RunSeen, ...]] = ()
    recent: Part[tuple[RunSeen, ...]] = ()
    labels: Part[tuple[LabelSeen, ...]] = ()
    people: Part[People] = field(default_factory=People)
    rules: Part[BranchRules] = field(default_factory=BranchRules)
    secrets: Part[frozenset[str]] = frozenset()
    variables: Part[Mapping[str, str]] = field(default_factory=dict)
    release: Part[Release | None] = None
    burning: Part[tuple[int, ...]] = ()
    books: Books = field(default_factory=Books)
    installed: str = ""
    version: str = ""

    @property
    def production(self) -> str:
        """The branch that production comes from."""
        return production_branch(self.loaded.config, self.home.default_branch)
