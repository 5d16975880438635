"""REST: the repository itself, its labels, people, files, statuses, deployments, pull requests, dispatches."""

import base64
import binascii

from stanch.sandbox import deployments, files, labels, merging, pulls, shapes, shapes_pull, shapes_repo
from stanch.sandbox.call import Answer, Call, Route
from stanch.sandbox.git import blob_sha
from stanch.sandbox.records import Deployment, Dispatch
from stanch.sandbox.rights import Refusal, invalid


def get(call: Call) -> Answer:
    call.ask("read", "metadata")
    more = {"network_count": 0, "subscribers_count": 0}
    return Answer(200, shapes_repo.repository(call.world, call.repo) | more)


def permission(call: Call) -> Answer:
    """A person's base permission (maintain reads as write, triage as read) and the role's own name."""
    if not call.by.is_bot:
        call.ask("write", "metadata")
    user = call.world.user(call.parts["login"])
    if user is None or user.is_bot:
        raise Refusal(404, f"{call.parts['login']} is not a user")
    name = call.repo.roles.get(user.login.lower(), call.repo.role_of(user.login))
    base = call.repo.role_of(user.login)
    shown = {"maintain": "write", "triage": "read"}.get(base, base)
    grants = {role: call.repo.has_role(user.login, role) for role in ("admin", "maintain", "triage")}
    grants |= {"push": call.repo.has_role(user.login, "write"), "pull": call.repo.has_role(user.login, "read")}
    who = shapes.user(call.world, user.login) | {"permissions": grants, "role_name": name}
    return Answer(200, {"permission": shown, "role_name": name, "user": who})


def list_labels(call: Call) -> Answer:
    call.ask("read", "issues")
    rows = sorted(call.repo.labels.values(), key=lambda label: label.name.casefold())
    return call.page(rows, lambda label: shapes.label(call.world, call.repo, label))


def get_label(call: Call) -> Answer:
    call.ask("read", "issues")
    label = call.repo.label_named(call.parts["label"])
    if label is None:
        raise Refusal(404, "Not Found")
    return Answer(200, shapes.label(call.world, call.repo, label))


def define_label(call: Call) -> Answer:
    name, color = call.text("name", "Label"), call.maybe("color", str)
    description = call.maybe("description", str)
    label = labels.define(call.world, call.repo, call.by, name, color or "ededed", description)
    return Answer(201, shapes.label(call.world, call.repo, label))


def redefine_label(call: Call) -> Answer:
    keys = ("new_name", "color", "description")
    changes = {key: text for key in keys if (text := call.maybe(key, str)) is not None}
    label = labels.redefine(call.world, call.repo, call.by, call.parts["label"], changes)
    return Answer(200, shapes.label(call.world, call.repo, label))


def list_deployments(call: Call) -> Answer:
    """Newest first."""
    call.ask("read", "deployments")
    environment = call.query.get("environment")
    rows = [row for row in call.repo.deployments.values() if environment in {None, "", row.environment}]
    return call.page(rows[::-1], lambda row: shapes_repo.deployment(call.world, row))


def create_deployment(call: Call) -> Answer:
    wanted = deployments.NewDeployment(
        call.text("ref", "Deployment"),
        call.maybe("environment", str) or "production",
        call.maybe("description", str),
        call.maybe("task", str) or "deploy",
        call.body.get("payload") or "",
    )
    new = deployments.create(call.world, call.repo, call.by, wanted)
    return Answer(201, shapes_repo.deployment(call.world, new))


def _deployment(call: Call) -> Deployment:
    call.ask("read", "deployments")
    found = call.repo.deployments.get(int(call.parts["deployment"]))
    if found is None:
        raise Refusal(404, "Not Found")
    return found


def list_deployment_statuses(call: Call) -> Answer:
    of = _deployment(call)
    return call.page(of.statuses[::-1], lambda status: shapes_repo.deployment_status(call.world, of, status))


