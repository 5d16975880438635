"""REST: the repository itself, its labels, files, statuses, environments, deployments and dispatches."""

import base64
import binascii

from stanch.sandbox import deployments, files, history, labels, owners, shapes, shapes_git, shapes_repo
from stanch.sandbox.call import Answer, Call, Route
from stanch.sandbox.git import Tree, blob_sha
from stanch.sandbox.records import Deployment, Dispatch
from stanch.sandbox.rights import ARCHIVED, Refusal, invalid, may, refused


def get(call: Call) -> Answer:
    call.ask("read", "metadata")
    return Answer(200, shapes_repo.full(call.world, call.repo, call.by))


_FLAGS = ("has_issues", "archived", "delete_branch_on_merge", *shapes_repo.METHODS)


def change(call: Call) -> Answer:
    """The settings that are known here; only administrators. Another key is a 501, so that nobody takes it for done."""
    call.ask("admin", "administration", "read")
    if not isinstance(call.body, dict):
        raise Refusal(422, "Invalid request.")
    flags = {key: call.maybe(key, bool) for key in _FLAGS if key in call.body}
    strange = call.body.keys() - {*_FLAGS, "default_branch", "name"}
    if strange:
        raise Refusal(501, f"The sandbox does not know these settings: {', '.join(sorted(strange))}")
    if call.repo.settings.archived and flags.get("archived") is not False:
        raise Refusal(403, ARCHIVED)
    if not may(call.repo, call.by, "admin", "administration"):
        raise refused(call.repo, call.by, "admin")
    owners.change(
        call.world, call.repo, {key: bool(value) for key, value in flags.items()}, call.maybe("default_branch", str)
    )
    return Answer(200, shapes_repo.full(call.world, call.repo, call.by))


def list_environments(call: Call) -> Answer:
    """All that were set up or deployed to."""
    call.ask("read", "actions")
    rows = sorted(call.repo.environments)
    page = call.page(rows, lambda name: shapes_repo.environment(call.world, call.repo, name))
    return Answer(200, {"total_count": len(rows), "environments": page.value}, page.headers)


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


def delete_label(call: Call) -> Answer:
    labels.undefine(call.world, call.repo, call.by, call.parts["label"])
    return Answer(204)


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


def get_file(call: Call) -> Answer:
    """A file's content, or what is in a folder; of the default branch unless `ref` names another revision."""
    call.ask("read", "contents")
    path = call.parts["path"].strip("/")
    commit = history.resolve(call.repo, call.query.get("ref") or "HEAD")
    if commit is None:
        raise Refusal(404, f"No commit found for the ref {call.query['ref']}")
    text, folder = commit.tree.texts.get(path), commit.tree.below(path)
    if text is not None:
        content = {"content": base64.encodebytes(text.encode()).decode(), "encoding": "base64"}
        return Answer(200, _file(call, path, text) | content)
    if folder is None:
        raise Refusal(404, "Not Found")
    names = sorted({name.partition("/")[0] for name in folder.texts})
    return Answer(200, [_entry(call, f"{path}/{name}", folder, name) for name in names])


def _entry(call: Call, path: str, folder: Tree, name: str) -> shapes.Shape:
    text, below = folder.texts.get(name), folder.below(name)
    if text is not None or below is None:
        return _file(call, path, text or "")
    git = f"{shapes.api(call.world, call.repo.full_name)}/git/trees/{below.oid}"
    shape = _file(call, path, "") | {"type": "dir", "size": 0, "sha": below.oid, "git_url": git, "download_url": None}
    return shape | {"_links": {"self": shape["url"], "git": git, "html": shape["html_url"]}}


def put_file(call: Call) -> Answer:
    path, is_new = call.parts["path"], call.parts["path"] not in call.repo.files
    try:
        text = base64.b64decode(call.text("content", "Content"), validate=False).decode()
    except (binascii.Error, UnicodeDecodeError):
        raise Refusal(422, "content is not valid Base64") from None
    change = files.Change(path, text, call.text("message", "Content"), call.maybe("sha", str))
    commit = files.put(call.world, call.repo, call.by, change)
    shown = {"content": _file(call, path, text), "commit": shapes_git.commit(call.world, call.repo, commit)}
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
    Route("PATCH", "", "change repository", change),
    Route("GET", "/environments", "list environments", list_environments),
    Route("GET", "/labels", "list labels", list_labels),
    Route("POST", "/labels", "define label", define_label),
    Route("GET", "/labels/{label}", "get label", get_label),
    Route("PATCH", "/labels/{label}", "redefine label", redefine_label),
    Route("DELETE", "/labels/{label}", "delete label", delete_label),
    Route("GET", "/deployments", "list deployments", list_deployments),
    Route("POST", "/deployments", "create deployment", create_deployment),
    Route("GET", "/deployments/{deployment}/statuses", "list deployment statuses", list_deployment_statuses),
    Route("POST", "/deployments/{deployment}/statuses", "report deployment", report_deployment),
    Route("POST", "/statuses/{sha}", "post status", post_status),
    Route("GET", "/commits/{sha}/statuses", "list statuses", list_statuses),
    Route("GET", "/contents/{path}", "get file", get_file),
    Route("PUT", "/contents/{path}", "put file", put_file),
    Route("POST", "/actions/workflows/{workflow}/dispatches", "dispatch workflow", dispatch_workflow),
    Route("POST", "/dispatches", "dispatch repository", dispatch_repository),
)
