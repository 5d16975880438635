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


NEVER = frozenset({"administration", "environments", "members", "secrets", "variables", "workflows"})
"""What a GITHUB_TOKEN cannot be given (reference: platform facts, section 1)."""

ALL_SCOPES = ("repo", "workflow")
ARCHIVED = "Repository was archived so is read-only."


@dataclass(frozen=True)
class Caller:
    """An account with a token. `permissions` is None for people, who have roles instead; "" is anonymous.

    `home` is the one repository that a GITHUB_TOKEN is for. `scopes` are those of a classic personal token, `grants`
    the permissions of a fine-grained one; both None: a person in the browser.
    """

    login: str
    permissions: Mapping[str, str] | None = None
    home: str = ""
    scopes: tuple[str, ...] | None = None
    grants: Mapping[str, str] | None = None

    @property
    def is_bot(self) -> bool:
        return self.permissions is not None

    @property
    def writes_workflows(self) -> bool:
        """Whether the token may change files below .github/workflows: a permission, or a scope, of its own."""
        if self.is_bot:
            return False
        if self.grants is not None:
            return self.grants.get("workflows") == "write"
        return self.scopes is None or "workflow" in self.scopes


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
    reaches = not repo.private or caller.scopes is None or "repo" in caller.scopes
    return reaches and repo.has_role(caller.login, "read")


def may(repo: Repository, caller: Caller, role: str, area: str, level: str = "") -> bool:
    """Whether a person has the role, and the token the permission: read for `read`, write for the rest.

    `level` is what the token needs when that differs, as where only administrators may read.
    """
    wanted = level or ("read" if role == "read" else "write")
    if caller.permissions is None:
        return bool(caller.login) and repo.has_role(caller.login, role) and _reaches(repo, caller, area, wanted, role)
    if caller.home != repo.full_name:
        return role == "read" and not repo.private
    return area not in NEVER and _has({"metadata": "read", **caller.permissions}, area, wanted)


def _has(granted: Mapping[str, str], area: str, wanted: str) -> bool:
    return granted.get(area) in ({"write"} if wanted == "write" else {"read", "write"})


def _reaches(repo: Repository, caller: Caller, area: str, wanted: str, role: str) -> bool:
    """Whether a person's token reaches as far as the person does."""
    if caller.grants is not None:
        public = not repo.private and role == wanted == "read"
        return public or _has({"metadata": "read", **caller.grants}, area, wanted)
    if caller.scopes is None or "repo" in caller.scopes:
        return True
    return not repo.private and (role == wanted == "read" or "public_repo" in caller.scopes)


def writable(repo: Repository) -> None:
    """Raise GitHub's 403 of an archived repository."""
    if repo.settings.archived:
        raise Refusal(403, ARCHIVED)


def require(repo: Repository, caller: Caller, role: str, area: str, level: str = "") -> None:
    """Raise GitHub's 404 for what one may not see and its 403 for what one may not do."""
    if not sees(repo, caller):
        raise Refusal(404, "Not Found")
    if not may(repo, caller, role, area, level):
        raise refused(repo, caller, role)
    if (level or role) != "read":
        writable(repo)


def refused(repo: Repository, caller: Caller, role: str) -> Refusal:
    """How GitHub says no: a classic token without the scope is told that there is nothing (reported of GitHub)."""
    if caller.is_bot:
        return Refusal(403, "Resource not accessible by integration")
    if not caller.login:
        return Refusal(401, "Requires authentication")
    if not repo.has_role(caller.login, role):
        return Refusal(403, "Must have push access to repository" if role != "admin" else "Must have admin rights")
    if caller.grants is not None:
        return Refusal(403, "Resource not accessible by personal access token")
    return Refusal(404, "Not Found")


def may_change_workflows(caller: Caller) -> None:
    """Refuse a change of workflow files: 404 to a classic token without the scope, 403 to any other.

    So it was reported of git/trees and contents: gr2m/octokit-plugin-create-pull-request#104, octokit/rest.js#368.
    """
    if caller.writes_workflows:
        return
    if caller.is_bot:
        raise Refusal(403, "Resource not accessible by integration")
    if caller.grants is not None:
        raise Refusal(403, "Resource not accessible by personal access token")
    raise Refusal(404, "Not Found")
