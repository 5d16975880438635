"""How REST and webhooks show pull requests, reviews, workflow runs, artifacts, merge groups and moves of branches."""

from typing import TYPE_CHECKING

from stanch.sandbox import pulls, runs, workflows
from stanch.sandbox.clock import stamp
from stanch.sandbox.records import Activity, Artifact, Commit, Issue, Review, Run
from stanch.sandbox.repository import Repository
from stanch.sandbox.shapes import Shape, api, association, label, node_id, page, user
from stanch.sandbox.shapes_repo import LITE, repository, signature

if TYPE_CHECKING:
    from stanch.sandbox.world import World


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


def simple_pull(world: "World", repo: Repository, of: Issue) -> Shape:
    """A pull request as a review shows it; ValueError for an issue."""
    if of.pull is None:
        raise ValueError(f"#{of.number} is an issue")
    links = _links(world, of, of.pull.head_sha)
    people = [user(world, login) for login in of.assignees]
    fork = world.repos.get(of.pull.head_repo.lower(), repo)
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
        "head": _end(world, fork, of.pull.head, of.pull.head_sha),
        "base": _end(world, repo, of.pull.base, of.pull.base_sha),
        "_links": {key: {"href": href} for key, href in links.items()},
        "author_association": association(repo, of.author),
        "auto_merge": None,
        "active_lock_reason": of.lock_reason,
        "draft": of.pull.draft,
    }


def pull(world: "World", repo: Repository, of: Issue) -> Shape:
    """A pull request with what GitHub computes of it; ValueError for an issue."""
    shape = simple_pull(world, repo, of)
    pull = of.pull
    if pull is None:
        return shape
    files, state = pulls.files_of(repo, pull), pulls.mergeable(world, repo, of)
    known = {"MERGEABLE": True, "CONFLICTING": False}.get(state)
    words = {"MERGEABLE": "draft" if pull.draft else "clean", "CONFLICTING": "dirty"}
    return shape | {
        "merged": bool(pull.merged_at),
        "mergeable": known,
        "rebaseable": known,
        "mergeable_state": words.get(state, "unknown"),
        "merged_by": user(world, pull.merged_by) if pull.merged_by else None,
        "comments": len(of.comments),
        "review_comments": 0,
        "maintainer_can_modify": False,
        "commits": len(pulls.commits_of(repo, pull)),
        "additions": sum(file.added for file in files),
        "deletions": sum(file.removed for file in files),
        "changed_files": len(files),
    }


def review(world: "World", repo: Repository, of: Issue, one: Review) -> Shape:
    html = f"{page(world, of)}#pullrequestreview-{one.id}"
    pull_url = f"{api(world, of.repo)}/pulls/{of.number}"
    return {
        "id": one.id,
        "node_id": node_id("PRR", one.id),
        "user": user(world, one.author),
        "body": one.body or None,
        "commit_id": one.sha,
        "submitted_at": stamp(one.at),
        "state": one.state,
        "html_url": html,
        "pull_request_url": pull_url,
        "author_association": association(repo, one.author),
        "_links": {"html": {"href": html}, "pull_request": {"href": pull_url}},
    }


def commit(of: Commit) -> Shape:
    """A commit as workflow runs and merge groups show it."""
    people = [signature(of), signature(of, of.committer or of.author)]
    author, committer = ({"name": who["name"], "email": who["email"]} for who in people)
    return {
        "id": of.sha,
        "tree_id": of.tree.oid,
        "message": of.message,
        "timestamp": stamp(of.at),
        "author": author,
        "committer": committer,
    }


def workflow(world: "World", repo: Repository, of: Run) -> Shape:
    """The workflow of a run."""
    return workflow_file(world, repo, of.path, of.workflow)


def workflow_file(world: "World", repo: Repository, path: str, name: str) -> Shape:
    """A workflow by the path of its file and its name."""
    base, number = api(world, repo.full_name), workflows.number(repo, path)
    html = f"{world.html_url}/{repo.full_name}"
    return {
        "id": number,
        "node_id": node_id("W", number),
        "name": name,
        "path": path,
        "state": workflows.state(repo, path),
        "created_at": stamp(repo.created_at),
        "updated_at": stamp(repo.created_at),
        "url": f"{base}/actions/workflows/{number}",
        "html_url": f"{html}/blob/{repo.default_branch}/{path}",
        "badge_url": f"{html}/workflows/{name}/badge.svg",
    }


