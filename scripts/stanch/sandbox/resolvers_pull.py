"""What GraphQL answers of a pull request: its commits, files, reviews, and whether it can be merged."""

from typing import Any

from stanch.sandbox import connections, pulls
from stanch.sandbox.connections import Connection
from stanch.sandbox.git import FileChange
from stanch.sandbox.records import Issue, Pull, Review
from stanch.sandbox.repository import Repository
from stanch.sandbox.resolvers_git import At, Branch, Named, at


def home(issue: Issue, info: Any) -> Repository:
    """The repository that a thread is in, as this request sees it."""
    found: Repository = info.context.repos[issue.repo.lower()]
    return found


def pull_of(issue: Issue) -> Pull:
    if issue.pull is None:
        raise ValueError(f"#{issue.number} is an issue")
    return issue.pull


def base_oid(issue: Issue, info: Any) -> str:
    """Where the base stood when the head was last pushed: see Habits.stale_base."""
    pull = pull_of(issue)
    return pull.base_sha if info.context.world.habits.stale_base else pulls.base_of(home(issue, info), pull)


def base_ref(issue: Issue, info: Any) -> Branch | None:
    """The base as it is now; None when it was deleted."""
    repo, pull = home(issue, info), pull_of(issue)
    sha = repo.branches.get(pull.base)
    return Branch(repo, pull.base, sha) if sha else None


def mergeable(issue: Issue, info: Any) -> str:
    return pulls.mergeable(info.context.world, home(issue, info), issue)


def merge_commit(issue: Issue, info: Any) -> At | None:
    return at(home(issue, info), pull_of(issue).merge_sha)


def commits(issue: Issue, info: Any, **args: Any) -> Connection[At]:
    repo = home(issue, info)
    return connections.listed([At(repo, commit) for commit in pulls.commits_of(repo, pull_of(issue))], args)


def files(issue: Issue, info: Any, **args: Any) -> Connection[FileChange]:
    """At most 3,000 are listed, as REST does; for GraphQL that limit is not documented."""
    rows = pulls.files_of(home(issue, info), pull_of(issue))
    return connections.listed(rows[: pulls.MOST_FILES], args)


def sums(issue: Issue, info: Any) -> tuple[int, int, int]:
    """Files, added and removed lines, all of them counted."""
    rows = pulls.files_of(home(issue, info), pull_of(issue))
    return len(rows), sum(row.added for row in rows), sum(row.removed for row in rows)


def closing(issue: Issue, info: Any, **args: Any) -> Connection[Issue]:
    repo = home(issue, info)
    rows = [repo.issues[number] for number in pulls.closing(repo, issue)]
    return connections.page(rows, lambda row: (row.number,), args)


def reviews(issue: Issue, _info: Any, **args: Any) -> Connection[tuple[Issue, Review]]:
    states = args.get("states")
    rows = [(issue, review) for review in pull_of(issue).reviews if states is None or review.state.upper() in states]
    return connections.page(rows, lambda row: (row[1].id,), args)


def reviewed(row: tuple[Issue, Review], info: Any) -> At | None:
    return at(home(row[0], info), row[1].sha)


def may_push(row: tuple[Issue, Review], info: Any) -> bool:
    """Whether the reviewer's role allows pushing, as it is now. An app has none: false here, not known of GitHub."""
    return home(row[0], info).has_role(row[1].author, "write")


def environments(repo: Repository, _info: Any, **args: Any) -> Connection[Named]:
    """The names of what was ever deployed to, or set up."""
    rows = sorted(repo.environments.items(), key=lambda row: row[1])
    return connections.listed([Named(name) for name, _ in rows], args)
