"""How REST and webhooks show repositories, pull requests, commits, statuses and deployments."""

from typing import TYPE_CHECKING

from stanch.sandbox.clock import stamp
from stanch.sandbox.records import Commit, CommitStatus, Deployment, DeploymentStatus, Issue
from stanch.sandbox.repository import Repository
from stanch.sandbox.shapes import Shape, api, association, label, node_id, page, user

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
    }


def _end(world: "World", repo: Repository, branch: str, sha: str) -> Shape:
    return {
        "label": f"{repo.owner}:{branch}",
        "ref": branch,
        "sha": sha,
        "user": user(world, repo.owner),
        "repo": repository(world, repo),
    }


def _links(world: "World", of: Issue, sha: str) -> dict[str, str]:
    base, number = api(world, of.repo), of.number
    pull = f"{base}/pulls/{number}"
    return {
        "self": pull,
        "html": page(world, of),
        "issue": f"{base}/issues/{number}",
        "comments": f"{base}/issues/{number}/comments",
        "review_comments": f"{pull}/comments",
        "review_comment": f"{base}/pulls/comments{{/number}}",
        "commits": f"{pull}/commits",
        "statuses": f"{base}/statuses/{sha}",
    }


def pull(world: "World", repo: Repository, of: Issue) -> Shape:
    """A pull request; ValueError for an issue."""
    if of.pull is None:
        raise ValueError(f"#{of.number} is an issue")
    links = _links(world, of, of.pull.head_sha)
    people = [user(world, login) for login in of.assignees]
    open_ = of.state == "open"
    return {
        "url": links["self"],
        "id": of.pull.id,
        "node_id": node_id("PR", of.pull.id),
        "html_url": links["html"],
        "diff_url": f"{links['html']}.diff",
        "patch_url": f"{links['html']}.patch",
        **{f"{key}_url": links[key] for key in ("issue", "comments", "review_comments", "review_comment")},
        **{f"{key}_url": links[key] for key in ("commits", "statuses")},
        "number": of.number,
        "state": of.state,
        "locked": of.locked,
        "title": of.title,
        "user": user(world, of.author),
        "body": of.body,
        "created_at": stamp(of.at),
        "updated_at": stamp(of.updated_at),
        "closed_at": stamp(of.closed_at) if of.closed_at else None,
        "merged_at": stamp(of.pull.merged_at) if of.pull.merged_at else None,
        "merge_commit_sha": of.pull.merge_sha,
        "assignee": people[0] if people else None,
        "assignees": people,
        "requested_reviewers": [],
        "requested_teams": [],
        "labels": [label(world, repo, repo.labels[key]) for key in of.labels if key in repo.labels],
        "milestone": None,
        "head": _end(world, repo, of.pull.head, of.pull.head_sha),
        "base": _end(world, repo, of.pull.base, of.pull.base_sha),
        "_links": {key: {"href": href} for key, href in links.items()},
        "author_association": association(repo, of.author),
        "auto_merge": None,
        "active_lock_reason": of.lock_reason,
        "draft": of.pull.draft,
        "merged": bool(of.pull.merged_at),
        "mergeable": True if open_ else None,
        "rebaseable": True if open_ else None,
        "mergeable_state": "clean" if open_ else "unknown",
        "merged_by": user(world, of.pull.merged_by) if of.pull.merged_by else None,
        "comments": len(of.comments),
        "review_comments": 0,
        "maintainer_can_modify": False,
        "commits": 1,
        "additions": 1,
        "deletions": 1,
        "changed_files": 1,
    }


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


def signature(of: Commit) -> Shape:
    """A commit's author as git has it."""
    return {"name": of.author, "email": f"{of.author}@users.noreply.github.com", "date": stamp(of.at)}


def pushed_commit(world: "World", repo: Repository, of: Commit) -> Shape:
    """A commit as a push webhook lists it."""
    who = signature(of) | {"username": of.author}
    return {
        "id": of.sha,
        "tree_id": of.sha[::-1],
        "distinct": True,
        "message": of.message,
        "timestamp": stamp(of.at),
        "url": f"{world.html_url}/{repo.full_name}/commit/{of.sha}",
        "author": who,
        "committer": who,
        "added": list(of.added),
        "removed": list(of.removed),
        "modified": list(of.modified),
    }
