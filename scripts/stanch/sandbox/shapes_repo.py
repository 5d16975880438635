"""How REST and webhooks show repositories, commits, statuses and deployments."""

from typing import TYPE_CHECKING

from stanch.sandbox import git
from stanch.sandbox.clock import stamp
from stanch.sandbox.history import changed_in
from stanch.sandbox.records import Commit, CommitStatus, Deployment, DeploymentStatus
from stanch.sandbox.repository import Repository
from stanch.sandbox.rights import Caller, may
from stanch.sandbox.shapes import Shape, api, node_id, user

if TYPE_CHECKING:
    from stanch.sandbox.world import World

_REPO_URLS = {
    "forks_url": "/forks",
    "keys_url": "/keys{/key_id}",
    "collaborators_url": "/collaborators{/collaborator}",
    "teams_url": "/teams",
    "hooks_url": "/hooks",
    "issue_events_url": "/issues/events{/number}",
    "events_url": "/events",
    "assignees_url": "/assignees{/user}",
    "branches_url": "/branches{/branch}",
    "tags_url": "/tags",
    "blobs_url": "/git/blobs{/sha}",
    "git_tags_url": "/git/tags{/sha}",
    "git_refs_url": "/git/refs{/sha}",
    "trees_url": "/git/trees{/sha}",
    "statuses_url": "/statuses/{sha}",
    "languages_url": "/languages",
    "stargazers_url": "/stargazers",
    "contributors_url": "/contributors",
    "subscribers_url": "/subscribers",
    "subscription_url": "/subscription",
    "commits_url": "/commits{/sha}",
    "git_commits_url": "/git/commits{/sha}",
    "comments_url": "/comments{/number}",
    "issue_comment_url": "/issues/comments{/number}",
    "contents_url": "/contents/{+path}",
    "compare_url": "/compare/{base}...{head}",
    "merges_url": "/merges",
    "archive_url": "/{archive_format}{/ref}",
    "downloads_url": "/downloads",
    "issues_url": "/issues{/number}",
    "pulls_url": "/pulls{/number}",
    "milestones_url": "/milestones{/number}",
    "notifications_url": "/notifications{?since,all,participating}",
    "labels_url": "/labels{/name}",
    "releases_url": "/releases{/id}",
    "deployments_url": "/deployments",
}
_ALWAYS = {
    "description": None,
    "fork": False,
    "homepage": None,
    "size": 1,
    "stargazers_count": 0,
    "watchers_count": 0,
    "language": None,
    "has_issues": True,
    "has_projects": True,
    "has_downloads": True,
    "has_wiki": True,
    "has_pages": False,
    "has_discussions": False,
    "forks_count": 0,
    "mirror_url": None,
    "archived": False,
    "disabled": False,
    "license": None,
    "forks": 0,
    "watchers": 0,
    "is_template": False,
    "web_commit_signoff_required": False,
    "allow_forking": True,
}


LITE = (*_REPO_URLS, "id", "node_id", "name", "full_name", "private", "owner", "html_url", "url", "description", "fork")
"""What a workflow run shows of its repository."""


def repository(world: "World", repo: Repository) -> Shape:
    name, html = repo.full_name, f"{world.html_url}/{repo.full_name}"
    url = api(world, name)
    open_issues = sum(issue.state == "open" for issue in repo.issues.values())
    return {
        "id": repo.id,
        "node_id": node_id("R", repo.id),
        "name": repo.name,
        "full_name": name,
        "private": repo.private,
        "owner": user(world, repo.owner),
        "html_url": html,
        "url": url,
        **{key: url + tail for key, tail in _REPO_URLS.items()},
        **_ALWAYS,
        "created_at": stamp(repo.created_at),
        "updated_at": stamp(repo.created_at),
        "pushed_at": stamp(repo.commits[repo.head].at),
        "git_url": html.replace("https:", "git:") + ".git",
        "ssh_url": f"git@github.com:{name}.git",
        "clone_url": f"{html}.git",
        "svn_url": html,
        "open_issues_count": open_issues,
        "open_issues": open_issues,
        "topics": [],
        "visibility": "private" if repo.private else "public",
        "default_branch": repo.default_branch,
        "custom_properties": {},
        "fork": bool(repo.fork_of),
        "archived": repo.settings.archived,
        "has_issues": repo.settings.has_issues,
    }


METHODS = {"allow_merge_commit": "merge", "allow_squash_merge": "squash", "allow_rebase_merge": "rebase"}
"""Ways of merging, by GitHub's names and ours."""


def full(world: "World", repo: Repository, by: Caller) -> Shape:
    """A repository as it is shown alone: what the asking person may do, and to who may push how it merges."""
    shape = repository(world, repo) | {"network_count": 0, "subscribers_count": 0}
    roles = {"admin": "admin", "maintain": "maintain", "push": "write", "triage": "triage", "pull": "read"}
    shape["permissions"] = {name: not by.is_bot and repo.has_role(by.login, role) for name, role in roles.items()}
    if may(repo, by, "write", "contents"):
        shape |= {key: getattr(repo.merging, name) for key, name in METHODS.items()}
        shape |= {"allow_auto_merge": False, "delete_branch_on_merge": repo.settings.deletes_merged}
        shape["squash_merge_commit_title"] = repo.merging.squash_title
        shape["squash_merge_commit_message"] = repo.merging.squash_message
    return shape


def environment(world: "World", repo: Repository, name: str) -> Shape:
    number, url = repo.environments[name], f"{api(world, repo.full_name)}/environments/{name}"
    page = f"{world.html_url}/{repo.full_name}/deployments/activity_log?environments_filter={name}"
    born = {"created_at": stamp(repo.created_at), "updated_at": stamp(repo.created_at)}
    who = {"id": number, "node_id": node_id("EN", number), "name": name, "url": url, "html_url": page}
    return who | born | {"protection_rules": [], "deployment_branch_policy": None}


