"""Which function answers which field of a pull request, a commit and a check."""

from collections.abc import Callable
from typing import Any

from stanch.sandbox import resolvers_git as git
from stanch.sandbox import resolvers_pull as pulls
from stanch.sandbox import resolvers_queue as queue
from stanch.sandbox import shapes
from stanch.sandbox.clock import stamp
from stanch.sandbox.records import Issue, Review

Resolver = Callable[..., Any]


def _upper(text: str | None) -> str | None:
    return text.upper() if text else None


def _review_url(row: tuple[Issue, Review], info: Any) -> str:
    return f"{shapes.page(info.context.world, row[0])}#pullrequestreview-{row[1].id}"


def _count(index: int) -> Resolver:
    return lambda issue, info: pulls.sums(issue, info)[index]


def _merger(issue: Issue, info: Any) -> Any:
    return info.context.actor(pulls.pull_of(issue).merged_by)


PULL: dict[str, Resolver] = {
    "additions": _count(1),
    "baseRef": pulls.base_ref,
    "baseRefName": lambda issue, _info: pulls.pull_of(issue).base,
    "baseRefOid": pulls.base_oid,
    "changedFiles": _count(0),
    "closingIssuesReferences": pulls.closing,
    "commits": pulls.commits,
    "deletions": _count(2),
    "files": pulls.files,
    "headRefName": lambda issue, _info: pulls.pull_of(issue).head,
    "headRefOid": lambda issue, _info: pulls.pull_of(issue).head_sha,
    "isCrossRepository": lambda issue, _info: bool(pulls.pull_of(issue).head_repo),
    "isDraft": lambda issue, _info: pulls.pull_of(issue).draft,
    "locked": lambda issue, _info: issue.locked,
    "mergeCommit": pulls.merge_commit,
    "mergeable": pulls.mergeable,
    "mergedBy": _merger,
    "reviews": pulls.reviews,
}

_FILE = {"additions": "added", "deletions": "removed", "path": "path"}

FIELDS: dict[str, dict[str, Resolver]] = {
    "CheckRun": {
        "checkSuite": lambda row, _info: row.run,
        "conclusion": lambda row, _info: _upper(row.check.conclusion),
        "name": lambda row, _info: row.check.name,
        "status": lambda row, _info: _upper(row.check.status),
    },
    "CheckSuite": {
        "conclusion": lambda run, _info: _upper(run.conclusion),
        "createdAt": git.when,
        "status": lambda run, _info: _upper(run.status),
        "workflowRun": git.workflow_run,
    },
    "Commit": {
        "associatedPullRequests": git.associated,
        "author": queue.author,
        "authors": git.authors,
        "changedFilesIfAvailable": git.changed,
        "checkSuites": git.suites,
        "committer": git.committer,
        "deployments": git.deployments,
        "history": queue.past,
        "message": lambda found, _info: found.commit.message,
        "oid": lambda found, _info: found.commit.sha,
        "parents": git.parents,
        "status": git.status,
        "statusCheckRollup": git.rollup,
        "tree": git.tree,
    },
    "Comparison": {"aheadBy": lambda ahead, _info: ahead},
    "Environment": {"name": lambda found, _info: found.name},
    "GitActor": {"name": lambda actor, _info: actor[0], "user": lambda actor, _info: actor[1]},
    "MergeQueue": {"entries": queue.entries},
    "MergeQueueEntry": {
        "headCommit": queue.head,
        "position": lambda entry, _info: entry.position,
        "pullRequest": lambda entry, _info: entry.issue,
    },
    "PullRequestChangedFile": {
        "changeType": lambda change, _info: change.kind.upper(),
        **{name: lambda change, info: getattr(change, _FILE[info.field_name]) for name in _FILE},
    },
    "PullRequestCommit": {"commit": lambda found, _info: found},
    "PullRequestReview": {
        "author": lambda row, info: info.context.actor(row[1].author),
        "authorCanPushToRepository": pulls.may_push,
        "commit": pulls.reviewed,
        "id": lambda row, _info: shapes.node_id("PRR", row[1].id),
        "isMinimized": lambda _row, _info: False,
        "state": lambda row, _info: row[1].state.upper(),
        "submittedAt": lambda row, _info: stamp(row[1].at),
        "url": _review_url,
    },
    "Ref": {
        "compare": git.compare,
        "name": lambda branch, _info: branch.name,
        "target": lambda branch, _info: git.at(branch.repo, branch.sha),
    },
    "Status": {"context": git.context},
    "StatusCheckRollup": {"contexts": git.contexts},
    "StatusContext": {
        "context": lambda told, _info: told.status.context,
        "creator": lambda told, info: info.context.actor(told.status.creator),
        "description": lambda told, _info: told.status.description,
        "state": lambda told, _info: told.status.state.upper(),
        "targetUrl": lambda told, _info: told.status.target_url,
    },
    "Tree": {"entries": git.entries, "oid": lambda tree, _info: tree.oid},
    "TreeEntry": {
        "name": lambda entry, _info: entry.name,
        "object": lambda entry, _info: entry.found,
        "type": lambda entry, _info: "blob" if isinstance(entry.found, git.Blob) else "tree",
    },
    "WorkflowRun": {
        "databaseId": lambda run, _info: run.id,
        "event": lambda run, _info: run.event,
        "file": lambda run, _info: run,
        "updatedAt": lambda run, _info: stamp(run.updated_at),
        "url": git.run_page,
        "workflow": git.workflow,
    },
    "Workflow": {"name": lambda workflow, _info: workflow.name},
    "WorkflowRunFile": {"path": lambda run, _info: run.path},
}
"""Resolvers by type and field."""

CONNECTIONS = (
    "CheckSuite", "Commit", "CommitHistory", "Environment", "GitActor", "MergeQueueEntry", "PullRequestChangedFile",
    "PullRequestCommit", "PullRequestReview", "PullRequestTimelineItems", "StatusCheckRollupContext",
)  # fmt: skip # one row
"""Types of which there are connections."""
