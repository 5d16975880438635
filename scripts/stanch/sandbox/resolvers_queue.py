"""What GraphQL shows of a branch's history and of the merge queue."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from stanch.sandbox import connections, history
from stanch.sandbox.connections import Connection
from stanch.sandbox.records import Commit, Issue
from stanch.sandbox.repository import Repository
from stanch.sandbox.resolvers_git import At, actor, at
from stanch.sandbox.rights import may


@dataclass(frozen=True, slots=True)
class Entry:
    """One pull request in the queue. GitHub does not say from what number positions count; here it is 1."""

    repo: Repository
    issue: Issue
    position: int


def past(found: At, _info: Any, path: str | None = None, **args: Any) -> Connection[At]:
    """The commits that led here, newest first; with `path` only those that changed it."""
    rows = [At(found.repo, commit) for commit in _past(found.repo, found.commit) if _touches(found.repo, commit, path)]
    return connections.listed(rows, args)


def _past(repo: Repository, commit: Commit) -> Iterator[Commit]:
    known = [repo.commits[sha] for sha in history.ancestors(repo, commit.sha) if sha in repo.commits]
    order = {sha: place for place, sha in enumerate(repo.commits)}
    return iter(sorted(known, key=lambda one: (one.at, order[one.sha]), reverse=True))


def _touches(repo: Repository, commit: Commit, path: str | None) -> bool:
    return path is None or any(change.path == path for change in history.changed_in(repo, commit))


def author(found: At, info: Any) -> tuple[str, Any]:
    return actor(found.commit.author, info)


def queue(repo: Repository, info: Any, branch: str | None = None) -> tuple[Entry, ...] | None:
    """The queue of a branch; None where the pull requests may not be read. An empty queue is one all the same."""
    if not may(repo, info.context.caller, "read", "pull-requests"):
        return None
    base = branch or repo.default_branch
    waiting = [one for one in repo.issues.values() if one.pull and one.pull.queued and one.pull.base == base]
    return tuple(Entry(repo, one, place) for place, one in enumerate(waiting, start=1))


def entries(queued: tuple[Entry, ...], _info: Any, **args: Any) -> Connection[Entry]:
    return connections.listed(list(queued), args)


def head(entry: Entry, _info: Any) -> At | None:
    """The commit that is checked; None once its branch is gone."""
    pull = entry.issue.pull
    return at(entry.repo, entry.repo.branches.get(pull.queued)) if pull and pull.queued else None