def report_deployment(call: Call) -> Answer:
    of = _deployment(call)
    told = deployments.Report(
        call.text("state", "DeploymentStatus"),
        call.maybe("description", str) or "",
        call.maybe("log_url", str) or "",
        call.maybe("environment_url", str) or "",
        call.maybe("auto_inactive", bool) is not False,
    )
    status = deployments.report(call.world, call.repo, call.by, of.id, told)
    return Answer(201, shapes_repo.deployment_status(call.world, of, status))


def post_status(call: Call) -> Answer:
    wanted = files.NewStatus(
        call.text("state", "Status"),
        call.maybe("context", str) or "default",
        call.maybe("description", str),
        call.maybe("target_url", str),
    )
    status = files.post_status(call.world, call.repo, call.by, call.parts["sha"], wanted)
    return Answer(201, shapes_repo.commit_status(call.world, call.repo, status))


def list_statuses(call: Call) -> Answer:
    """Newest first."""
    call.ask("read", "statuses")
    sha = call.repo.branches.get(call.parts["sha"], call.parts["sha"])
    rows = call.repo.statuses.get(sha, ())[::-1]
    return call.page(rows, lambda status: shapes_repo.commit_status(call.world, call.repo, status))


def open_pull(call: Call) -> Answer:
    new = pulls.NewPull(
        call.text("title", "PullRequest"),
        call.maybe("body", str),
        call.text("head", "PullRequest"),
        call.text("base", "PullRequest"),
        call.maybe("draft", bool) or False,
    )
    issue = pulls.open_pull(call.world, call.repo, call.by, new)
    return Answer(201, shapes_pull.pull(call.world, call.repo, issue))


def get_pull(call: Call) -> Answer:
    issue = call.thread()
    if issue.pull is None:
        raise Refusal(404, "Not Found")
    return Answer(200, shapes_pull.pull(call.world, call.repo, issue))


def merge(call: Call) -> Answer:
    keys = ("commit_message", "commit_title", "sha")
    message, title, sha = (call.maybe(key, str) for key in keys)
    how = merging.How(call.maybe("merge_method", str) or "merge", message, title, sha)
    merged = merging.merge(call.world, call.repo, call.by, call.thread().number, how)
    sha = merged.pull.merge_sha if merged.pull else None
    return Answer(200, {"sha": sha, "merged": True, "message": "Pull Request successfully merged"})


def get_file(call: Call) -> Answer:
    call.ask("read", "contents")
    path = call.parts["path"]
    if path not in call.repo.files:
        raise Refusal(404, "Not Found")
    text = call.repo.files[path]
    content = {"content": base64.encodebytes(text.encode()).decode(), "encoding": "base64"}
    return Answer(200, _file(call, path, text) | content)


def put_file(call: Call) -> Answer:
    path, is_new = call.parts["path"], call.parts["path"] not in call.repo.files
    try:
        text = base64.b64decode(call.text("content", "Content"), validate=False).decode()
    except (binascii.Error, UnicodeDecodeError):
        raise Refusal(422, "content is not valid Base64") from None
    change = files.Change(path, text, call.text("message", "Content"), call.maybe("sha", str))
    commit = files.put(call.world, call.repo, call.by, change)
    shown = {"content": _file(call, path, text), "commit": _commit(call, commit.sha)}
    return Answer(201 if is_new else 200, shown)


def _file(call: Call, path: str, text: str) -> shapes.Shape:
    url = f"{shapes.api(call.world, call.repo.full_name)}/contents/{path}"
    html = f"{call.world.html_url}/{call.repo.full_name}/blob/{call.repo.default_branch}/{path}"
    sha = blob_sha(text)
    git = f"{shapes.api(call.world, call.repo.full_name)}/git/blobs/{sha}"
    links = {"self": url, "git": git, "html": html}
    who = {"name": path.rpartition("/")[2], "path": path, "sha": sha, "size": len(text.encode())}
    urls = {"url": url, "html_url": html, "git_url": git, "download_url": html}
    return who | urls | {"type": "file", "_links": links}


