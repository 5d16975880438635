"""What the sandbox remembers, as frozen records: an old record is never changed, so a stale read can show it.

All instants are UTC seconds. `repo` is always `owner/name`. Ids are global and are never numbers.
"""

from dataclasses import dataclass
from typing import Literal

from stanch.sandbox.git import EMPTY, Tree

REACTIONS = ("+1", "-1", "laugh", "hooray", "confused", "heart", "rocket", "eyes")
"""The contents that a reaction may have, in the order in which GitHub lists them."""


@dataclass(frozen=True, slots=True)
class User:
    login: str
    id: int
    is_bot: bool = False
    is_organization: bool = False


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
    """One timeline event. `subject` is a label, an assignee, a deleted comment's author, the old title or base.

    `reason` is a close's reason, the new title or base; `source` is the (repo, number) that refers to the thread.
    Of a head that was pushed by force they are the old and the new commit.
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
class Review:
    """A review. `state` is approved, changes_requested, commented or dismissed; `sha` the head that it was given on."""

    id: int
    author: str
    state: str
    at: int
    sha: str
    body: str = ""


@dataclass(frozen=True, slots=True)
class Pull:
    """What a pull request has beyond an issue.

    `base_sha` is where the base stood when the request was opened, last pushed to or sent elsewhere, or merged.
    `head_repo` is the fork that the head lives in, "" for none. `mergeable` is what GitHub is made to say of it
    (MERGEABLE, CONFLICTING, UNKNOWN), None for what is true. `queued` is the merge queue's branch. `linked` are
    issues that somebody linked in the sidebar.
    """

    id: int
    head: str
    head_sha: str
    base: str
    base_sha: str
    draft: bool = False
    merged_at: int | None = None
    merged_by: str | None = None
    merge_sha: str | None = None
    head_repo: str = ""
    reviews: tuple[Review, ...] = ()
    mergeable: str | None = None
    queued: str | None = None
    linked: tuple[int, ...] = ()


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
    pinned: bool = False

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
    """A commit. `author` and `committer` ("": the author too) are accounts, or `Name <e-mail>` as git has them."""

    sha: str
    message: str
    author: str
    at: int
    parents: tuple[str, ...] = ()
    tree: Tree = EMPTY
    committer: str = ""


@dataclass(frozen=True, slots=True)
class Activity:
    """One move of a branch, in the order in which they came. `kind` is GitHub's `activity_type`."""

    id: int
    branch: str
    kind: str
    actor: str
    before: str
    after: str
    at: int


@dataclass(frozen=True, slots=True)
class CheckRun:
    """One check, such as a job. States are in GitHub's words, in lower case."""

    id: int
    name: str
    status: str = "completed"
    conclusion: str | None = "success"
    url: str = ""


@dataclass(frozen=True, slots=True)
class Artifact:
    """What a workflow run left: a zip archive."""

    id: int
    name: str
    content: bytes
    at: int
    expires_at: int


@dataclass(frozen=True, slots=True)
class Run:
    """A check suite on a commit; a workflow run too, unless `path` is "". `name` is what its file says, if anything."""

    id: int
    sha: str
    branch: str
    path: str
    event: str
    actor: str
    at: int
    updated_at: int
    status: str = "queued"
    conclusion: str | None = None
    checks: tuple[CheckRun, ...] = ()
    artifacts: tuple[Artifact, ...] = ()
    name: str = ""
    started_at: int | None = None

    @property
    def workflow(self) -> str:
        """The workflow's name."""
        return self.name or self.path.rpartition("/")[2].partition(".")[0]


@dataclass(frozen=True, slots=True)
class Merging:
    """How a repository lets pull requests be merged, by GitHub's names and defaults.

    `required` are the contexts that must be green on the head, `dismisses_stale` takes back approvals on a push.
    """

    merge: bool = True
    squash: bool = True
    rebase: bool = True
    squash_title: Literal["COMMIT_OR_PR_TITLE", "PR_TITLE"] = "COMMIT_OR_PR_TITLE"
    squash_message: Literal["COMMIT_MESSAGES", "PR_BODY", "BLANK"] = "COMMIT_MESSAGES"
    required: frozenset[str] = frozenset()
    dismisses_stale: bool = False


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
