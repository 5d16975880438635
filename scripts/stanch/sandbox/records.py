"""What the sandbox remembers, as frozen records: an old record is never changed, so a stale read can show it.

All instants are UTC seconds. `repo` is always `owner/name`. Ids are global and are never numbers.
"""

from dataclasses import dataclass
from typing import Literal

REACTIONS = ("+1", "-1", "laugh", "hooray", "confused", "heart", "rocket", "eyes")
"""The contents that a reaction may have, in the order in which GitHub lists them."""


@dataclass(frozen=True, slots=True)
class User:
    login: str
    id: int
    is_bot: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    name: str
    id: int
    color: str = "ededed"
    description: str | None = None


@dataclass(frozen=True, slots=True)
class Reaction:
    id: int
    login: str
    content: str
    at: int


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment; `editor` and `edited_at` are None until somebody edits it."""

    id: int
    repo: str
    number: int
    author: str
    body: str
    at: int
    updated_at: int
    edited_at: int | None = None
    editor: str | None = None
    minimized: str | None = None
    reactions: tuple[Reaction, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """One timeline event. `subject` is a label, an assignee, a deleted comment's author or the old title.

    `reason` is a close's reason or the new title; `source` is the (repo, number) that refers to the thread.
    """

    id: int
    kind: str
    actor: str
    at: int
    subject: str = ""
    reason: str | None = None
    source: tuple[str, int] | None = None


Item = Comment | Event


@dataclass(frozen=True, slots=True)
class Pull:
    """What a pull request has beyond an issue."""

    id: int
    head: str
    head_sha: str
    base: str
    base_sha: str
    draft: bool = False
    merged_at: int | None = None
    merged_by: str | None = None
    merge_sha: str | None = None


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue, or a pull request when `pull` is set. `labels` are the folded names of the repository's labels."""

    id: int
    repo: str
    number: int
    title: str
    body: str | None
    author: str
    at: int
    updated_at: int
    state: Literal["open", "closed"] = "open"
    state_reason: str | None = None
    closed_at: int | None = None
    closed_by: str | None = None
    edited_at: int | None = None
    editor: str | None = None
    locked: bool = False
    lock_reason: str | None = None
    labels: tuple[str, ...] = ()
    assignees: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    pull: Pull | None = None

    @property
    def comments(self) -> tuple[Comment, ...]:
        return tuple(item for item in self.items if isinstance(item, Comment))


@dataclass(frozen=True, slots=True)
class DeploymentStatus:
    id: int
    state: str
    creator: str
    at: int
    description: str = ""
    environment: str = ""
    target_url: str = ""
    environment_url: str = ""


@dataclass(frozen=True, slots=True)
class Deployment:
    id: int
    repo: str
    sha: str
    ref: str
    environment: str
    creator: str
    at: int
    updated_at: int
    task: str = "deploy"
    description: str | None = None
    payload: object = ""
    statuses: tuple[DeploymentStatus, ...] = ()

    @property
    def latest(self) -> DeploymentStatus | None:
        return self.statuses[-1] if self.statuses else None


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit on the default branch, or one made to have something to merge."""

    sha: str
    message: str
    author: str
    at: int
    parents: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    modified: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CommitStatus:
    id: int
    sha: str
    context: str
    state: str
    creator: str
    at: int
    description: str | None = None
    target_url: str | None = None


@dataclass(frozen=True, slots=True)
class Dispatch:
    """A workflow or repository dispatch, recorded as it came."""

    kind: Literal["workflow", "repository"]
    name: str
    ref: str
    inputs: object
    by: str
    at: int
