"""Pull requests: opened from a branch here or in a fork, edited, sent to another base; what they change."""

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from stanch.sandbox import branches, issues
from stanch.sandbox.git import FileChange, conflicts
from stanch.sandbox.history import ahead, ancestors, changed_files, merge_base, tree_of
from stanch.sandbox.records import Commit, Issue, Pull
from stanch.sandbox.references import refer
from stanch.sandbox.repository import Repository
from stanch.sandbox.rights import Caller, Refusal, invalid, require

if TYPE_CHECKING:
    from stanch.sandbox.world import World

_CLOSES = re.compile(r"\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+#(\d+)\b", re.I)
MOST_FILES = 3000
"""Changed files that GitHub lists of one pull request; `changedFiles` counts them all."""


@dataclass(frozen=True)
class NewPull:
    """What is asked for. `head` is a branch, or `owner:branch` in a fork."""

    title: str
    body: str | None
    head: str
    base: str = ""
    draft: bool = False


def pull_of(repo: Repository, number: int) -> tuple[Issue, Pull]:
    """A pull request; 404 when the number is none's."""
    issue = repo.issues.get(number)
    if issue is None or issue.pull is None:
        raise Refusal(404, "Not Found")
    return issue, issue.pull


def open_pull(world: "World", repo: Repository, by: Caller, new: NewPull) -> Issue:
    """Open a pull request; a branch of this repository, with one commit on it, is made if need be."""
    require(repo, by, "read", "pull-requests", "write")
    if by.is_bot and not repo.settings.actions.opens_pulls:
        raise Refusal(403, "GitHub Actions is not permitted to create or approve pull requests.")
    issues.check(new.title, new.body, "PullRequest")
    base = new.base or repo.default_branch
    if base not in repo.branches:
        raise invalid("PullRequest", "base")
    fork, head = _where(world, repo, new.head)
    for other in repo.issues.values():
        if other.pull and other.state == "open" and _ends(other.pull) == (fork.full_name if fork else "", head, base):
            said = f"A pull request already exists for {(fork or repo).owner}:{head}."
            raise Refusal(422, "Validation Failed", [_custom("PullRequest", said)])
    with world.writing():
        head_sha = (fork or repo).branches.get(head) or _branch(world, repo, by, new)
        if fork:
            repo.commits.update({sha: fork.commits[sha] for sha in ancestors(fork, head_sha)})
        pull = Pull(world.new_id(), head, head_sha, base, repo.branches[base], new.draft)
        pull = replace(pull, head_repo=fork.full_name if fork else "")
        issue = issues.new_thread(world, repo, by, new.title, new.body)
        issue = world.keep(repo, replace(issue, pull=pull))
        world.emit("pull_request", "opened", repo, by, issue=issue)
        refer(world, repo, by, issue, f"{new.title}\n{new.body or ''}")
    return repo.issues[issue.number]


def _ends(pull: Pull) -> tuple[str, str, str]:
    return pull.head_repo, pull.head, pull.base


def _where(world: "World", repo: Repository, head: str) -> tuple[Repository | None, str]:
    """The fork (None for this repository) and branch that a head names; 422 for one that is not there."""
    owner, colon, branch = head.rpartition(":")
    if not colon or owner.lower() == repo.owner.lower():
        return None, branch
    fork = world.repos.get(f"{owner}/{repo.name}".lower())
    if fork is None or branch not in fork.branches:
        raise invalid("PullRequest", "head")
    return fork, branch


def _custom(resource: str, message: str) -> dict[str, object]:
    return {"resource": resource, "code": "custom", "message": message}


def _branch(world: "World", repo: Repository, by: Caller, new: NewPull) -> str:
    made = branches.commit(world, repo, by, repo.head, branches.NewCommit({}, new.title))
    branches.point(world, repo, by, branches.Move(new.head, made.sha, "branch_creation"))
    return made.sha


