"""What each GraphQL field answers, from the sandbox's records."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from stanch.sandbox import comments, connections, shapes
from stanch.sandbox.clock import seconds, stamp
from stanch.sandbox.connections import Connection
from stanch.sandbox.cost import Cost
from stanch.sandbox.counting import HOUR
from stanch.sandbox.issues import pin as pin_issue
from stanch.sandbox.records import REACTIONS, Comment, Deployment, Event, Issue, Label, User
from stanch.sandbox.repository import Repository
from stanch.sandbox.rights import Caller, Refusal, area_of, may, sees

if TYPE_CHECKING:
    from stanch.sandbox.world import World

Resolver = Callable[..., Any]
KINDS = {
    "assigned": ("ASSIGNED_EVENT", "AssignedEvent"),
    "base-changed": ("BASE_REF_CHANGED_EVENT", "BaseRefChangedEvent"),
    "closed": ("CLOSED_EVENT", "ClosedEvent"),
    "comment-deleted": ("COMMENT_DELETED_EVENT", "CommentDeletedEvent"),
    "cross-referenced": ("CROSS_REFERENCED_EVENT", "CrossReferencedEvent"),
    "head-force-pushed": ("HEAD_REF_FORCE_PUSHED_EVENT", "HeadRefForcePushedEvent"),
    "labeled": ("LABELED_EVENT", "LabeledEvent"),
    "renamed": ("RENAMED_TITLE_EVENT", "RenamedTitleEvent"),
    "reopened": ("REOPENED_EVENT", "ReopenedEvent"),
    "unassigned": ("UNASSIGNED_EVENT", "UnassignedEvent"),
    "unlabeled": ("UNLABELED_EVENT", "UnlabeledEvent"),
}
_CONTENTS = {"+1": "THUMBS_UP", "-1": "THUMBS_DOWN"}


class Problem(Exception):
    """A GraphQL error with GitHub's `type`."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class View:
    """What one request sees: the world, who asks, and the tables as they are shown to it."""

    world: "World"
    caller: Caller
    repos: Mapping[str, Repository]
    price: Cost

    def actor(self, login: str | None) -> User | None:
        """An account; None when it no longer exists."""
        return self.world.users.get(login.lower()) if login else None

    def wrote(self, login: str) -> bool:
        return login == self.caller.login

    def need(self, repo: Repository, area: str) -> None:
        if not may(repo, self.caller, "read", area):
            raise Problem("FORBIDDEN", "Resource not accessible by integration")


@dataclass(frozen=True, slots=True)
class Group:
    content: str
    reacted: bool


_UNTOUCHED = tuple(Group(_CONTENTS.get(content, content.upper()), reacted=False) for content in REACTIONS)


def repository(_root: object, info: Any, owner: str, name: str) -> Repository:
    view: View = info.context
    repo = view.repos.get(f"{owner}/{name}".lower())
    if repo is None or not sees(repo, view.caller):
        said = f"Could not resolve to a Repository with the name '{owner}/{name}'."
        raise Problem("NOT_FOUND", said)
    return repo


def thread(repo: Repository, info: Any, number: int) -> Issue:
    issue = repo.issues.get(number)
    if issue is None or not (issue.pull or repo.settings.has_issues):
        said = f"Could not resolve to an issue or pull request with the number of {number}."
        raise Problem("NOT_FOUND", said)
    info.context.need(repo, area_of(issue))
    return issue


def issue(repo: Repository, info: Any, number: int) -> Issue:
    issue = repo.issues.get(number)
    if issue is None or issue.pull or not repo.settings.has_issues:
        raise Problem("NOT_FOUND", f"Could not resolve to an Issue with the number of {number}.")
    info.context.need(repo, "issues")
    return issue


def pull(repo: Repository, info: Any, number: int) -> Issue:
    issue = repo.issues.get(number)
    if issue is None or not issue.pull:
        raise Problem("NOT_FOUND", f"Could not resolve to a PullRequest with the number of {number}.")
    info.context.need(repo, "pull-requests")
    return issue


def _sort_key(order: Mapping[str, str] | None) -> Callable[[Issue], tuple[int, int]]:
    chosen = order or {"field": "CREATED_AT", "direction": "ASC"}
    sign = 1 if chosen["direction"] == "ASC" else -1
    by: dict[str, Callable[[Issue], int]] = {
        "CREATED_AT": lambda issue: issue.at,
        "UPDATED_AT": lambda issue: issue.updated_at,
        "COMMENTS": lambda issue: len(issue.comments),
    }
    value = by[chosen["field"]]
    return lambda issue: (sign * value(issue), sign * issue.number)


def issues(repo: Repository, info: Any, **args: Any) -> Connection[Issue]:
    """Several labels mean any of them here; GitHub does not document whether any or all."""
    info.context.need(repo, "issues")
    wanted = args.get("filterBy") or {}
    labels, states = args.get("labels"), args.get("states")
    since = seconds(wanted["since"]) if wanted.get("since") else 0
    keys = {name.casefold() for name in labels} if labels is not None else None
    rows = [
        issue
        for issue in repo.issues.values()
        if not issue.pull
        and repo.settings.has_issues
        and (keys is None or not keys.isdisjoint(issue.labels))
        and (states is None or issue.state.upper() in states)
        and issue.updated_at >= since
    ]
    key = _sort_key(args.get("orderBy"))
    return connections.page(sorted(rows, key=key), key, args)


def pull_state(issue: Issue) -> str:
    return "MERGED" if issue.pull and issue.pull.merged_at else issue.state.upper()


