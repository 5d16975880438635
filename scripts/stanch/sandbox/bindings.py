"""Which function answers which field of the schema; a field without one is an error, not a silence."""

from collections.abc import Callable
from typing import Any

from graphql import GraphQLAbstractType, GraphQLObjectType, GraphQLScalarType, GraphQLSchema, is_abstract_type

from stanch.sandbox import bindings_pull, resolvers, resolvers_git, resolvers_pull, resolvers_queue, shapes
from stanch.sandbox import resolvers_settings as settled
from stanch.sandbox.clock import stamp
from stanch.sandbox.git import Tree
from stanch.sandbox.records import Comment, Issue, User

Resolver = Callable[..., Any]


def _when(name: str) -> Resolver:
    def resolve(source: Any, _info: Any) -> str | None:
        moment = getattr(source, name)
        return stamp(moment) if moment is not None else None

    return resolve


def _who(name: str) -> Resolver:
    def resolve(source: Any, info: Any) -> User | None:
        login = getattr(source, name)
        return info.context.actor(login) if login else None

    return resolve


def _got(name: str) -> Resolver:
    return lambda source, _info: getattr(source, name)


def _node_id(prefix: str) -> Resolver:
    return lambda source, _info: shapes.node_id(prefix, source.id)


def _wrote(source: Any, info: Any) -> bool:
    return bool(source.author == info.context.caller.login)


def _comment_url(comment: Comment, info: Any) -> str:
    return f"{info.context.world.html_url}/{comment.repo}/issues/{comment.number}#issuecomment-{comment.id}"


def _page(issue: Issue, info: Any) -> str:
    return shapes.page(info.context.world, issue)


_SAME = {name: _got(name) for name in ("number", "title")}
_TEXT: dict[str, Resolver] = {
    "author": _who("author"),
    "body": lambda source, _info: source.body or "",
    "createdAt": _when("at"),
    "editor": _who("editor"),
    "lastEditedAt": _when("edited_at"),
    "viewerDidAuthor": _wrote,
}
_EVENT: dict[str, Resolver] = {"actor": _who("actor"), "createdAt": _when("at")}
_ABOUT_PERSON = _EVENT | {"assignee": _who("subject")}
_ABOUT_LABEL = _EVENT | {"label": resolvers.label}
_CONNECTION: dict[str, Resolver] = {"nodes": _got("nodes"), "pageInfo": _got("info"), "totalCount": _got("total")}
_LOGIN: dict[str, Resolver] = {"login": lambda user, _info: user.login.removesuffix("[bot]")}

