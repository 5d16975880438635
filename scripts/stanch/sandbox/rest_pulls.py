"""REST: pull requests."""

from typing import Any

from stanch.sandbox import history, issues, merging, pulls, shapes_pull
from stanch.sandbox.call import Answer, Call, Route
from stanch.sandbox.records import Issue, Pull
from stanch.sandbox.rights import Refusal, invalid


def listed(call: Call) -> Answer:
    """Newest first; `head` is `owner:branch`, and one without an owner is passed over, as GitHub does."""
    call.ask("read", "pull-requests")
    state, base, head = call.query.get("state", "open"), call.query.get("base"), call.query.get("head", "")
    rows = [
        issue
        for issue in call.repo.issues.values()
        if issue.pull
        and state in {"all", issue.state}
        and base in {None, "", issue.pull.base}
        and (":" not in head or head.lower() == _head(call, issue.pull).lower())
    ]
    by_update = call.query.get("sort") == "updated"
    newest = call.query.get("direction", "asc" if by_update else "desc") == "desc"
    rows.sort(key=lambda row: (row.updated_at if by_update else row.at, row.number), reverse=newest)
    return call.page(rows, lambda issue: shapes_pull.simple_pull(call.world, call.repo, issue))


def _head(call: Call, pull: Pull) -> str:
    return f"{(pull.head_repo or call.repo.full_name).partition('/')[0]}:{pull.head}"


def create(call: Call) -> Answer:
    new = pulls.NewPull(
        call.text("title", "PullRequest"),
        call.maybe("body", str),
        call.text("head", "PullRequest"),
        call.text("base", "PullRequest"),
        call.maybe("draft", bool) or False,
    )
    _must_have_commits(call, new)
    if ":" not in new.head and not call.by.is_bot and not call.repo.has_role(call.by.login, "write"):
        said = "must be a collaborator"  # reported of GitHub: cli and web say it of a head that one may not push to
        raise Refusal(422, "Validation Failed", [{"resource": "PullRequest", "code": "custom", "message": said}])
    issue = pulls.open_pull(call.world, call.repo, call.by, new)
    return Answer(201, shapes_pull.pull(call.world, call.repo, issue))


def _must_have_commits(call: Call, new: pulls.NewPull) -> None:
    """The verbs of people make a missing branch; the API refuses it, and one that is nothing ahead of its base."""
    owner, _, branch = new.head.rpartition(":")
    if owner and owner.lower() != call.repo.owner.lower():
        return
    if branch not in call.repo.branches:
        raise invalid("PullRequest", "head")
    base = call.repo.branches.get(new.base)
    if base and not history.ahead(call.repo, base, call.repo.branches[branch]):
        said = f"No commits between {new.base} and {branch}"
        raise Refusal(422, "Validation Failed", [{"resource": "PullRequest", "code": "custom", "message": said}])


def _pull(call: Call) -> Issue:
    issue = call.thread()
    if issue.pull is None:
        raise Refusal(404, "Not Found")
    return issue


def get(call: Call) -> Answer:
    return Answer(200, shapes_pull.pull(call.world, call.repo, _pull(call)))


def change(call: Call) -> Answer:
    """Title, body, base and state."""
    issue = _pull(call)
    title, body = call.maybe("title", str), call.maybe("body", str)
    if title is not None or body is not None:
        issue = issues.edit(call.world, call.repo, call.by, issue.number, title, body)
    base = call.maybe("base", str)
    if base is not None:
        issue = pulls.retarget(call.world, call.repo, call.by, issue.number, base)
    state: Any = call.maybe("state", str)
    if state is not None:
        issue = issues.set_state(call.world, call.repo, call.by, issue.number, state, None)
    return Answer(200, shapes_pull.pull(call.world, call.repo, issue))


def merge(call: Call) -> Answer:
    keys = ("commit_message", "commit_title", "sha")
    message, title, sha = (call.maybe(key, str) for key in keys)
    how = merging.How(call.maybe("merge_method", str) or "merge", message, title, sha)
    merged = merging.merge(call.world, call.repo, call.by, call.thread().number, how)
    sha = merged.pull.merge_sha if merged.pull else None
    return Answer(200, {"sha": sha, "merged": True, "message": "Pull Request successfully merged"})


ROUTES = (
    Route("GET", "/pulls", "list pull requests", listed),
    Route("POST", "/pulls", "open pull request", create),
    Route("GET", "/pulls/{number}", "get pull request", get),
    Route("PATCH", "/pulls/{number}", "change pull request", change),
    Route("PUT", "/pulls/{number}/merge", "merge pull request", merge),
)
