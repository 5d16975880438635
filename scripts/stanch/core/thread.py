"""A thread as GitHub recorded it: an issue, its comments and its events, frozen.

All instants are UTC, to the second, by GitHub's clock. Nothing here is interpreted:
`timeline` orders these facts and `incident` gives them their meaning.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

GHOST = "ghost"
"""The login that GitHub shows for an account that no longer exists."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did something; a deleted account is `Actor("ghost")`."""

    login: str
    is_bot: bool = False


class Mark(StrEnum):
    """A reaction that Stanch itself left on a comment."""

    ACCEPTED = "rocket"
    REFUSED = "-1"


class EventKind(StrEnum):
    """What GitHub recorded on a thread besides comments."""

    LABELED = "labeled"
    UNLABELED = "unlabeled"
    ASSIGNED = "assigned"
    UNASSIGNED = "unassigned"
    CLOSED = "closed"
    REOPENED = "reopened"
    RENAMED = "renamed"
    REFERENCED = "cross-referenced"
    COMMENT_DELETED = "comment-deleted"


class CloseReason(StrEnum):
    """Why an issue was closed, as GitHub names it."""

    COMPLETED = "completed"
    NOT_PLANNED = "not_planned"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment. `ours` means that this token's account wrote it, not that it is a marker of ours.

    `id` is the number that REST wants, `node_id` the one that GraphQL wants.
    `editor` is the last person who edited it; None when it was never edited.
    """

    id: int
    node_id: str
    author: Actor
    body: str
    at: datetime
    url: str = ""
    ours: bool = False
    edited_at: datetime | None = None
    editor: Actor | None = None
    minimized: bool = False
    marks: frozenset[Mark] = frozenset()

    @property
    def untouched(self) -> bool:
        """Whether nobody but its author has edited it."""
        return self.edited_at is None or (self.editor is not None and self.editor == self.author)


@dataclass(frozen=True, slots=True)
class Reference:
    """An issue or pull request that mentions this thread. `merged_at` only for a merged pull request."""

    number: int
    title: str
    url: str
    is_pull_request: bool
    author: Actor
    ours: bool = False
    state: str = "open"
    merged_at: datetime | None = None


ROLES = "runbooks/roles.md"
"""What the lead does, and whoever speaks to the clients: where a team keeps it."""


def home_of(url: str) -> str:
    """The repository's address in the address of one of its issues or pull requests."""
    return url.rpartition("/issues/" if "/issues/" in url else "/pull/")[0]


@dataclass(frozen=True, slots=True)
class Event:
    """One recorded event. Only the field that belongs to its kind is set.

    `subject` is the label's name, the assignee's login, the author of a deleted comment or the old title.
    `source` is None when GitHub would not show the other end of a cross-reference.
    """

    kind: EventKind
    at: datetime
    actor: Actor
    subject: str = ""
    reason: CloseReason | None = None
    source: Reference | None = None


Item = Comment | Event


@dataclass(frozen=True, slots=True)
class Thread:
    """One issue, with every item of its timeline in GitHub's order.

    A pull request is carried with its number and `is_pull_request` alone.
    """

    number: int
    title: str = ""
    body: str = ""
    author: Actor = field(default=Actor(GHOST))
    at: datetime = datetime.min  # noqa: DTZ901 # only a pull request keeps it, and nobody asks one its age
    url: str = ""
    ours: bool = False
    edited_at: datetime | None = None
    editor: Actor | None = None
    open: bool = True
    reason: CloseReason | None = None
    locked: bool = False
    labels: tuple[str, ...] = ()
    assignees: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    is_pull_request: bool = False
    node_id: str = ""

    @property
    def comments(self) -> tuple[Comment, ...]:
        return tuple(item for item in self.items if isinstance(item, Comment))

    @property
    def events(self) -> tuple[Event, ...]:
        return tuple(item for item in self.items if isinstance(item, Event))


@dataclass(frozen=True, slots=True)
class Deployment:
    """One deployment, with the state that its environment last reported (`success`, `failure`, `inactive`, …)."""

    id: str
    environment: str
    sha: str
    ref: str
    at: datetime
    state: str
    creator: Actor


@dataclass(frozen=True, slots=True)
class Merge:
    """One merged pull request. `sha` is its merge commit."""

    number: int
    title: str
    url: str
    sha: str
    at: datetime
    author: Actor
    base: str


@dataclass(frozen=True, slots=True)
class Repository:
    """What one read says of the repository beside the thread.

    `config` and `codeowners` are None when the default branch has no such file;
    `deployments` and `merges` are the newest ones, newest first. `has_gate`, `has_watcher`: the workflow is installed,
    `has_roles`: there is a runbook for the lead and whoever speaks to the clients. `templates` are
    the team's own, by the name of the file. `handovers` are the newest hand-over issues by number, open or closed,
    with their comments alone. `runbooks` are the Markdown files of their folder by path, None for one that is no text.
    """

    owner: str
    name: str
    default_branch: str | None = None
    config: str | None = None
    config_alternative: str | None = None
    codeowners: str | None = None
    has_gate: bool = False
    has_roles: bool = False
    has_watcher: bool = False
    deployments: tuple[Deployment, ...] = ()
    merges: tuple[Merge, ...] = ()
    templates: Mapping[str, str] = field(default_factory=dict)
    handovers: tuple[Thread, ...] = ()
    runbooks: Mapping[str, str | None] = field(default_factory=dict)

    @property
    def full_name(self) -> str:
        return f"{self.owner}/{self.name}"

    def roles_of(self, url: str) -> str:
        """The address of the runbook for both roles, beside a thread's own address; empty where there is none."""
        return f"{home_of(url)}/blob/HEAD/{ROLES}" if self.has_roles else ""


@dataclass(frozen=True, slots=True)
class Child:
    """An issue that Stanch may have opened for another: where a parent's key is looked for.

    `edited_at` is when its body was last edited, by anybody; None when it never was.
    """

    number: int
    node_id: str
    title: str
    body: str
    url: str
    ours: bool
    at: datetime
    open: bool = True
    reason: CloseReason | None = None
    edited_at: datetime | None = None