def retarget(world: "World", repo: Repository, by: Caller, number: int, base: str) -> Issue:
    """Send a pull request to another base; the author and people with write access may."""
    issue, pull = pull_of(repo, number)
    if by.login != issue.author:
        require(repo, by, "write", "pull-requests")
    if base not in repo.branches or issue.state == "closed":
        raise invalid("PullRequest", "base")
    if base == pull.base:
        return issue
    changes = {"base": {"ref": {"from": pull.base}, "sha": {"from": pull.base_sha}}}
    with world.writing():
        issue = issues.add_event(world, repo, issue, issues.new_event(world, by, "base-changed", pull.base, base))
        moved = replace(pull, base=base, base_sha=repo.branches[base])
        issue = world.keep(repo, replace(issue, pull=moved))
        world.emit("pull_request", "edited", repo, by, issue=issue, changes=changes)
    return issue


def set_draft(world: "World", repo: Repository, by: Caller, number: int, *, draft: bool) -> Issue:
    """Take back into draft, or mark as ready for review; again is nothing."""
    issue, pull = pull_of(repo, number)
    if by.login != issue.author:
        require(repo, by, "write", "pull-requests")
    if pull.draft == draft:
        return issue
    with world.writing():
        issue = world.keep(repo, replace(issue, pull=replace(pull, draft=draft)))
        world.emit("pull_request", "converted_to_draft" if draft else "ready_for_review", repo, by, issue=issue)
    return issue


def set_mergeable(world: "World", repo: Repository, number: int, state: str | None) -> None:
    """Let GitHub say MERGEABLE, CONFLICTING or UNKNOWN of a pull request from now on; None: what is true."""
    issue, pull = pull_of(repo, number)
    with world.writing():
        repo.issues[number] = replace(issue, pull=replace(pull, mergeable=state))


def base_of(repo: Repository, pull: Pull) -> str:
    """The commit that a pull request is compared to: its base's tip while it is open, later what that was."""
    return pull.base_sha if pull.merged_at else repo.branches.get(pull.base, pull.base_sha)


def commits_of(repo: Repository, pull: Pull) -> tuple[Commit, ...]:
    """The commits of a pull request, parents first."""
    return ahead(repo, base_of(repo, pull), pull.head_sha)


def files_of(repo: Repository, pull: Pull) -> tuple[FileChange, ...]:
    """All that a pull request changes, from where it left its base to its head."""
    return changed_files(repo, base_of(repo, pull), pull.head_sha)


def conflicts_of(repo: Repository, pull: Pull) -> list[str]:
    """The files that both the pull request and its base have changed since they parted."""
    tip = base_of(repo, pull)
    shared = merge_base(repo, tip, pull.head_sha)
    return conflicts(tree_of(repo, shared), tree_of(repo, tip), tree_of(repo, pull.head_sha))


def mergeable(world: "World", repo: Repository, issue: Issue) -> str:
    """MERGEABLE, CONFLICTING or UNKNOWN; GitHub knows nothing of a closed one."""
    pull = issue.pull
    if pull is None or issue.state == "closed":
        return "UNKNOWN"
    if pull.mergeable:
        return pull.mergeable
    tip = base_of(repo, pull)
    asked = (repo.full_name, issue.number, pull.head_sha, tip)
    if not world.habits.mergeable_at_once and asked not in world.asked:
        world.asked.add(asked)
        return "UNKNOWN"
    return "CONFLICTING" if conflicts_of(repo, pull) else "MERGEABLE"


def link(world: "World", repo: Repository, by: Caller, number: int, to: int) -> None:
    """Link an issue in the sidebar: no event tells of it. (GitHub's timeline does, of which nothing here is asked.)"""
    issue, pull = pull_of(repo, number)
    require(repo, by, "write", "pull-requests")
    with world.writing():
        world.keep(repo, replace(issue, pull=replace(pull, linked=(*pull.linked, to))))


def closing(repo: Repository, issue: Issue) -> tuple[int, ...]:
    """The issues that a pull request will close by its text or a link; only one into the default branch closes any."""
    if issue.pull is None or issue.pull.base != repo.default_branch:
        return ()
    found = dict.fromkeys((*map(int, _CLOSES.findall(issue.body or "")), *issue.pull.linked))
    return tuple(number for number in found if number in repo.issues and not repo.issues[number].pull)