def pulls(repo: Repository, info: Any, **args: Any) -> Connection[Issue]:
    info.context.need(repo, "pull-requests")
    states = args.get("states")
    rows = [row for row in repo.issues.values() if row.pull and (states is None or pull_state(row) in states)]
    key = _sort_key(args.get("orderBy"))
    return connections.page(sorted(rows, key=key), key, args)


def deployments(repo: Repository, info: Any, **args: Any) -> Connection[Deployment]:
    info.context.need(repo, "deployments")
    order = args.get("orderBy") or {"direction": "ASC"}
    sign = 1 if order["direction"] == "ASC" else -1

    def key(row: Deployment) -> tuple[int, int]:
        return sign * row.at, sign * row.id

    return connections.page(sorted(repo.deployments.values(), key=key), key, args)


def timeline(issue: Issue, info: Any, **args: Any) -> Connection[Any]:
    types, view = args.get("itemTypes"), info.context
    rows = [
        item
        for item in issue.items
        if (types is None or _item_type(item) in types)
        and not (isinstance(item, Event) and item.source and _source_of(view, item.source) is None)
    ]
    return connections.page(rows, lambda item: (item.id,), args)


def _item_type(item: Comment | Event) -> str:
    return "ISSUE_COMMENT" if isinstance(item, Comment) else KINDS[item.kind][0]


def _source_of(view: View, source: tuple[str, int]) -> tuple[Repository, Issue] | None:
    """The mentioning thread, wherever it lives now; None when it was deleted."""
    repo = view.repos[source[0].lower()]
    if source[1] in repo.moved:
        return _source_of(view, repo.moved[source[1]])
    issue = repo.issues.get(source[1])
    return (repo, issue) if issue else None


def source(event: Event, info: Any) -> Issue:
    """The other end of a cross-reference; an error when the caller may not see it, which blanks the event."""
    view: View = info.context
    found = _source_of(view, event.source) if event.source else None
    if found is None or not sees(found[0], view.caller) or not may(*_read(view, *found)):
        raise Problem("FORBIDDEN", "Resource not accessible by integration")
    return found[1]


def _read(view: View, repo: Repository, issue: Issue) -> tuple[Repository, Caller, str, str]:
    return repo, view.caller, "read", area_of(issue)


def label(event: Event, _info: Any) -> Label:
    """The label of an event; one that was defined anew since then is shown by its old name."""
    return Label(event.subject, 0)


def issue_labels(issue: Issue, info: Any, **args: Any) -> Connection[Label]:
    repo = info.context.repos[issue.repo.lower()]
    rows = sorted((repo.labels[key] for key in issue.labels if key in repo.labels), key=lambda row: row.id)
    return connections.page(rows, lambda label: (label.id,), args)


def assignees(issue: Issue, info: Any, **args: Any) -> Connection[User]:
    people = (info.context.actor(login) for login in issue.assignees)
    rows = sorted((user for user in people if user), key=lambda user: user.id)
    return connections.page(rows, lambda user: (user.id,), args)


def groups(comment: Comment, info: Any) -> tuple[Group, ...]:
    if not comment.reactions:
        return _UNTOUCHED
    mine = {reaction.content for reaction in comment.reactions if info.context.wrote(reaction.login)}
    return tuple(Group(_CONTENTS.get(content, content.upper()), content in mine) for content in REACTIONS)


def state_reason(issue: Issue, _info: Any, *, enable_duplicate: bool = False) -> str | None:
    if issue.state_reason == "duplicate" and not enable_duplicate:
        return "NOT_PLANNED"
    return issue.state_reason.upper() if issue.state_reason else None


def minimise(_root: object, info: Any, wanted: Mapping[str, str]) -> dict[str, Comment]:
    view: View = info.context
    try:
        comment_id = shapes.number_of(wanted["subjectId"])
        repo = next(repo for repo in view.world.repos.values() if comment_id in repo.homes)
    except (ValueError, StopIteration):
        said = f"Could not resolve to a node with the global id of '{wanted['subjectId']}'."
        raise Problem("NOT_FOUND", said) from None
    try:
        reason = wanted["classifier"].lower()
        return {"minimizedComment": comments.minimise(view.world, repo, view.caller, comment_id, reason)}
    except Refusal as refusal:
        raise Problem("FORBIDDEN", refusal.message) from None


def pin(_root: object, info: Any, wanted: Mapping[str, str]) -> dict[str, Issue]:
    view: View = info.context
    said = f"Could not resolve to a node with the global id of '{wanted['issueId']}'."
    try:
        issue_id = shapes.number_of(wanted["issueId"])
    except ValueError:
        raise Problem("NOT_FOUND", said) from None
    places = ((repo, one) for repo in view.world.repos.values() for one in repo.issues.values())
    found = next((place for place in places if place[1].id == issue_id), None)
    if found is None:
        raise Problem("NOT_FOUND", said)
    try:
        return {"issue": pin_issue(view.world, found[0], view.caller, found[1].number)}
    except Refusal as refusal:
        raise Problem("FORBIDDEN" if refusal.status in {403, 404} else "UNPROCESSABLE", refusal.message) from None


def rate(_root: object, info: Any) -> dict[str, object]:
    view: View = info.context
    rates, now = view.world.rates, view.world.clock.now
    limit = rates.limit(is_bot=view.caller.is_bot)
    used = rates.spend(view.caller.login, "graphql", now, 0)
    numbers = {"cost": view.price.points, "nodeCount": view.price.nodes, "limit": limit, "used": used}
    return numbers | {"remaining": max(limit - used, 0), "resetAt": stamp((now // HOUR + 1) * HOUR)}
