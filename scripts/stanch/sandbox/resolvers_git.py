"""What GraphQL answers of git: revisions, commits, files, branches and how they compare."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from stanch.sandbox import connections, history, pulls
from stanch.sandbox.clock import stamp
from stanch.sandbox.connections import Connection
from stanch.sandbox.git import Tree, blob_sha, co_authors, signature
from stanch.sandbox.records import CheckRun, Commit, CommitStatus, Deployment, Issue, Run
from stanch.sandbox.repository import Repository
from stanch.sandbox.rights import Caller, may

if TYPE_CHECKING:
    from stanch.sandbox.world import World

MAX_TEXT = 512_000
"""Characters after which GitHub cuts a file's text."""


class Withheld(Exception):
    """A part that the token may not read: null, with an error at its place."""

    kind = "FORBIDDEN"


@dataclass(frozen=True, slots=True)
class At:
    """A commit in a repository."""

    repo: Repository
    commit: Commit


@dataclass(frozen=True, slots=True)
class Blob:
    text: str
    oid: str


@dataclass(frozen=True, slots=True)
class Branch:
    repo: Repository
    name: str
    sha: str


@dataclass(frozen=True, slots=True)
class Named:
    """Anything whose name is all that can be asked."""

    name: str


@dataclass(frozen=True, slots=True)
class Checked:
    """One check of a suite."""

    repo: Repository
    run: Run
    check: CheckRun


@dataclass(frozen=True, slots=True)
class Told:
    """The latest commit status of its context."""

    repo: Repository
    status: CommitStatus


def _reads(repo: Repository, info: Any, area: str = "contents") -> bool:
    return may(repo, info.context.caller, "read", area)


