"""REST: settings of Actions, workflows and their runs, rulesets, secrets, variables and releases."""

from collections.abc import Callable, Mapping, Sequence

from stanch.sandbox import rules, rulesets, shapes_pull, workflows
from stanch.sandbox import shapes_settings as shapes
from stanch.sandbox.call import Answer, Call, Route
from stanch.sandbox.clock import stamp
from stanch.sandbox.records import Run
from stanch.sandbox.rights import Refusal, may


def actions(call: Call) -> Answer:
    call.ask("admin", "administration", "read")
    return Answer(200, shapes.actions(call.world, call.repo))


def selected_actions(call: Call) -> Answer:
    """409 unless actions are `selected`."""
    call.ask("admin", "administration", "read")
    of = call.repo.settings.actions
    if of.allowed != "selected" or not of.enabled:
        raise Refusal(409, "The repository does not limit its actions to selected ones")
    rest = {"github_owned_allowed": of.github_owned, "verified_allowed": of.verified}
    return Answer(200, rest | {"patterns_allowed": list(of.patterns)})


def token_permissions(call: Call) -> Answer:
    call.ask("admin", "administration", "read")
    of = call.repo.settings.actions
    shown = {"default_workflow_permissions": of.default_permissions, "can_approve_pull_request_reviews": of.opens_pulls}
    return Answer(200, shown)


def _total(call: Call, key: str, rows: Sequence[object]) -> Answer:
    page = call.page(rows, lambda row: row)
    return Answer(200, {"total_count": len(rows), key: page.value}, page.headers)


def _workflow(call: Call, of: workflows.Workflow) -> dict[str, object]:
    return shapes_pull.workflow_file(call.world, call.repo, of.path, of.name)


def list_workflows(call: Call) -> Answer:
    call.ask("read", "actions")
    return _total(call, "workflows", [_workflow(call, one) for one in workflows.every(call.repo)])


def get_workflow(call: Call) -> Answer:
    call.ask("read", "actions")
    return Answer(200, _workflow(call, workflows.find(call.repo, call.parts["workflow"])))


def _switched(to: str) -> Callable[[Call], Answer]:
    def switch(call: Call) -> Answer:
        call.ask("write", "actions")
        found = workflows.find(call.repo, call.parts["workflow"])
        workflows.switch(call.world, call.repo, call.by, found.path, to)
        return Answer(204)

    return switch


_FILTERS: Mapping[str, Callable[[Run], str]] = {
    "actor": lambda run: run.actor,
    "branch": lambda run: run.branch,
    "event": lambda run: run.event,
    "head_sha": lambda run: run.sha,
}


def narrowed(call: Call, found: Sequence[Run]) -> Answer:
    """Runs by `event`, `branch`, `actor`, `head_sha`, `status` (or a conclusion) and `created`, newest first."""
    wanted, between = call.query.get("status", ""), call.query.get("created", "")
    rows = [
        run
        for run in sorted(found, key=lambda run: (run.at, run.id), reverse=True)
        if run.path
        and wanted in {"", run.status, run.conclusion}
        and all(call.query.get(name) in {None, "", value(run)} for name, value in _FILTERS.items())
        and _within(stamp(run.at), between)
    ]
    page = call.page(rows, lambda one: shapes_pull.listed_run(call.world, call.repo, one))
    return Answer(200, {"total_count": len(rows), "workflow_runs": page.value}, page.headers)


def _within(moment: str, asked: str) -> bool:
    """Whether a time lies where a search's date expression says: `>=2026-03-01`, `<…`, `a..b`; a day counts whole."""
    if ".." in asked:
        low, _, high = asked.partition("..")
        return (low == "*" or low <= moment) and (high == "*" or moment[: len(high)] <= high)
    for sign, holds in ((">=", 0), ("<=", 0), (">", 1), ("<", 1)):
        if asked.startswith(sign):
            limit = asked.removeprefix(sign)
            order = (moment[: len(limit)] > limit) - (moment[: len(limit)] < limit)
            return order * (1 if sign[0] == ">" else -1) >= holds
    return moment.startswith(asked)


def list_runs(call: Call) -> Answer:
    call.ask("read", "actions")
    return narrowed(call, tuple(call.repo.runs.values()))


def list_rulesets(call: Call) -> Answer:
    call.ask("read", "metadata")
    rulesets.must_be_on_the_plan(call.repo)
    return call.page(tuple(call.repo.rulesets.values()), lambda one: shapes.summary(call.world, call.repo, one))