def workflow_run(world: "World", repo: Repository, of: Run) -> Shape:
    """A workflow run as its webhook tells it."""
    url = f"{api(world, repo.full_name)}/actions/runs/{of.id}"
    about, lite = workflow(world, repo, of), {key: repository(world, repo)[key] for key in LITE}
    suite = f"{api(world, repo.full_name)}/check-suites/{of.id}"
    tails = {"jobs": "jobs", "logs": "logs", "artifacts": "artifacts", "cancel": "cancel", "rerun": "rerun"}
    return {
        "id": of.id,
        "name": about["name"],
        "node_id": node_id("WFR", of.id),
        "head_branch": of.branch,
        "head_sha": of.sha,
        "path": of.path,
        "display_title": repo.commits[of.sha].message.partition("\n")[0],
        "run_number": list(repo.runs).index(of.id) + 1,
        "event": of.event,
        "status": "requested" if of.conclusion is None else of.status,
        "conclusion": of.conclusion,
        "workflow_id": about["id"],
        "check_suite_id": of.id,
        "check_suite_node_id": node_id("CS", of.id),
        "check_suite_url": suite,
        "url": url,
        "html_url": f"{world.html_url}/{repo.full_name}/actions/runs/{of.id}",
        "workflow_url": about["url"],
        "pull_requests": _pulls_of(world, repo, of),
        "created_at": stamp(of.at),
        "updated_at": stamp(of.updated_at),
        "run_started_at": stamp(of.started_at or of.at),
        "run_attempt": 1,
        "previous_attempt_url": None,
        "referenced_workflows": [],
        **{f"{name}_url": f"{url}/{tail}" for name, tail in tails.items()},
        "actor": user(world, of.actor),
        "triggering_actor": user(world, of.actor),
        "head_commit": commit(repo.commits[of.sha]),
        "repository": lite,
        "head_repository": lite,
    }


def listed_run(world: "World", repo: Repository, of: Run) -> Shape:
    """A workflow run as a list tells it: with the status that it has."""
    return workflow_run(world, repo, of) | {"status": of.status}


def _pulls_of(world: "World", repo: Repository, of: Run) -> list[Shape]:
    """The open pull requests with the run's head; GitHub leaves out those of forks."""
    where = {"id": repo.id, "url": api(world, repo.full_name), "name": repo.name}
    return [
        {
            "id": issue.pull.id,
            "number": issue.number,
            "url": f"{where['url']}/pulls/{issue.number}",
            "head": {"ref": issue.pull.head, "sha": issue.pull.head_sha, "repo": where},
            "base": {"ref": issue.pull.base, "sha": issue.pull.base_sha, "repo": where},
        }
        for issue in repo.issues.values()
        if issue.pull and issue.state == "open" and not issue.pull.head_repo and issue.pull.head_sha == of.sha
    ]


def artifact(world: "World", repo: Repository, run: Run, of: Artifact) -> Shape:
    url = f"{api(world, repo.full_name)}/actions/artifacts/{of.id}"
    ids = {"repository_id": repo.id, "head_repository_id": repo.id}
    return {
        "id": of.id,
        "node_id": node_id("MDg6QXJ0aWZhY3Q", of.id),
        "name": of.name,
        "size_in_bytes": len(of.content),
        "url": url,
        "archive_download_url": f"{url}/zip",
        "expired": world.clock.now >= of.expires_at,
        "created_at": stamp(of.at),
        "updated_at": stamp(of.at),
        "expires_at": stamp(of.expires_at),
        "digest": runs.digest(of.content),
        "workflow_run": {"id": run.id, "head_branch": run.branch, "head_sha": run.sha, **ids},
    }


def activity(world: "World", of: Activity) -> Shape:
    known = world.user(of.actor)
    return {
        "id": of.id,
        "node_id": node_id("PSH", of.id),
        "before": of.before,
        "after": of.after,
        "ref": f"refs/heads/{of.branch}",
        "timestamp": stamp(of.at),
        "activity_type": of.kind,
        "actor": user(world, of.actor) if known else None,
    }
