"""Branches: commits are made and pushed to them, and every move is noted with who made it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha1
from typing import TYPE_CHECKING

from stanch.sandbox import heads, rules
from stanch.sandbox.git import NO_COMMIT, Tree
from stanch.sandbox.history import ancestors, tree_of
from stanch.sandbox.records import Activity, Commit
from stanch.sandbox.repository import Repository
from stanch.sandbox.rights import Caller, Refusal, may_change_workflows, require

if TYPE_CHECKING:
    from stanch.sandbox.world import World

WORKFLOWS = ".github/workflows/"
_FIRST_ACTIVITY = 9_000_000_001
_NO_NAME = re.compile(r"[\x00-\x20\x7f~^:?*\[\\]|\.\.|@\{")


@dataclass(frozen=True)
class NewCommit:
    """Files to set (text) or delete (None), and who made it; authors are accounts or `Name <e-mail>`."""

    files: Mapping[str, str | None]
    message: str = "Change files"
    author: str = ""
    committer: str = ""


@dataclass(frozen=True)
class Move:
    """A branch that goes to a commit. `kind` is GitHub's `activity_type`."""

    branch: str
    sha: str
    kind: str = "push"


def new_sha(world: "World", seed: str) -> str:
    """A commit id that depends only on what happened before."""
    return sha1(f"{world.new_id()} {seed}".encode(), usedforsecurity=False).hexdigest()


def first_commit(world: "World", repo: Repository, files: dict[str, str]) -> None:
    """The commit that a repository begins with."""
    sha = new_sha(world, "first")
    repo.commits[sha] = Commit(sha, "First commit", repo.owner, world.clock.now, tree=Tree(files))
    repo.branches[repo.default_branch] = sha


def commit(world: "World", repo: Repository, by: Caller, parent: str, new: NewCommit) -> Commit:
    """Make a commit on top of another; no branch moves."""
    tree, author = tree_of(repo, parent), new.author or by.login
    tree = tree.with_changes(new.files) if new.files else tree
    made = Commit(
        new_sha(world, new.message), new.message, author, world.clock.now, (parent,), tree, new.committer or author
    )
    repo.commits[made.sha] = made
    return made


def may_push(repo: Repository, by: Caller, paths: Sequence[str]) -> None:
    """Refuse who may not push, and a change of workflows to a token that has no right to it."""
    require(repo, by, "write", "contents")
    if any(path.startswith(WORKFLOWS) for path in paths):
        may_change_workflows(by)


def nameable(repo: Repository, branch: str) -> None:
    """Refuse a new branch that git could not write beside the others: `a` and `a/b` (reported of GitHub).

    microsoft/vscode-remote-repositories-github#122, googleapis/release-please#1024; names as git-check-ref-format.
    """
    parts = branch.split("/")
    crossed = any(one.startswith(f"{branch}/") or branch.startswith(f"{one}/") for one in repo.branches)
    odd = any(not part or part.startswith(".") or part.endswith((".lock", ".")) for part in parts)
    if crossed or odd or _NO_NAME.search(branch):
        raise Refusal(422, "Reference update failed")


def push(
    world: "World", repo: Repository, by: Caller, branch: str, new: Sequence[NewCommit], onto: str | None = None
) -> Commit:
    """Push commits to a branch, which is made if need be; returns the newest.

    `onto` names the commit that they stand on, when it is not the branch's own (a push by force). A new branch
    starts at the default branch.
    """
    may_push(repo, by, [path for one in new for path in one.files])
    before = repo.branches.get(branch)
    sha = onto or before or repo.head
    if sha not in repo.commits:
        raise Refusal(422, f"No commit found for SHA: {sha}")
    forced = before is not None and before not in ancestors(repo, sha)
    if before is None:
        nameable(repo, branch)
    kind = "branch_creation" if before is None else "force_push" if forced else "push"
    rules.must_allow(repo, by, branch, kind)
    with world.writing():
        for one in new:
            sha = commit(world, repo, by, sha, one).sha
        move(world, repo, by, Move(branch, sha, kind))
    return repo.commits[sha]


def move(world: "World", repo: Repository, by: Caller, wanted: Move) -> None:
    """Let a branch point to a commit: note who did it, tell of the push, and take its pull requests along."""
    before = repo.branches.get(wanted.branch, NO_COMMIT)
    if before == wanted.sha:
        return
    point(world, repo, by, wanted)
    world.emit("push", None, repo, by, pushed=heads.Pushed(wanted.branch, before, wanted.sha, wanted.kind))
    heads.follow(world, repo, by, heads.Pushed(wanted.branch, before, wanted.sha, wanted.kind))


def point(world: "World", repo: Repository, by: Caller, wanted: Move) -> None:
    """Move a branch and note it, without telling anybody."""
    before = repo.branches.get(wanted.branch, NO_COMMIT)
    note(world, repo, by, wanted, before)
    repo.branches[wanted.branch] = wanted.sha


def note(world: "World", repo: Repository, by: Caller, wanted: Move, before: str) -> None:
    """Add to the repository's activity."""
    entry = Activity(
        _FIRST_ACTIVITY + len(repo.activity),
        wanted.branch,
        wanted.kind,
        by.login,
        before,
        wanted.sha,
        world.clock.now,
    )
    repo.activity = (*repo.activity, entry)


def delete(world: "World", repo: Repository, by: Caller, branch: str) -> None:
    """Delete a branch; its commits stay, its open pull requests are closed."""
    require(repo, by, "write", "contents")
    if branch not in repo.branches or branch == repo.default_branch:
        raise Refusal(422, "Reference does not exist" if branch not in repo.branches else "Cannot delete it")
    rules.must_allow(repo, by, branch, "branch_deletion")
    drop(world, repo, by, branch)


def drop(world: "World", repo: Repository, by: Caller, branch: str) -> None:
    """Delete a branch without asking for rights."""
    with world.writing():
        before = repo.branches.pop(branch)
        pushed = heads.Pushed(branch, before, NO_COMMIT, "branch_deletion")
        note(world, repo, by, Move(branch, NO_COMMIT, "branch_deletion"), before)
        world.emit("push", None, repo, by, pushed=pushed)
        heads.follow(world, repo, by, pushed)