def deployment(world: "World", of: Deployment) -> Shape:
    url = f"{api(world, of.repo)}/deployments/{of.id}"
    return {
        "url": url,
        "id": of.id,
        "node_id": node_id("DE", of.id),
        "sha": of.sha,
        "ref": of.ref,
        "task": of.task,
        "payload": of.payload or {},
        "original_environment": of.environment,
        "environment": of.environment,
        "description": of.description,
        "creator": user(world, of.creator),
        "created_at": stamp(of.at),
        "updated_at": stamp(of.updated_at),
        "statuses_url": f"{url}/statuses",
        "repository_url": api(world, of.repo),
        "transient_environment": False,
        "production_environment": of.environment == "production",
        "performed_via_github_app": None,
    }


def deployment_status(world: "World", of: Deployment, status: DeploymentStatus) -> Shape:
    url = f"{api(world, of.repo)}/deployments/{of.id}"
    page = f"{world.html_url}/{of.repo}/deployments/{of.environment}"
    where = {"environment_url": status.environment_url} if status.environment_url else {}
    return {
        "url": f"{url}/statuses/{status.id}",
        "id": status.id,
        "node_id": node_id("DES", status.id),
        "state": status.state,
        "creator": user(world, status.creator),
        "description": status.description,
        "environment": status.environment,
        "target_url": status.target_url or page,
        **where,
        "created_at": stamp(status.at),
        "updated_at": stamp(status.at),
        "deployment_url": url,
        "repository_url": api(world, of.repo),
        "performed_via_github_app": None,
    }


def commit_status(world: "World", repo: Repository, of: CommitStatus) -> Shape:
    creator = user(world, of.creator)
    return {
        "url": f"{api(world, repo.full_name)}/statuses/{of.sha}",
        "avatar_url": creator["avatar_url"],
        "id": of.id,
        "node_id": node_id("SC", of.id),
        "state": of.state,
        "description": of.description,
        "target_url": of.target_url,
        "context": of.context,
        "created_at": stamp(of.at),
        "updated_at": stamp(of.at),
        "creator": creator,
    }


def status_event(world: "World", repo: Repository, of: CommitStatus) -> Shape:
    """A commit status as its webhook tells it, with the branches that stand on the commit (at most ten)."""
    base = api(world, repo.full_name)
    branches = [
        {"name": name, "commit": {"sha": sha, "url": f"{base}/commits/{sha}"}, "protected": False}
        for name, sha in repo.branches.items()
        if sha == of.sha
    ]
    shape = commit_status(world, repo, of)
    for key in ("url", "node_id", "creator"):
        del shape[key]
    shown = commit(world, repo, repo.commits[of.sha])
    return shape | {"sha": of.sha, "name": repo.full_name, "commit": shown, "branches": branches[:10]}


def commit(world: "World", repo: Repository, of: Commit, *, in_full: bool = False) -> Shape:
    """A commit as GitHub shows it with the accounts behind it; webhooks say less of its verification."""
    url, html = f"{api(world, repo.full_name)}/commits/{of.sha}", f"{world.html_url}/{repo.full_name}/commit"
    git_url = f"{api(world, repo.full_name)}/git"
    committer = of.committer or of.author
    accounts = [world.account(name) for name in (of.author, committer)]
    author, by = (account and user(world, account.login) for account in accounts)
    verification: Shape = {"verified": False, "reason": "unsigned", "signature": None, "payload": None}
    verification |= {"verified_at": None} if in_full else {}
    return {
        "sha": of.sha,
        "node_id": f"C_kwDO{of.sha}",
        "commit": {
            "author": signature(of),
            "committer": signature(of, committer),
            "message": of.message,
            "tree": {"sha": of.tree.oid, "url": f"{git_url}/trees/{of.tree.oid}"},
            "url": f"{git_url}/commits/{of.sha}",
            "comment_count": 0,
            "verification": verification,
        },
        "url": url,
        "html_url": f"{html}/{of.sha}",
        "comments_url": f"{url}/comments",
        "author": author,
        "committer": by,
        "parents": [{"sha": old, "url": url.replace(of.sha, old), "html_url": f"{html}/{old}"} for old in of.parents],
    }


def signature(of: Commit, author: str = "") -> Shape:
    """A commit's author, or another name on it, as git has it."""
    name, email = git.signature(author or of.author)
    return {"name": name, "email": email, "date": stamp(of.at)}


def pushed_commit(world: "World", repo: Repository, of: Commit) -> Shape:
    """A commit as a push webhook lists it."""
    kinds: dict[str, list[str]] = {"added": [], "deleted": [], "modified": []}
    for change in changed_in(repo, of):
        if change.kind == "renamed":
            kinds["added"].append(change.path)
            kinds["deleted"].append(change.old)
        else:
            kinds[change.kind].append(change.path)
    return {
        "id": of.sha,
        "tree_id": of.tree.oid,
        "distinct": True,
        "message": of.message,
        "timestamp": stamp(of.at),
        "url": f"{world.html_url}/{repo.full_name}/commit/{of.sha}",
        "author": _with_account(world, of, of.author),
        "committer": _with_account(world, of, of.committer or of.author),
        "added": kinds["added"],
        "removed": kinds["deleted"],
        "modified": kinds["modified"],
    }


def _with_account(world: "World", of: Commit, author: str) -> Shape:
    account = world.account(author)
    return signature(of, author) | ({"username": account.login} if account else {})