def _commit(call: Call, sha: str) -> shapes.Shape:
    commit, base = call.repo.commits[sha], shapes.api(call.world, call.repo.full_name)
    html = f"{call.world.html_url}/{call.repo.full_name}/commit"
    who = shapes_repo.signature(commit)
    return {
        "sha": sha,
        "node_id": f"C_kwDO{sha}",
        "url": f"{base}/git/commits/{sha}",
        "html_url": f"{html}/{sha}",
        "author": who,
        "committer": who,
        "message": commit.message,
        "tree": {"sha": commit.tree.oid, "url": f"{base}/git/trees/{commit.tree.oid}"},
        "parents": [
            {"sha": old, "url": f"{base}/git/commits/{old}", "html_url": f"{html}/{old}"} for old in commit.parents
        ],
        "verification": {
            "verified": False, "reason": "unsigned", "signature": None, "payload": None, "verified_at": None
        },
    }  # fmt: skip # one field a line, but for the last


def dispatch_workflow(call: Call) -> Answer:
    """204; since the API version of 2026-03-10, 200 and the run."""
    name, ref = call.parts["workflow"], call.text("ref", "Workflow")
    sent = Dispatch("workflow", name, ref, call.maybe("inputs", dict) or {}, call.by.login, call.world.clock.now)
    files.dispatch(call.world, call.repo, call.by, sent)
    if call.version < "2026-03-10":
        return Answer(204)
    run = f"/runs/{len(call.repo.dispatches)}"
    url = f"{shapes.api(call.world, call.repo.full_name)}/actions{run}"
    html = f"{call.world.html_url}/{call.repo.full_name}/actions{run}"
    return Answer(200, {"workflow_run_id": len(call.repo.dispatches), "run_url": url, "html_url": html})


def dispatch_repository(call: Call) -> Answer:
    name = call.text("event_type", "RepositoryDispatch")
    payload = call.maybe("client_payload", dict) or {}
    if len(name) > 100 or len(payload) > 10:
        raise invalid("RepositoryDispatch", "event_type" if len(name) > 100 else "client_payload")
    sent = Dispatch("repository", name, call.repo.default_branch, payload, call.by.login, call.world.clock.now)
    files.dispatch(call.world, call.repo, call.by, sent)
    return Answer(204)


ROUTES = (
    Route("GET", "", "get repository", get),
    Route("GET", "/collaborators/{login}/permission", "get permission", permission),
    Route("GET", "/labels", "list labels", list_labels),
    Route("POST", "/labels", "define label", define_label),
    Route("GET", "/labels/{label}", "get label", get_label),
    Route("PATCH", "/labels/{label}", "redefine label", redefine_label),
    Route("GET", "/deployments", "list deployments", list_deployments),
    Route("POST", "/deployments", "create deployment", create_deployment),
    Route("GET", "/deployments/{deployment}/statuses", "list deployment statuses", list_deployment_statuses),
    Route("POST", "/deployments/{deployment}/statuses", "report deployment", report_deployment),
    Route("POST", "/statuses/{sha}", "post status", post_status),
    Route("GET", "/commits/{sha}/statuses", "list statuses", list_statuses),
    Route("POST", "/pulls", "open pull request", open_pull),
    Route("GET", "/pulls/{number}", "get pull request", get_pull),
    Route("PUT", "/pulls/{number}/merge", "merge pull request", merge),
    Route("GET", "/contents/{path}", "get file", get_file),
    Route("PUT", "/contents/{path}", "put file", put_file),
    Route("POST", "/actions/workflows/{workflow}/dispatches", "dispatch workflow", dispatch_workflow),
    Route("POST", "/dispatches", "dispatch repository", dispatch_repository),
)
