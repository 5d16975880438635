"""Who asks, what they may do, and how GitHub says no."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from stanch.sandbox.records import Issue
from stanch.sandbox.repository import Repository

BOT = "github-actions[bot]"
"""The account behind GITHUB_TOKEN, as REST names it; GraphQL leaves the suffix out."""

DEFAULT_PERMISSIONS = {
    "actions": "write",
    "checks": "read",
    "contents": "read",
    "deployments": "read",
    "issues": "write",
    "metadata": "read",
    "pull-requests": "write",
    "statuses": "write",
}


@dataclass(frozen=True)
class Caller:
    """An account with a token. `permissions` is None for people, who have roles instead; "" is anonymous.

    `home` is the one repository that a GITHUB_TOKEN is for.
    """

    login: str
    permissions: Mapping[str, str] | None = None
    home: str = ""

    @property
    def is_bot(self) -> bool:
        return self.permissions is not None


@dataclass
class Refusal(Exception):
    """An answer that is not a success: HTTP status, message, and the `errors` of a 422."""

    status: int
    message: str
    errors: list[dict[str, object]] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.status} {self.message}"


def invalid(resource: str, where: str, code: str = "invalid", **more: object) -> Refusal:
    """A 422 in GitHub's form."""
    return Refusal(422, "Validation Failed", [{"resource": resource, "field": where, "code": code, **more}])


def area_of(issue: Issue) -> str:
    """The token permission that a thread's comments and labels need."""
    return "pull-requests" if issue.pull else "issues"


def sees(repo: Repository, caller: Caller) -> bool:
    if caller.is_bot:
        return not repo.private or caller.home == repo.full_name
    return repo.has_role(caller.login, "read")


def may(repo: Repository, caller: Caller, role: str, area: str) -> bool:
    """Whether a person has the role, or the bot's token the permission: read for `read`, write for the rest."""
    if caller.permissions is None:
        return bool(caller.login) and repo.has_role(caller.login, role)
    if caller.home != repo.full_name:
        return role == "read" and not repo.private
    granted = caller.permissions.get(area)
    return granted == "write" or (role == "read" and granted == "read")


def require(repo: Repository, caller: Caller, role: str, area: str) -> None:
    """Raise GitHub's 404 for what one may not see and its 403 for what one may not do."""
    if not sees(repo, caller):
        raise Refusal(404, "Not Found")
    if may(repo, caller, role, area):
        return
    if caller.is_bot:
        raise Refusal(403, "Resource not accessible by integration")
    if not caller.login:
        raise Refusal(401, "Requires authentication")
    raise Refusal(403, "Must have push access to repository" if role != "admin" else "Must have admin rights")
