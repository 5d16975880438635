"""Pull requests: opened from a branch of one commit, merged with a merge commit."""

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from stanch.sandbox import files, issues
from stanch.sandbox.records import Commit, Issue, Pull
from stanch.sandbox.references import refer
from stanch.sandbox.repository import Repository
from stanch.sandbox.rights import Caller, Refusal, invalid, require

if TYPE_CHECKING:
    from stanch.sandbox.world import World

_CLOSES = re.compile(r"\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+#(\d+)\b", re.I)


@dataclass(frozen=True)
class NewPull:
    title: str
    body: str | None
    head: str
    base: str = ""
    draft: bool = False


def open_pull(world: "World", repo: Repository, by: Caller, new: NewPull) -> Issue:
    """Open a pull request; its branch and one commit on it are made if need be."""
    require(repo, by, "write" if by.is_bot else "read", "pull-requests")
    issues.check(new.title, new.body, "PullRequest")
    base = new.base or repo.default_branch
    if base not in repo.branches:
        raise invalid("PullRequest", "base")
    for other in repo.issues.values():
        if other.pull and other.state == "open" and (other.pull.head, other.pull.base) == (new.head, base):
            said = f"A pull request already exists for {repo.owner}:{new.head}."
            raise Refusal(422, "Validation Failed", [_custom("PullRequest", said)])
    with world.writing():
        head_sha = repo.branches.get(new.head) or _branch(world, repo, by, new)
        pull = Pull(world.new_id(), new.head, head_sha, base, repo.branches[base], new.draft)
        issue = issues.new_thread(world, repo, by, new.title, new.body)
        issue = world.keep(repo, replace(issue, pull=pull))
        world.emit("pull_request", "opened", repo, by, issue=issue)
        refer(world, repo, by, issue, f"{new.title}\n{new.body or ''}")
    return repo.issues[issue.number]


def _custom(resource: str, message: str) -> dict[str, object]:
    return {"resource": resource, "code": "custom", "message": message}


def _branch(world: "World", repo: Repository, by: Caller, new: NewPull) -> str:
    sha = files.new_sha(world, new.head)
    repo.commits[sha] = Commit(sha, new.title, by.login, world.clock.now, (repo.head,))
    repo.branches[new.head] = sha
    return sha


def merge(world: "World", repo: Repository, by: Caller, number: int, message: str | None = None) -> Issue:
    """Merge into the base, and close the issues that the text says it fixes."""
    issue = repo.issues.get(number)
    if issue is None or issue.pull is None:
        raise Refusal(404, "Not Found")
    require(repo, by, "write", "contents")
    if issue.state == "closed" or issue.pull.draft:
        raise Refusal(405, "Pull Request is not mergeable")
    now, sha = world.clock.now, files.new_sha(world, issue.title)
    text = message or f"Merge pull request #{number} from {repo.owner}/{issue.pull.head}\n\n{issue.title}"
    commit = Commit(sha, text, by.login, now, (repo.head, issue.pull.head_sha))
    with world.writing():
        if issue.pull.base == repo.default_branch:
            files.land(world, repo, by, commit)
        repo.commits[sha], repo.branches[issue.pull.base] = commit, sha
        pull = replace(issue.pull, merged_at=now, merged_by=by.login, merge_sha=sha)
        issue = issues.add_event(world, repo, issue, issues.new_event(world, by, "closed"))
        issue = world.keep(repo, replace(issue, state="closed", closed_at=now, closed_by=by.login, pull=pull))
        world.emit("pull_request", "closed", repo, by, issue=issue)
        _close_fixed(world, repo, by, issue)
    return issue


def _close_fixed(world: "World", repo: Repository, by: Caller, issue: Issue) -> None:
    for found in _CLOSES.findall(issue.body or ""):
        fixed = repo.issues.get(int(found))
        if fixed and fixed.state == "open" and issue.pull and issue.pull.base == repo.default_branch:
            issues.close(world, repo, by, fixed, "completed")
