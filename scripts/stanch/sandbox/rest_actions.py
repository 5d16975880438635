"""REST: who moved which branch, and what workflow runs have left."""

from collections.abc import Sequence
from urllib.parse import urlencode

from stanch.sandbox import runs, shapes_pull, workflows
from stanch.sandbox.call import MAX_PAGE, Answer, Call, Route
from stanch.sandbox.records import Activity
from stanch.sandbox.rest_settings import narrowed
from stanch.sandbox.rights import Refusal


def activity(call: Call) -> Answer:
    """Newest first, by cursors instead of page numbers; `ref`, `actor` and `activity_type` narrow it."""
    call.ask("read", "contents")
    branch, actor, kind = (call.query.get(name, "") for name in ("ref", "actor", "activity_type"))
    rows = [
        row
        for row in reversed(call.repo.activity)
        if branch.removeprefix("refs/heads/") in {"", row.branch}
        and actor.lower() in {"", row.actor.lower()}
        and kind in {"", row.kind}
    ]
    older, newer = (_cursor(call, name) for name in ("after", "before"))
    left = [row for row in rows if (older is None or row.id < older) and (newer is None or row.id > newer)]
    size = min(max(int(call.query.get("per_page") or 30), 1), MAX_PAGE)
    shown = left[:size] if newer is None else left[-size:]
    return Answer(200, [shapes_pull.activity(call.world, row) for row in shown], _links(call, rows, shown))


def _cursor(call: Call, name: str) -> int | None:
    given = call.query.get(name)
    if given and not given.isdigit():
        raise Refusal(422, "Validation Failed")
    return int(given) if given else None


def _links(call: Call, rows: Sequence[Activity], shown: Sequence[Activity]) -> dict[str, str]:
    """The neighbouring pages."""
    wanted = {}
    if shown and shown[0].id != rows[0].id:
        wanted["prev"] = {"before": shown[0].id}
    if shown and shown[-1].id != rows[-1].id:
        wanted["next"] = {"after": shown[-1].id}
    plain = {name: value for name, value in call.query.items() if name not in {"before", "after"}}
    links = [
        f'<{call.world.api_url}{call.path}?{urlencode({**plain, **cursor})}>; rel="{name}"'
        for name, cursor in wanted.items()
    ]
    return {"Link": ", ".join(links)} if links else {}


def workflow_runs(call: Call) -> Answer:
    """The runs of one workflow, by its file's name or number, newest first."""
    call.ask("read", "actions")
    return narrowed(call, runs.of_workflow(call.repo, _file(call)))


def _file(call: Call) -> str:
    """The file's name, also of a workflow that is asked by its number."""
    named = call.parts["workflow"]
    return workflows.find(call.repo, named).path.removeprefix(workflows.FOLDER) if named.isdigit() else named


def artifacts(call: Call) -> Answer:
    """The artifacts of a run, newest first as far as is known; `name` must be the whole name."""
    call.ask("read", "actions")
    run = call.repo.runs.get(int(call.parts["run"]))
    if run is None or not run.path:
        raise Refusal(404, "Not Found")
    name = call.query.get("name", "")
    rows = [one for one in reversed(run.artifacts) if name in {"", one.name}]
    page = call.page(rows, lambda one: shapes_pull.artifact(call.world, call.repo, run, one))
    return Answer(200, {"total_count": len(rows), "artifacts": page.value}, page.headers)


def archive(call: Call) -> Answer:
    """302 to an address that lies elsewhere and is good for a minute."""
    if call.parts["format"] != "zip":
        raise Refusal(404, "Not Found")
    where = runs.address(call.world, call.repo, call.by, int(call.parts["artifact"]))
    return Answer(302, None, {"Location": where})


ROUTES = (
    Route("GET", "/activity", "list activity", activity),
    Route("GET", "/actions/workflows/{workflow}/runs", "list workflow runs", workflow_runs),
    Route("GET", "/actions/runs/{run}/artifacts", "list artifacts", artifacts),
    Route("GET", "/actions/artifacts/{artifact}/{format}", "get artifact", archive),
)
