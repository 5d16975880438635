"""One repository's state: plain tables of frozen records."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from stanch.sandbox.git import Tree
from stanch.sandbox.records import Activity, Commit, CommitStatus, Deployment, Dispatch, Issue, Label, Merging, Run
from stanch.sandbox.settings import Protection, Release, Ruleset, Settings

ROLES = ("none", "read", "triage", "write", "maintain", "admin")
"""GitHub's roles, the least first."""


@dataclass
class Repository:
    """Tables of one repository. Records in them are replaced, never changed, so that a copy stays as it was."""

    id: int
    owner: str
    name: str
    private: bool
    created_at: int
    default_branch: str = "main"
    fork_of: str = ""
    issues: dict[int, Issue] = field(default_factory=dict)
    labels: dict[str, Label] = field(default_factory=dict)
    forms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    commits: dict[str, Commit] = field(default_factory=dict)
    branches: dict[str, str] = field(default_factory=dict)
    deployments: dict[int, Deployment] = field(default_factory=dict)
    statuses: dict[str, tuple[CommitStatus, ...]] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    custom_roles: dict[str, str] = field(default_factory=dict)
    homes: dict[int, int] = field(default_factory=dict)
    deleted: frozenset[int] = frozenset()
    moved: dict[int, tuple[str, int]] = field(default_factory=dict)
    dispatches: tuple[Dispatch, ...] = ()
    activity: tuple[Activity, ...] = ()
    runs: dict[int, Run] = field(default_factory=dict)
    environments: dict[str, int] = field(default_factory=dict)
    merging: Merging = field(default_factory=Merging)
    settings: Settings = field(default_factory=Settings)
    protections: dict[str, Protection] = field(default_factory=dict)
    rulesets: dict[int, Ruleset] = field(default_factory=dict)
    workflow_states: dict[str, str] = field(default_factory=dict)
    secrets: dict[str, int] = field(default_factory=dict)
    variables: dict[str, tuple[str, int]] = field(default_factory=dict)
    organization_secrets: dict[str, int] = field(default_factory=dict)
    releases: dict[int, Release] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)
    blobs: dict[str, str] = field(default_factory=dict)
    trees: dict[str, Tree] = field(default_factory=dict)
    last_number: int = 0

    @property
    def full_name(self) -> str:
        return f"{self.owner}/{self.name}"

    @property
    def head(self) -> str:
        """The newest commit of the default branch."""
        return self.branches[self.default_branch]

    @property
    def files(self) -> Mapping[str, str]:
        """The texts of the default branch by their paths."""
        return self.commits[self.head].tree.texts

    def copy(self) -> "Repository":
        """The tables as they are now; the records are shared."""
        other = replace(self)
        for name, table in vars(self).items():
            if isinstance(table, dict):
                setattr(other, name, table.copy())
        return other

    def role_of(self, login: str) -> str:
        """The base role of a person: a custom role counts as the role it is built on."""
        role = self.roles.get(login.lower(), "none" if self.private else "read")
        return self.custom_roles.get(role, role)

    def has_role(self, login: str, role: str) -> bool:
        return ROLES.index(self.role_of(login)) >= ROLES.index(role)

    def label_named(self, name: str) -> Label | None:
        """A label by name; case does not matter."""
        return self.labels.get(name.casefold())

    def label_names(self, issue: Issue) -> tuple[str, ...]:
        """The names of an issue's labels, as they are defined now."""
        return tuple(self.labels[key].name for key in issue.labels if key in self.labels)