def _shown(call: Call, number: int) -> dict[str, object]:
    found = rulesets.get(call.repo, number)
    in_full = may(call.repo, call.by, "admin", "administration")
    return shapes.ruleset(call.world, call.repo, found, in_full=in_full)


def get_ruleset(call: Call) -> Answer:
    call.ask("read", "metadata")
    return Answer(200, _shown(call, int(call.parts["ruleset"])))


def _wish(call: Call) -> rulesets.Wish:
    name, enforcement, target = (call.maybe(key, str) for key in ("name", "enforcement", "target"))
    held, actors = call.maybe("rules", list), call.maybe("bypass_actors", list)
    return rulesets.Wish(name, enforcement, target, held, call.maybe("conditions", dict), actors)


def create_ruleset(call: Call) -> Answer:
    call.ask("admin", "administration")
    call.text("name", "RepositoryRuleset")
    call.text("enforcement", "RepositoryRuleset")
    made = rulesets.create(call.world, call.repo, call.by, _wish(call))
    return Answer(201, _shown(call, made.id))


def change_ruleset(call: Call) -> Answer:
    made = rulesets.change(call.world, call.repo, call.by, int(call.parts["ruleset"]), _wish(call))
    return Answer(200, _shown(call, made.id))


def delete_ruleset(call: Call) -> Answer:
    rulesets.delete(call.world, call.repo, call.by, int(call.parts["ruleset"]))
    return Answer(204)


def rules_of_branch(call: Call) -> Answer:
    """What active rulesets say of a branch, also of one that is not there yet; classic protection is none of it."""
    call.ask("read", "metadata")
    rulesets.must_be_on_the_plan(call.repo)
    held = rules.of_branch(call.repo, call.parts["branch"])
    return call.page(held, lambda pair: shapes.held_rule(call.repo, *pair))


def secrets(call: Call) -> Answer:
    """Names only, for who may push."""
    call.ask("write", "secrets", "read")
    return _total(call, "secrets", [shapes.secret(*row) for row in sorted(call.repo.secrets.items())])


def organization_secrets(call: Call) -> Answer:
    """Those that the organization shares with this repository."""
    call.ask("write", "secrets", "read")
    return _total(call, "secrets", [shapes.secret(*row) for row in sorted(call.repo.organization_secrets.items())])


def variables(call: Call) -> Answer:
    call.ask("write", "variables", "read")
    rows = sorted(call.repo.variables.items())
    return _total(call, "variables", [shapes.secret(name, at) | {"value": value} for name, (value, at) in rows])


def organization_variables(call: Call) -> Answer:
    """There are none here."""
    call.ask("write", "variables", "read")
    return _total(call, "variables", [])


def latest_release(call: Call) -> Answer:
    call.ask("read", "contents")
    if not call.repo.releases:
        raise Refusal(404, "Not Found")
    newest = max(call.repo.releases.values(), key=lambda one: (one.at, one.id))
    return Answer(200, shapes.release(call.world, call.repo, newest))


ROUTES = (
    Route("GET", "/actions/permissions", "get actions permissions", actions),
    Route("GET", "/actions/permissions/selected-actions", "get selected actions", selected_actions),
    Route("GET", "/actions/permissions/workflow", "get token permissions", token_permissions),
    Route("GET", "/actions/workflows", "list workflows", list_workflows),
    Route("GET", "/actions/workflows/{workflow}", "get workflow", get_workflow),
    Route("PUT", "/actions/workflows/{workflow}/enable", "enable workflow", _switched("active")),
    Route("PUT", "/actions/workflows/{workflow}/disable", "disable workflow", _switched("disabled_manually")),
    Route("GET", "/actions/runs", "list runs", list_runs),
    Route("GET", "/rules/branches/{branch}", "list rules of branch", rules_of_branch),
    Route("GET", "/rulesets", "list rulesets", list_rulesets),
    Route("POST", "/rulesets", "create ruleset", create_ruleset),
    Route("GET", "/rulesets/{ruleset}", "get ruleset", get_ruleset),
    Route("PUT", "/rulesets/{ruleset}", "change ruleset", change_ruleset),
    Route("DELETE", "/rulesets/{ruleset}", "delete ruleset", delete_ruleset),
    Route("GET", "/actions/secrets", "list secrets", secrets),
    Route("GET", "/actions/organization-secrets", "list organization secrets", organization_secrets),
    Route("GET", "/actions/variables", "list variables", variables),
    Route("GET", "/actions/organization-variables", "list organization variables", organization_variables),
    Route("GET", "/releases/latest", "get latest release", latest_release),
)
