"""The world as plain values, without ids: what two worlds must agree on to be called equal."""

from typing import TYPE_CHECKING

from stanch.sandbox.clock import stamp
from stanch.sandbox.records import Comment, Deployment, Issue, Item, Pull
from stanch.sandbox.repository import Repository

if TYPE_CHECKING:
    from stanch.sandbox.world import World


def dump(world: "World") -> dict[str, object]:
    """Every repository by its name."""
    return {repo.full_name: _repository(repo) for repo in world.repos.values()}


def _repository(repo: Repository) -> dict[str, object]:
    return {
        "issues": {issue.number: _issue(repo, issue) for issue in repo.issues.values()},
        "labels": sorted(label.name for label in repo.labels.values()),
        "files": dict(repo.files),
        "deployments": [_deployment(deployment) for deployment in repo.deployments.values()],
        "statuses": {
            sha: {status.context: status.state for status in statuses} for sha, statuses in repo.statuses.items()
        },
        "branches": {name: repo.commits[sha].tree.oid for name, sha in sorted(repo.branches.items())},
        "runs": [f"{run.path} {run.conclusion or run.status}" for run in repo.runs.values()],
        "dispatches": [f"{sent.kind} {sent.name}" for sent in repo.dispatches],
    }


def _issue(repo: Repository, issue: Issue) -> dict[str, object]:
    return {
        "kind": "pull request" if issue.pull else "issue",
        "title": issue.title,
        "body": issue.body,
        "author": issue.author,
        "at": stamp(issue.at),
        "state": issue.state,
        "reason": issue.state_reason,
        "merged": bool(issue.pull and issue.pull.merged_at),
        "pull": _pull(repo, issue.pull) if issue.pull else None,
        "locked": issue.locked,
        "pinned": issue.pinned,
        "labels": sorted(repo.label_names(issue)),
        "assignees": sorted(issue.assignees),
        "items": [_item(item) for item in issue.items],
    }


def _pull(repo: Repository, pull: Pull) -> dict[str, object]:
    return {
        "head": pull.head,
        "tree": repo.commits[pull.head_sha].tree.oid,
        "base": pull.base,
        "draft": pull.draft,
        "reviews": [f"{review.author} {review.state}" for review in pull.reviews],
    }


def _item(item: Item) -> dict[str, object]:
    if isinstance(item, Comment):
        return {
            "kind": "comment",
            "author": item.author,
            "at": stamp(item.at),
            "body": item.body,
            "editor": item.editor,
            "minimized": item.minimized,
            "reactions": sorted(f"{reaction.login} {reaction.content}" for reaction in item.reactions),
        }
    source = f"{item.source[0]}#{item.source[1]}" if item.source else None
    told = {"subject": item.subject or None, "reason": item.reason, "source": source}
    shown: dict[str, object] = {"kind": item.kind, "actor": item.actor, "at": stamp(item.at)}
    return shown | {name: value for name, value in told.items() if value}


def _deployment(deployment: Deployment) -> dict[str, object]:
    latest = deployment.latest
    return {
        "environment": deployment.environment,
        "sha": deployment.sha,
        "ref": deployment.ref,
        "at": stamp(deployment.at),
        "state": latest.state if latest else None,
    }
