"""What GraphQL answers of a repository's settings, its labels and its people."""

from collections.abc import Callable
from typing import Any

from stanch.sandbox import connections, labels
from stanch.sandbox.connections import Connection
from stanch.sandbox.records import Label, User
from stanch.sandbox.repository import Repository


def label_definitions(repo: Repository, info: Any, **args: Any) -> Connection[Label]:
    """In the order in which they were made."""
    info.context.need(repo, "issues")
    return connections.page(sorted(repo.labels.values(), key=lambda row: row.id), lambda row: (row.id,), args)


def assignable(repo: Repository, info: Any, **args: Any) -> Connection[User]:
    """Everybody who can be assigned."""
    world = info.context.world
    rows = [user for user in world.users.values() if labels.assignable(world, repo, user.login)]
    return connections.page(sorted(rows, key=lambda row: row.id), lambda row: (row.id,), args)


def permission(repo: Repository, info: Any) -> str | None:
    """The role of the person who asks; a GITHUB_TOKEN has none (expected, not confirmed)."""
    caller = info.context.caller
    role = "none" if caller.is_bot else repo.role_of(caller.login)
    return None if role == "none" else role.upper()


REPOSITORY: dict[str, Callable[..., Any]] = {
    "assignableUsers": assignable,
    "deleteBranchOnMerge": lambda repo, _info: repo.settings.deletes_merged,
    "hasIssuesEnabled": lambda repo, _info: repo.settings.has_issues,
    "isArchived": lambda repo, _info: repo.settings.archived,
    "isFork": lambda repo, _info: bool(repo.fork_of),
    "isPrivate": lambda repo, _info: repo.private,
    "labels": label_definitions,
    "viewerPermission": permission,
    "visibility": lambda repo, _info: "PRIVATE" if repo.private else "PUBLIC",
}
"""Fields of a repository."""
