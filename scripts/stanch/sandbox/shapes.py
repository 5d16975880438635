"""How REST and webhooks show accounts, labels, issues and comments."""

from typing import TYPE_CHECKING
from urllib.parse import quote

from stanch.sandbox.clock import stamp
from stanch.sandbox.records import REACTIONS, Comment, Issue, Label, Reaction, User
from stanch.sandbox.repository import Repository

if TYPE_CHECKING:
    from stanch.sandbox.world import World

Shape = dict[str, object]

GHOST = User("ghost", 10137)
"""GitHub's stand-in for an account that no longer exists."""

_USER_LISTS = {
    "followers_url": "/followers",
    "following_url": "/following{/other_user}",
    "gists_url": "/gists{/gist_id}",
    "starred_url": "/starred{/owner}{/repo}",
    "subscriptions_url": "/subscriptions",
    "organizations_url": "/orgs",
    "repos_url": "/repos",
    "events_url": "/events{/privacy}",
    "received_events_url": "/received_events",
}


def node_id(prefix: str, number: int) -> str:
    """The id by which GraphQL knows a record."""
    return f"{prefix}_kwDO{number:x}"


def number_of(node: str) -> int:
    """The id inside a node id; ValueError for what is none."""
    return int(node.partition("_kwDO")[2], 16)


def api(world: "World", repo: str) -> str:
    return f"{world.api_url}/repos/{repo}"


def page(world: "World", issue: Issue) -> str:
    """Where a person reads a thread."""
    return f"{world.html_url}/{issue.repo}/{'pull' if issue.pull else 'issues'}/{issue.number}"


def user(world: "World", login: str) -> Shape:
    """An account; a deleted one is shown as the ghost."""
    who = world.user(login) or GHOST
    name = who.login.removesuffix("[bot]")
    url = f"{world.api_url}/users/{quote(who.login)}"
    return {
        "login": who.login,
        "id": who.id,
        "node_id": node_id("BOT" if who.is_bot else "U", who.id),
        "avatar_url": f"https://avatars.githubusercontent.com/u/{who.id}?v=4",
        "gravatar_id": "",
        "url": url,
        "html_url": f"{world.html_url}/{'apps/' if who.is_bot else ''}{name}",
        **{key: url + tail for key, tail in _USER_LISTS.items()},
        "type": "Bot" if who.is_bot else "Organization" if who.is_organization else "User",
        "site_admin": False,
    }


def label(world: "World", repo: Repository, of: Label) -> Shape:
    return {
        "id": of.id,
        "node_id": node_id("LA", of.id),
        "url": f"{api(world, repo.full_name)}/labels/{quote(of.name)}",
        "name": of.name,
        "color": of.color,
        "default": False,
        "description": of.description,
    }


def association(repo: Repository, login: str) -> str:
    """What GitHub says of an author, as seen by a stranger: it knows owners and collaborators."""
    if login.lower() == repo.owner.lower():
        return "OWNER"
    return "COLLABORATOR" if login.lower() in repo.roles else "NONE"


def rollup(url: str, reactions: tuple[Reaction, ...]) -> Shape:
    """The counts of reactions."""
    counts = {content: sum(r.content == content for r in reactions) for content in REACTIONS}
    return {"url": f"{url}/reactions", "total_count": len(reactions), **counts}


def reaction(world: "World", of: Reaction) -> Shape:
    return {
        "id": of.id,
        "node_id": node_id("REA", of.id),
        "user": user(world, of.login),
        "content": of.content,
        "created_at": stamp(of.at),
    }


def comment(world: "World", repo: Repository, of: Comment) -> Shape:
    base = api(world, of.repo)
    url = f"{base}/issues/comments/{of.id}"
    return {
        "url": url,
        "html_url": f"{world.html_url}/{of.repo}/issues/{of.number}#issuecomment-{of.id}",
        "issue_url": f"{base}/issues/{of.number}",
        "id": of.id,
        "node_id": node_id("IC", of.id),
        "user": user(world, of.author),
        "created_at": stamp(of.at),
        "updated_at": stamp(of.updated_at),
        "author_association": association(repo, of.author),
        "body": of.body,
        "reactions": rollup(url, of.reactions),
        "performed_via_github_app": None,
    }


def issue(world: "World", repo: Repository, of: Issue) -> Shape:
    """An issue, or a pull request as the issues endpoints and issue comments show it."""
    url = f"{api(world, of.repo)}/issues/{of.number}"
    assignees = [user(world, login) for login in of.assignees]
    shape: Shape = {
        "url": url,
        "repository_url": api(world, of.repo),
        "labels_url": f"{url}/labels{{/name}}",
        "comments_url": f"{url}/comments",
        "events_url": f"{url}/events",
        "html_url": page(world, of),
        "id": of.id,
        "node_id": node_id("PR" if of.pull else "I", of.id),
        "number": of.number,
        "title": of.title,
        "user": user(world, of.author),
        "labels": [label(world, repo, repo.labels[key]) for key in of.labels if key in repo.labels],
        "state": of.state,
        "locked": of.locked,
        "assignee": assignees[0] if assignees else None,
        "assignees": assignees,
        "milestone": None,
        "comments": len(of.comments),
        "created_at": stamp(of.at),
        "updated_at": stamp(of.updated_at),
        "closed_at": stamp(of.closed_at) if of.closed_at else None,
        "author_association": association(repo, of.author),
        "active_lock_reason": of.lock_reason,
        "body": of.body,
        "reactions": rollup(url, ()),
        "timeline_url": f"{url}/timeline",
        "performed_via_github_app": None,
        "state_reason": of.state_reason,
    }
    if of.pull:
        shape |= {"draft": of.pull.draft, "pull_request": _pull_links(world, of)}
    return shape


def _pull_links(world: "World", of: Issue) -> Shape:
    html = page(world, of)
    merged = of.pull.merged_at if of.pull else None
    return {
        "url": f"{api(world, of.repo)}/pulls/{of.number}",
        "html_url": html,
        "diff_url": f"{html}.diff",
        "patch_url": f"{html}.patch",
        "merged_at": stamp(merged) if merged else None,
    }


def issue_in_full(world: "World", repo: Repository, of: Issue) -> Shape:
    """What REST adds to the shape that webhooks send."""
    closer = user(world, of.closed_by) if of.closed_by else None
    return issue(world, repo, of) | {"closed_by": closer}