FIELDS: dict[str, dict[str, Resolver]] = (
    {
        "AssignedEvent": _ABOUT_PERSON,
        "BaseRefChangedEvent": _EVENT,
        "Blob": {
            "isBinary": lambda blob, _info: "\0" in blob.text,
            "isTruncated": lambda blob, _info: len(blob.text) > resolvers_git.MAX_TEXT,
            "oid": _got("oid"),
            "text": lambda blob, _info: None if "\0" in blob.text else blob.text[: resolvers_git.MAX_TEXT],
        },
        "Bot": _LOGIN,
        "ClosedEvent": _EVENT | {"stateReason": lambda event, _info: event.reason.upper() if event.reason else None},
        "CommentDeletedEvent": _EVENT | {"deletedCommentAuthor": _who("subject")},
        "CrossReferencedEvent": _EVENT | {"source": resolvers.source},
        "Deployment": {
            "commitOid": _got("sha"),
            "createdAt": _when("at"),
            "creator": _who("creator"),
            "environment": _got("environment"),
            "id": _node_id("DE"),
            "latestStatus": _got("latest"),
            "ref": resolvers_git.deployed_ref,
        },
        "DeploymentStatus": {"state": lambda status, _info: status.state.upper()},
        "Issue": _TEXT
        | _SAME
        | {
            "assignees": resolvers.assignees,
            "id": _node_id("I"),
            "labels": resolvers.issue_labels,
            "closedAt": lambda issue, _info: stamp(issue.closed_at) if issue.closed_at else None,
            "locked": _got("locked"),
            "state": lambda issue, _info: issue.state.upper(),
            "stateReason": resolvers.state_reason,
            "timelineItems": resolvers.timeline,
            "url": _page,
        },
        "IssueComment": _TEXT
        | {
            "fullDatabaseId": lambda comment, _info: str(comment.id),
            "id": _node_id("IC"),
            "isMinimized": lambda comment, _info: comment.minimized is not None,
            "reactionGroups": resolvers.groups,
            "url": _comment_url,
        },
        "Label": {name: _got(name) for name in ("color", "description", "name")},
        "LabeledEvent": _ABOUT_LABEL,
        "MinimizeCommentPayload": {"minimizedComment": lambda made, _info: made["minimizedComment"]},
        "Mutation": {"minimizeComment": resolvers.minimise, "pinIssue": resolvers.pin},
        "PinIssuePayload": {"issue": lambda made, _info: made["issue"]},
        "PageInfo": {
            "endCursor": _got("end"),
            "hasNextPage": _got("has_next"),
            "hasPreviousPage": _got("has_previous"),
            "startCursor": _got("start"),
        },
        "PullRequest": _TEXT
        | _SAME
        | bindings_pull.PULL
        | {
            "assignees": resolvers.assignees,
            "mergedAt": lambda issue, _info: stamp(issue.pull.merged_at) if issue.pull.merged_at else None,
            "state": lambda issue, _info: resolvers.pull_state(issue),
            "timelineItems": resolvers.timeline,
            "url": _page,
        },
        "Query": {
            "rateLimit": resolvers.rate,
            "repository": resolvers.repository,
            "viewer": lambda _root, info: info.context.actor(info.context.caller.login),
        },
        "RateLimit": {
            name: lambda rate, info: rate[info.field_name]
            for name in ("cost", "limit", "nodeCount", "remaining", "resetAt", "used")
        },
        "ReactionGroup": {"content": _got("content"), "viewerHasReacted": _got("reacted")},
        "RenamedTitleEvent": _EVENT | {"previousTitle": _got("subject")},
        "ReopenedEvent": _EVENT,
        "Repository": settled.REPOSITORY
        | {
            "defaultBranchRef": resolvers_git.default_branch,
            "deployments": resolvers.deployments,
            "environments": resolvers_pull.environments,
            "issue": resolvers.issue,
            "issueOrPullRequest": resolvers.thread,
            "issues": resolvers.issues,
            "mergeQueue": resolvers_queue.queue,
            "mergeCommitAllowed": lambda repo, _info: repo.merging.merge,
            "nameWithOwner": _got("full_name"),
            "object": resolvers_git.git_object,
            "pullRequest": resolvers.pull,
            "pullRequests": resolvers.pulls,
            "rebaseMergeAllowed": lambda repo, _info: repo.merging.rebase,
            "ref": resolvers_git.branch,
            "squashMergeAllowed": lambda repo, _info: repo.merging.squash,
        },
        "UnassignedEvent": _ABOUT_PERSON,
        "UnlabeledEvent": _ABOUT_LABEL,
        "User": {"login": _got("login")},
    }
    | {
        f"{name}Connection": _CONNECTION
        for name in (
            "Deployment",
            "Issue",
            "IssueTimelineItems",
            "Label",
            "PullRequest",
            "User",
            *bindings_pull.CONNECTIONS,
        )
    }
    | bindings_pull.FIELDS
)
"""Resolvers by type and field. A name that the schema does not have is passed over."""

_NEVER = {"EnterpriseUserAccount", "Mannequin", "Organization"}
"""Kinds of accounts that the sandbox has none of."""


_KINDS = {
    Comment: "IssueComment",
    Tree: "Tree",
    resolvers_git.At: "Commit",
    resolvers_git.Blob: "Blob",
    resolvers_git.Checked: "CheckRun",
    resolvers_git.Told: "StatusContext",
}


def _type_of(value: Any, _info: Any, _kind: GraphQLAbstractType) -> str:
    """The GraphQL type of a record."""
    if isinstance(value, User):
        return "Bot" if value.is_bot else "User"
    if isinstance(value, Issue):
        return "PullRequest" if value.pull else "Issue"
    return _KINDS.get(type(value)) or resolvers.KINDS[value.kind][1]


_LONG = GraphQLScalarType("LongInt", serialize=lambda number: number)
"""GitHub sends ids of runs as Int although they have outgrown its 32 bits (reported of cynic, a GraphQL client)."""

_LONG_IDS = {("WorkflowRun", "databaseId")}

_ARGUMENTS = {"enableDuplicate": "enable_duplicate", "headRef": "head", "input": "wanted", "qualifiedName": "qualified"}
"""Arguments that a resolver takes under another name than GraphQL's."""


def bind(schema: GraphQLSchema) -> None:
    """Give every field of the schema its resolver. Raises LookupError for a field that has none."""
    for name, kind in schema.type_map.items():
        if is_abstract_type(kind):
            kind.resolve_type = _type_of
        elif isinstance(kind, GraphQLObjectType) and not name.startswith("__") and name not in _NEVER:
            for field_name, field in kind.fields.items():
                if field_name not in FIELDS.get(name, {}):
                    raise LookupError(f"the sandbox does not answer {name}.{field_name}")
                field.resolve = FIELDS[name][field_name]
                for argument, known in field.args.items():
                    known.out_name = _ARGUMENTS.get(argument)
                if (name, field_name) in _LONG_IDS:
                    field.type = _LONG
