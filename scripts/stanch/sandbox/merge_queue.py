"""The merge queue: a branch with the base and the pull request together, which is checked before it becomes the base.

One pull request at a time; GitHub also builds groups of several on top of each other.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from stanch.sandbox import branches, heads, merging, pulls
from stanch.sandbox.git import NO_COMMIT
from stanch.sandbox.records import Issue, Pull
from stanch.sandbox.repository import Repository
from stanch.sandbox.rights import Caller, Refusal, require

if TYPE_CHECKING:
    from stanch.sandbox.world import World

BY = Caller("github-merge-queue[bot]")
"""Who pushes the queue's branches and merges them, as far as is known; not GITHUB_TOKEN, so workflows start."""


@dataclass(frozen=True)
class Group:
    """One branch of the queue. `reason` says why it is gone: merged, dequeued or invalidated."""

    branch: str
    sha: str
    base: str
    base_sha: str
    reason: str = ""


def enter(world: "World", repo: Repository, by: Caller, number: int, method: str = "squash") -> str:
    """Put a pull request into the queue; returns the commit that is to be checked."""
    issue, pull = pulls.pull_of(repo, number)
    require(repo, by, "write", "contents")
    merging.must_be_mergeable(repo, by, issue, pull, merging.How(method))
    if pull.queued:
        raise Refusal(422, "Pull request is already in the queue")
    with world.writing():
        tip = repo.branches[pull.base]
        sha = merging.MAKERS[method](world, repo, by, issue, pull, merging.How(method))
        branch = f"gh-readonly-queue/{pull.base}/pr-{number}-{tip}"
        issue = world.keep(repo, replace(issue, pull=replace(pull, queued=branch)))
        world.emit("pull_request", "enqueued", repo, by, issue=issue)
        branches.move(world, repo, BY, branches.Move(branch, sha, "branch_creation"))
        world.emit("merge_group", "checks_requested", repo, BY, group=Group(branch, sha, pull.base, tip))
    return sha


def _group(repo: Repository, number: int) -> tuple[Issue, Pull, Group]:
    issue, pull = pulls.pull_of(repo, number)
    if not pull.queued:
        raise Refusal(422, "Pull request is not in the queue")
    sha, tip = repo.branches[pull.queued], pull.queued.rpartition("-")[2]
    return issue, pull, Group(pull.queued, sha, pull.base, tip)


def land(world: "World", repo: Repository, number: int) -> str:
    """Merge what was checked, if every required context is green on it; returns the commit. 405 otherwise."""
    issue, pull, group = _group(repo, number)
    owed = merging.missing(repo, group.sha)
    if owed:
        raise Refusal(405, f'Required status check "{owed[0]}" is expected.')
    if repo.branches[group.base] != group.base_sha:
        raise Refusal(405, "The base has moved; GitHub would build another group.")
    with world.writing():
        pushed = heads.Pushed(group.base, group.base_sha, group.sha, "merge_queue_merge")
        branches.point(world, repo, BY, branches.Move(group.base, group.sha, "merge_queue_merge"))
        world.emit("push", None, repo, BY, pushed=pushed)
        merged = replace(pull, merge_sha=group.sha, base_sha=group.base_sha)
        merging.close_fixed(world, repo, BY, heads.mark_merged(world, repo, BY, issue, merged))
        _remove(world, repo, replace(group, reason="merged"))
        heads.follow(world, repo, BY, pushed)
    return group.sha


def leave(world: "World", repo: Repository, by: Caller, number: int, reason: str = "dequeued") -> None:
    """Take a pull request out of the queue; `invalidated` when its checks failed."""
    issue, pull, group = _group(repo, number)
    require(repo, by, "write", "contents")
    with world.writing():
        issue = world.keep(repo, replace(issue, pull=replace(pull, queued=None)))
        world.emit("pull_request", "dequeued", repo, by, issue=issue, dequeued=reason)
        _remove(world, repo, replace(group, reason=reason))


def _remove(world: "World", repo: Repository, group: Group) -> None:
    del repo.branches[group.branch]
    branches.note(world, repo, BY, branches.Move(group.branch, NO_COMMIT, "branch_deletion"), group.sha)
    world.emit("merge_group", "destroyed", repo, BY, group=group)