def git_object(repo: Repository, info: Any, expression: str | None = None, oid: str | None = None) -> object:
    """A commit, or the file or folder at `revision:path`; nothing, without a word, when contents may not be read.

    By id only commits are found, where GitHub would find files and folders too.
    """
    if not _reads(repo, info):
        return None
    if oid is not None:
        return at(repo, oid)
    revision, colon, path = (expression or "HEAD").partition(":")
    commit = history.resolve(repo, revision)
    if commit is None or not colon:
        return commit and At(repo, commit)
    text = commit.tree.texts.get(path)
    return Blob(text, blob_sha(text)) if text is not None else commit.tree.below(path)


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands under one name in a folder."""

    name: str
    found: Blob | Tree


def entries(folder: Tree, _info: Any) -> list[Entry]:
    """What is in a folder, by name; its own files and folders, not what is below them."""
    names = sorted({path.partition("/")[0] for path in folder.texts})
    return [Entry(name, _found(folder, name)) for name in names]


def _found(folder: Tree, name: str) -> Blob | Tree:
    text = folder.texts.get(name)
    return Blob(text, blob_sha(text)) if text is not None else folder.below(name) or folder


def at(repo: Repository, sha: str | None) -> At | None:
    return At(repo, repo.commits[sha]) if sha in repo.commits else None


def branch(repo: Repository, info: Any, qualified: str) -> Branch | None:
    """A branch by `refs/heads/name` or by its name alone."""
    name = qualified.removeprefix("refs/heads/")
    return Branch(repo, name, repo.branches[name]) if name in repo.branches and _reads(repo, info) else None


def default_branch(repo: Repository, info: Any) -> Branch | None:
    return branch(repo, info, repo.default_branch)


def deployed_ref(deployment: Deployment, info: Any) -> Branch | None:
    """The branch that was deployed; None for a bare commit."""
    repo = info.context.repos[deployment.repo.lower()]
    sha = repo.branches.get(deployment.ref)
    return Branch(repo, deployment.ref, sha) if sha else None


def compare(base: Branch, _info: Any, head: str) -> int | None:
    """The commits that a branch (or, as far as is known, any revision) has ahead; None when there is none such."""
    found = history.resolve(base.repo, head)
    return len(history.ahead(base.repo, base.sha, found.sha)) if found else None


def actor(author: str, info: Any) -> tuple[str, Any]:
    """A name with the account that GitHub knows behind it, if any."""
    world: World = info.context.world
    return signature(author)[0], world.account(author)


def authors(found: At, info: Any, **args: Any) -> Connection[tuple[str, Any]]:
    """The author, then those of the Co-authored-by lines."""
    people = dict.fromkeys((found.commit.author, *co_authors(found.commit.message)))
    return connections.listed([actor(person, info) for person in people], args)


def committer(found: At, info: Any) -> tuple[str, Any]:
    return actor(found.commit.committer or found.commit.author, info)


def parents(found: At, _info: Any, **args: Any) -> Connection[At]:
    known = (at(found.repo, sha) for sha in found.commit.parents)
    return connections.listed([parent for parent in known if parent], args)


def tree(found: At, _info: Any) -> Tree:
    return found.commit.tree


def changed(found: At, _info: Any) -> int:
    return len(history.changed_in(found.repo, found.commit))


def deployments(found: At, info: Any, **args: Any) -> Connection[Deployment]:
    _must(found.repo, info.context.caller, "deployments")
    sign = 1 if (args.get("orderBy") or {"direction": "ASC"})["direction"] == "ASC" else -1

    def key(row: Deployment) -> tuple[int, int]:
        return sign * row.at, sign * row.id

    rows = [row for row in found.repo.deployments.values() if row.sha == found.commit.sha]
    return connections.page(sorted(rows, key=key), key, args)


def _must(repo: Repository, caller: Caller, area: str) -> None:
    if not may(repo, caller, "read", area):
        raise Withheld("Resource not accessible by integration")


def statuses(repo: Repository, sha: str) -> list[Told]:
    """The latest of each context, by the order in which the contexts first came; case does not matter."""
    latest = {status.context.lower(): status for status in repo.statuses.get(sha, ())}
    return [Told(repo, status) for status in latest.values()]


def status(found: At, info: Any) -> list[Told] | None:
    """The statuses of a commit; None when it has none."""
    told = statuses(found.repo, found.commit.sha)
    if told:
        _must(found.repo, info.context.caller, "statuses")
    return told or None


def context(told: list[Told], _info: Any, name: str) -> Told | None:
    return next((one for one in told if one.status.context.lower() == name.lower()), None)


def _suites(found: At) -> list[Run]:
    return [run for run in found.repo.runs.values() if run.sha == found.commit.sha]


def suites(found: At, info: Any, **args: Any) -> Connection[Any]:
    _must(found.repo, info.context.caller, "checks")
    return connections.page(_suites(found), lambda run: (run.id,), args)


def workflow_run(run: Run, info: Any) -> Run | None:
    """The run behind a suite, if it is one of Actions; it has a permission of its own (reported of GitHub)."""
    if run.path:
        _must(_home(run, info), info.context.caller, "actions")
    return run if run.path else None


def _home(run: Run, info: Any) -> Repository:
    repos: Mapping[str, Repository] = info.context.repos
    return next(repo for repo in repos.values() if run.id in repo.runs)


def run_page(run: Run, info: Any) -> str:
    return f"{info.context.world.html_url}/{_home(run, info).full_name}/actions/runs/{run.id}"


def workflow(run: Run, _info: Any) -> Named:
    return Named(run.workflow)


def rollup(found: At, _info: Any) -> list[object] | None:
    """Checks, then statuses; None when the commit has neither."""
    checks = [Checked(found.repo, run, check) for run in _suites(found) for check in run.checks]
    return [*checks, *statuses(found.repo, found.commit.sha)] or None


def contexts(rows: list[Checked | Told], info: Any, **args: Any) -> Connection[object]:
    """Each entry needs its own permission: without it, it is null and an error names its place (reported of GitHub)."""
    caller = info.context.caller
    shown = [
        row
        if may(row.repo, caller, "read", "checks" if isinstance(row, Checked) else "statuses")
        else Withheld("Resource not accessible by integration")
        for row in rows
    ]
    return connections.listed(shown, args)


def associated(found: At, _info: Any, **args: Any) -> Connection[Issue]:
    """The merged request that brought a commit; of one that is not on the default branch, the open ones too.

    So the schema describes the field; a closed one that was never merged is in neither.
    """
    repo, sha = found.repo, found.commit.sha
    landed = sha in history.ancestors(repo, repo.head)
    rows = [issue for issue in repo.issues.values() if _brings(repo, issue, sha, landed=landed)]
    return connections.page(rows, lambda issue: (issue.number,), args)


def _brings(repo: Repository, issue: Issue, sha: str, *, landed: bool) -> bool:
    pull = issue.pull
    if pull is None or (landed and not pull.merged_at):
        return False
    if sha in {pull.head_sha, pull.merge_sha}:
        return True
    made = history.ahead(repo, pull.base_sha, pull.merge_sha) if landed and pull.merge_sha else ()  # rebased ones too
    return any(commit.sha == sha for commit in (*made, *pulls.commits_of(repo, pull)))


def when(run: Run, _info: Any) -> str:
    return stamp(run.at)
