"""REST: accounts, and what they may do in a repository."""

from typing import TYPE_CHECKING

from stanch.sandbox import labels, shapes, shapes_git
from stanch.sandbox.call import Answer, Call, Route
from stanch.sandbox.clock import stamp
from stanch.sandbox.rights import Caller, Refusal

if TYPE_CHECKING:
    from stanch.sandbox.world import World


def permission(call: Call) -> Answer:
    """A person's base permission (maintain reads as write, triage as read) and the role's own name."""
    if not call.by.is_bot:
        call.ask("write", "metadata", "read")
    user = call.world.user(call.parts["login"])
    if user is None or user.is_bot:
        raise Refusal(404, f"{call.parts['login']} is not a user")
    base = call.repo.role_of(user.login)
    shown = {"maintain": "write", "triage": "read"}.get(base, base)
    who = shapes_git.collaborator(call.world, call.repo, user.login)
    return Answer(200, {"permission": shown, "role_name": who["role_name"], "user": who})


def collaborators(call: Call) -> Answer:
    """Everybody with a role. People need push access for it; what a GITHUB_TOKEN may is told by Habits."""
    if not call.by.is_bot or not call.world.habits.lists_collaborators:
        call.ask("write", "metadata" if not call.by.is_bot else "members", "read")
    rows = [user.login for user in call.world.users.values() if user.login.lower() in call.repo.roles]
    return call.page(rows, lambda login: shapes_git.collaborator(call.world, call.repo, login))


def assignees(call: Call) -> Answer:
    """Everybody who can be assigned."""
    call.ask("read", "issues")
    rows = [user.login for user in call.world.users.values() if labels.assignable(call.world, call.repo, user.login)]
    return call.page(rows, lambda login: shapes.user(call.world, login))


def is_assignable(call: Call) -> Answer:
    """204 for somebody who can be assigned, 404 for anybody else."""
    call.ask("read", "issues")
    if not labels.assignable(call.world, call.repo, call.parts["login"]):
        raise Refusal(404, "Not Found")
    return Answer(204)


def me(world: "World", by: Caller) -> Answer:
    """The account behind a token; a GITHUB_TOKEN has none to show."""
    if by.is_bot:
        raise Refusal(403, "Resource not accessible by integration")
    if not by.login:
        raise Refusal(401, "Requires authentication")
    return Answer(200, _account(world, by.login))


def account(world: "World", login: str) -> Answer:
    """Anybody's public side; 404 for whoever is not, or no longer, there."""
    if world.user(login) is None:
        raise Refusal(404, "Not Found")
    return Answer(200, _account(world, login))


def _account(world: "World", login: str) -> shapes.Shape:
    empty = dict.fromkeys(("name", "company", "blog", "location", "email", "hireable", "bio", "twitter_username"))
    none = dict.fromkeys(("public_repos", "public_gists", "followers", "following"), 0)
    born = stamp(min(repo.created_at for repo in world.repos.values()))
    return shapes.user(world, login) | empty | none | {"created_at": born, "updated_at": born}


ROUTES = (
    Route("GET", "/collaborators/{login}/permission", "get permission", permission),
    Route("GET", "/collaborators", "list collaborators", collaborators),
    Route("GET", "/assignees", "list assignees", assignees),
    Route("GET", "/assignees/{login}", "get assignee", is_assignable),
)
