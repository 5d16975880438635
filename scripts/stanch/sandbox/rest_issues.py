"""REST: issues, their labels and assignees."""

from typing import Any

from stanch.sandbox import issues, labels, shapes
from stanch.sandbox.call import Answer, Call, Route
from stanch.sandbox.clock import seconds
from stanch.sandbox.records import Issue
from stanch.sandbox.rights import Refusal, invalid, may


def _show(call: Call, issue: Issue) -> shapes.Shape:
    return shapes.issue_in_full(call.world, call.repo, issue)


def _labels(call: Call, issue: Issue) -> list[shapes.Shape]:
    return [shapes.label(call.world, call.repo, call.repo.labels[key]) for key in issue.labels]


def create(call: Call) -> Answer:
    new = issues.NewIssue(
        call.text("title", "Issue"),
        call.maybe("body", str),
        call.names("labels") or (),
        _assignees(call) or (),
    )
    issue = issues.open_issue(call.world, call.repo, call.by, new)
    shown = _show(call, issue)
    return Answer(201, shown, {"Location": str(shown["url"])})


def _assignees(call: Call) -> list[str] | None:
    one = call.maybe("assignee", str)
    many = call.maybe("assignees", list)
    if not all(isinstance(login, str) for login in many or ()):
        raise Refusal(422, "Invalid request.\n\nFor 'properties/assignees', an entry is not a string.")
    return many if many is not None else [one] if one else None


def get(call: Call) -> Answer:
    return Answer(200, _show(call, call.thread()))


def change(call: Call) -> Answer:
    """Title, body, state, labels and assignees; the last two without a word for who may not set them."""
    issue = call.thread()
    title, body = call.maybe("title", str), call.maybe("body", str)
    if title is not None or body is not None:
        issue = issues.edit(call.world, call.repo, call.by, issue.number, title, body)
    state: Any = call.maybe("state", str)
    if state is not None:
        reason = call.maybe("state_reason", str)
        issue = issues.set_state(call.world, call.repo, call.by, issue.number, state, reason)
    if may(call.repo, call.by, "triage", "issues"):
        _set_names(call, issue)
    return Answer(200, _show(call, call.repo.issues[issue.number]))


def _set_names(call: Call, issue: Issue) -> None:
    names, people = call.names("labels"), _assignees(call)
    if names is not None:
        labels.exchange(call.world, call.repo, call.by, issue.number, names)
    if people is not None:
        gone = [login for login in issue.assignees if login not in people]
        labels.unassign(call.world, call.repo, call.by, issue.number, gone)
        labels.assign(call.world, call.repo, call.by, issue.number, people)


def listed(call: Call) -> Answer:
    """Newest first; pull requests too, where the caller may see them."""
    call.ask("read", "issues")
    if not call.repo.settings.has_issues:
        raise Refusal(410, issues.NO_ISSUES)
    state, wanted = call.query.get("state", "open"), call.query.get("labels", "")
    keys = {name.strip().casefold() for name in wanted.split(",") if name.strip()}
    since = _since(call.query.get("since"))
    rows = [
        issue
        for issue in call.repo.issues.values()
        if state in {"all", issue.state} and keys <= set(issue.labels) and issue.updated_at >= since
    ]
    by_update = call.query.get("sort") == "updated"
    newest = call.query.get("direction", "desc") == "desc"
    rows.sort(key=lambda row: (row.updated_at if by_update else row.at, row.number), reverse=newest)
    return call.page(rows, lambda issue: _show(call, issue))


def _since(text: str | None) -> int:
    try:
        return seconds(text) if text else 0
    except ValueError:
        raise invalid("Issue", "since") from None


def show_labels(call: Call) -> Answer:
    issue = call.thread()
    return call.page(_labels(call, issue), lambda shape: shape)


def add_labels(call: Call) -> Answer:
    issue = call.thread()
    names = call.names("labels")
    if names is None:
        raise Refusal(422, "Invalid request.\n\nNo labels were given.")
    return Answer(200, _labels(call, labels.label(call.world, call.repo, call.by, issue.number, names)))


def set_labels(call: Call) -> Answer:
    issue = call.thread()
    names = call.names("labels") or []
    return Answer(200, _labels(call, labels.exchange(call.world, call.repo, call.by, issue.number, names)))


def remove_label(call: Call) -> Answer:
    issue = call.thread()
    left = labels.unlabel(call.world, call.repo, call.by, issue.number, call.parts["label"])
    return Answer(200, _labels(call, left))


def remove_labels(call: Call) -> Answer:
    issue = call.thread()
    labels.exchange(call.world, call.repo, call.by, issue.number, ())
    return Answer(204)


def assign(call: Call) -> Answer:
    issue = call.thread()
    people = _assignees(call) or []
    return Answer(201, _show(call, labels.assign(call.world, call.repo, call.by, issue.number, people)))


def unassign(call: Call) -> Answer:
    issue = call.thread()
    people = _assignees(call) or []
    return Answer(200, _show(call, labels.unassign(call.world, call.repo, call.by, issue.number, people)))


def lock(call: Call) -> Answer:
    issue = call.thread()
    issues.lock(call.world, call.repo, call.by, issue.number, call.maybe("lock_reason", str))
    return Answer(204)


def unlock(call: Call) -> Answer:
    issues.unlock(call.world, call.repo, call.by, call.thread().number)
    return Answer(204)


ROUTES = (
    Route("GET", "/issues", "list issues", listed),
    Route("POST", "/issues", "create issue", create),
    Route("GET", "/issues/{number}", "get issue", get),
    Route("PATCH", "/issues/{number}", "change issue", change),
    Route("PUT", "/issues/{number}/lock", "lock", lock),
    Route("DELETE", "/issues/{number}/lock", "unlock", unlock),
    Route("GET", "/issues/{number}/labels", "list labels of issue", show_labels),
    Route("POST", "/issues/{number}/labels", "add labels", add_labels),
    Route("PUT", "/issues/{number}/labels", "set labels", set_labels),
    Route("DELETE", "/issues/{number}/labels", "remove labels", remove_labels),
    Route("DELETE", "/issues/{number}/labels/{label}", "remove label", remove_label),
    Route("POST", "/issues/{number}/assignees", "add assignees", assign),
    Route("DELETE", "/issues/{number}/assignees", "remove assignees", unassign),
)
