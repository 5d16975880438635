"""A pull request as GitHub recorded it, frozen: what the hotfix rules may know of it.

All instants are UTC by GitHub's clock. Its conversation is a `Thread`; nothing here is interpreted.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from stanch.core.thread import Actor, Deployment, Thread

SHOWN_PUSHES = 100
"""Moves of a branch that one read shows."""


class PullState(StrEnum):
    """Where a pull request stands."""

    OPEN = "open"
    CLOSED = "closed"
    MERGED = "merged"


class Mergeable(StrEnum):
    """Whether GitHub could merge it; it computes that only when asked, so at first it may not know."""

    YES = "mergeable"
    CONFLICTING = "conflicting"
    UNKNOWN = "unknown"


class Opinion(StrEnum):
    """What a review says; comments alone are no opinion."""

    APPROVED = "approved"
    CHANGES_REQUESTED = "changes requested"
    DISMISSED = "dismissed"


class ChangeKind(StrEnum):
    """What became of a file, in GitHub's words (`PatchStatus`)."""

    ADDED = "added"
    CHANGED = "changed"
    COPIED = "copied"
    DELETED = "deleted"
    MODIFIED = "modified"
    RENAMED = "renamed"


class CheckState(StrEnum):
    """How a check, a status or a run ended. A check that was skipped or is neutral ended well for GitHub.

    SKIPPED is a run none of whose jobs ran: GitHub starts one for each event that the jobs' conditions drop.
    """

    PASSED = "passed"
    FAILED = "failed"
    RUNNING = "running"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class PullCommit:
    """One commit. `people` are the logins of its authors, co-authors and committer.

    `unknown` are those of them whom GitHub knows no account of, by the name that the commit gives.
    """

    sha: str
    message: str
    people: tuple[str, ...]
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """One opinion. `sha` is the head that GitHub says it was given on, which a patch-identical rebase may move."""

    id: str
    author: Actor
    opinion: Opinion
    at: datetime
    sha: str
    may_push: bool


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """One changed file with its lines, as GitHub counts them; a renamed one bears its new path."""

    path: str
    kind: ChangeKind
    added: int
    removed: int


@dataclass(frozen=True, slots=True)
class Check:
    """One check run or commit status on the head. `workflow` is the path of its workflow file, if it has one."""

    name: str
    state: CheckState
    workflow: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a workflow on the head. `path` is its file, `event` what started it, `again` when it last moved."""

    id: int
    path: str
    event: str
    state: CheckState
    at: datetime
    again: datetime | None = None

    @property
    def mark(self) -> int:
        """Which run, and which attempt of it: one that is run again keeps its id. Later ones are greater."""
        return self.id if self.again is None else int(self.again.timestamp()) * 1000 + self.id % 1000


@dataclass(frozen=True, slots=True)
class GateStatus:
    """The commit status of the gate's name as it stands on the head; anybody with write access can set one."""

    state: str
    description: str
    url: str
    by: Actor


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of a merged pull request: one commit on the base, with its parents."""

    sha: str
    message: str
    parents: tuple[str, ...]
    by: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class Push:
    """One entry of the branch's activity: who moved it, and where to."""

    by: str
    after: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FileText:
    """A file at one commit. `text` is None where it is binary, cut off, or was not asked for."""

    oid: str
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Pull:
    """A pull request. `thread` is its conversation: title, body, author, comments and what Stanch left on it.

    `files` are at most 100 of `changed_files`, `commits` at most 200 of `commit_count`, `reviews` (opinions alone,
    oldest first) at most 100 of `review_count`. `fork_point` is the parent of the first commit. `twins` are the other
    open pull requests with the same head, `retargets` the instants (UTC) at which the base branch was changed.
    """

    thread: Thread
    state: PullState
    draft: bool
    cross_repository: bool
    head: str
    head_sha: str
    head_tree: str
    base: str
    base_sha: str
    fork_point: str
    mergeable: Mergeable
    commits: tuple[PullCommit, ...]
    commit_count: int
    files: tuple[ChangedFile, ...]
    changed_files: int
    added: int
    removed: int
    reviews: tuple[Review, ...] = ()
    review_count: int = 0
    checks: tuple[Check, ...] = ()
    more_checks: bool = False
    runs: tuple[Run, ...] = ()
    deployments: tuple[Deployment, ...] = ()
    closes: tuple[int, ...] = ()
    twins: tuple[int, ...] = ()
    retargets: tuple[datetime, ...] = ()
    status: GateStatus | None = None
    merged: Merged | None = None

    @property
    def number(self) -> int:
        return self.thread.number

    @property
    def all_files_shown(self) -> bool:
        return len(self.files) == self.changed_files

    @property
    def all_commits_shown(self) -> bool:
        return len(self.commits) == self.commit_count

    @property
    def all_reviews_shown(self) -> bool:
        return len(self.reviews) == self.review_count


@dataclass(frozen=True, slots=True)
class MergeSettings:
    """How the repository lets pull requests be merged, and its environments' names."""

    squash: bool
    merge_commit: bool
    rebase: bool
    environments: tuple[str, ...] = ()
    attributes: str | None = None


@dataclass(frozen=True, slots=True)
class Beside:
    """What the second read brings: the incidents that are linked, and files at several commits.

    `files` maps a revision expression such as `<sha>:path` to the file, None where there is none.
    `threads` has the issues that were asked for by number, None for one that does not exist or is no issue.
    `foreign` maps another long-lived branch to how many of the commits since the fork point it lacks, None where
    there is no such branch. `changed` maps a commit to the number of files that it changed, None when GitHub does
    not say, `messages` to what it says. `landed` are those commits of `changed` that the base has.
    """

    threads: Mapping[int, Thread | None] = field(default_factory=dict)
    files: Mapping[str, FileText | None] = field(default_factory=dict)
    foreign: Mapping[str, int | None] = field(default_factory=dict)
    changed: Mapping[str, int | None] = field(default_factory=dict)
    messages: Mapping[str, str] = field(default_factory=dict)
    landed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Listed:
    """A pull request as a list shows it: enough to tell whether it has to be looked at.

    `status` is what the gate's status says on its head; empty without one, or when no bot set it. `linked` is whether
    it would close an issue, by its text or by a link in the sidebar, which raises no event.
    """

    number: int
    body: str
    head: str
    status: str = ""
    linked: bool = False
    merged_at: datetime | None = None
