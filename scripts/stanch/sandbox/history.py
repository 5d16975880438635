"""How commits descend from each other: merge bases, what a branch has ahead of another, what a commit changed."""

import re
from collections.abc import Iterable

from stanch.sandbox.git import EMPTY, FileChange, Tree, changes
from stanch.sandbox.records import Commit
from stanch.sandbox.repository import Repository

_REVISION = re.compile(r"(.+?)((?:~\d*|\^)*)")
_SHORTEST = 7


def ancestors(repo: Repository, sha: str) -> set[str]:
    """The commit itself and everything it descends from."""
    found: set[str] = set()
    waiting = [sha]
    while waiting:
        here = waiting.pop()
        if here not in found and here in repo.commits:
            found.add(here)
            waiting += repo.commits[here].parents
    return found


def merge_base(repo: Repository, one: str, other: str) -> str | None:
    """The newest commit that both descend from; None when they have nothing in common."""
    shared = ancestors(repo, one) & ancestors(repo, other)
    below = {parent for sha in shared for parent in repo.commits[sha].parents}
    tops = shared - below
    return max(tops, key=lambda sha: (repo.commits[sha].at, sha)) if tops else None


def ahead(repo: Repository, base: str, head: str) -> tuple[Commit, ...]:
    """The commits that `head` has and `base` has not, parents first."""
    known = ancestors(repo, base)
    rows: list[Commit] = []
    waiting = [(head, False)]
    while waiting:
        sha, done = waiting.pop()
        if done:
            rows.append(repo.commits[sha])
        elif sha not in known and sha in repo.commits:
            known.add(sha)
            waiting += [(sha, True), *((parent, False) for parent in repo.commits[sha].parents)]
    return tuple(rows)


def tree_of(repo: Repository, sha: str | None) -> Tree:
    return repo.commits[sha].tree if sha in repo.commits else EMPTY


def changed_files(repo: Repository, base: str, head: str) -> tuple[FileChange, ...]:
    """What `head` changes, seen from where it left `base`."""
    return changes(tree_of(repo, merge_base(repo, base, head)), tree_of(repo, head))


def changed_in(repo: Repository, commit: Commit) -> tuple[FileChange, ...]:
    """What one commit changes, seen from its first parent."""
    return changes(tree_of(repo, commit.parents[0] if commit.parents else None), commit.tree)


def resolve(repo: Repository, expression: str) -> Commit | None:
    """The commit that a revision names: `HEAD`, a branch, an id or its beginning, each with `~2` or `^` behind it."""
    match = _REVISION.fullmatch(expression)
    sha = _named(repo, match[1]) if match else None
    for step in re.findall(r"~\d*|\^", match[2] if match else ""):
        for _ in range(int(step[1:] or 1)):
            parents = repo.commits[sha].parents if sha in repo.commits else ()
            sha = parents[0] if parents else None
    return repo.commits.get(sha) if sha else None


def _named(repo: Repository, name: str) -> str | None:
    if name == "HEAD":
        return repo.head
    branch = repo.branches.get(name.removeprefix("refs/heads/"))
    if branch or name in repo.commits:
        return branch or name
    return _only(sha for sha in repo.commits if sha.startswith(name)) if len(name) >= _SHORTEST else None


def _only(found: Iterable[str]) -> str | None:
    rows = list(found)
    return rows[0] if len(rows) == 1 else None
