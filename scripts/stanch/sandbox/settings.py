"""What a repository's settings say, as frozen records; a new repository has GitHub's own defaults."""

from dataclasses import dataclass, field
from typing import Literal

Level = Literal["read", "write"]


@dataclass(frozen=True, slots=True)
class Actions:
    """The settings of GitHub Actions. `patterns`, `github_owned` and `verified` count only when actions are `selected`.

    `opens_pulls` is "Allow GitHub Actions to create and approve pull requests"; a workflow that names no permissions
    gets the `default_permissions`.
    """

    enabled: bool = True
    allowed: Literal["all", "local_only", "selected"] = "all"
    github_owned: bool = True
    verified: bool = True
    patterns: tuple[str, ...] = ()
    pins_required: bool = False
    default_permissions: Level = "read"
    opens_pulls: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """The rest of the settings page; how pull requests are merged stands in records.Merging."""

    archived: bool = False
    has_issues: bool = True
    deletes_merged: bool = False
    plan: Literal["free", "team"] = "team"
    actions: Actions = field(default_factory=Actions)


@dataclass(frozen=True, slots=True)
class Protection:
    """Classic branch protection. `approvals` None: no pull request is needed. Administrators pass unless told.

    Reviews by code owners and a head that has to be `strict`ly up to date are shown, and not asked of a merge here.
    """

    approvals: int | None = 1
    dismisses_stale: bool = False
    last_push: bool = False
    code_owners: bool = False
    contexts: tuple[str, ...] = ()
    strict: bool = False
    enforces_admins: bool = False
    linear: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a ruleset, in GitHub's words; `parameters` is JSON as it was sent."""

    type: str
    parameters: dict[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Ruleset:
    """Rules for branches or tags by patterns: `~DEFAULT_BRANCH`, `~ALL` or a glob below `refs/heads/`.

    `bypass` are logins here; GitHub names roles, teams and apps.
    """

    id: int
    name: str
    at: int
    rules: tuple[Rule, ...] = ()
    include: tuple[str, ...] = ("~DEFAULT_BRANCH",)
    exclude: tuple[str, ...] = ()
    enforcement: Literal["active", "disabled", "evaluate"] = "active"
    target: Literal["branch", "tag", "push"] = "branch"
    actors: tuple[dict[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class Release:
    """A published release."""

    id: int
    tag: str
    author: str
    at: int
    name: str = ""
    body: str = ""
