"""The embedded GitHub's rulesets, settings of Actions, workflows, runs, secrets and releases."""

from typing import Any

import pytest

from stanch.sandbox.rights import Refusal
from stanch.sandbox.scenario import Scenario
from stanch.sandbox.world import World
from tests.contract.sandbox_scene import HOME, ask, call, status, world
from tests.contract.test_sandbox_webhooks import listen

WATCH, SWEEP = ".github/workflows/stanch-watch.yml", ".github/workflows/stanch-sweep.yml"
PULL_RULE = {
    "type": "pull_request",
    "parameters": {
        "dismiss_stale_reviews_on_push": True,
        "require_code_owner_review": False,
        "require_last_push_approval": True,
        "required_approving_review_count": 1,
        "required_review_thread_resolution": False,
    },
}
CHECK_RULE = {
    "type": "required_status_checks",
    "parameters": {
        "required_status_checks": [{"context": "stanch/hotfix"}],
        "strict_required_status_checks_policy": False,
    },
}
RULESET: dict[str, Any] = {
    "name": "Hotfixes",
    "enforcement": "active",
    "target": "branch",
    "conditions": {"ref_name": {"include": ["~DEFAULT_BRANCH"], "exclude": []}},
    "rules": [{"type": "deletion"}, {"type": "non_fast_forward"}, PULL_RULE, CHECK_RULE],
    "bypass_actors": [{"actor_id": 2, "actor_type": "RepositoryRole", "bypass_mode": "always"}],
}


def test_a_ruleset_is_made_changed_read_and_deleted() -> None:
    """Everybody who may read reads it, but for who may pass it by; the list leaves the rules out."""
    made = world()
    number = call(made, "POST", "rulesets", RULESET, "alex")[2]["id"]
    assert [row["name"] for row in call(made, "GET", "rulesets")[2]] == ["Hotfixes"]
    assert "bypass_actors" not in call(made, "GET", f"rulesets/{number}", who="kim")[2]
    shown = call(made, "GET", f"rulesets/{number}", who="alex")[2]
    assert {key: shown[key] for key in RULESET} == RULESET
    assert [row["type"] for row in call(made, "GET", "rules/branches/main")[2]] == [
        "deletion", "non_fast_forward", "pull_request", "required_status_checks"
    ]  # fmt: skip # one row
    assert call(made, "GET", "rules/branches/stanch%2Finit")[2] == []
    assert call(made, "PUT", f"rulesets/{number}", {"enforcement": "disabled"}, "alex")[2]["rules"] == RULESET["rules"]
    assert call(made, "GET", "rules/branches/main")[2] == []
    assert status(made, "DELETE", f"rulesets/{number}", None, "alex") == 204
    assert status(made, "GET", f"rulesets/{number}") == 404


@pytest.mark.parametrize(
    "wrong", [{"rules": [{"type": "magic"}]}, {"rules": [{"type": "pull_request", "parameters": {}}]}, {}]
)
def test_a_ruleset_that_github_does_not_understand_is_refused(wrong: dict[str, Any]) -> None:
    """422 for an unknown rule, missing parameters and a name that is taken; 403 for whoever does not administer."""
    made = world({"administration": "write"})
    assert [status(made, "POST", "rulesets", RULESET, who) for who in ("morgan", None, "alex")] == [403, 403, 201]
    name = "Hotfixes" if not wrong else "Other"
    assert status(made, "POST", "rulesets", RULESET | wrong | {"name": name}, "alex") == 422


def test_a_ruleset_holds_for_administrators_too_unless_it_lets_them_pass() -> None:
    """Pushes are refused with GitHub's words, merges until approved and green; a role may pass it by."""
    made = world()
    alex, jordan = made.person("alex"), made.person("jordan")
    alex.makes_ruleset("Hotfixes", {"pull_request": {"required_approving_review_count": 1}, "non_fast_forward": None})
    sent = {"message": "m", "content": "YQ=="}
    code, _, said = call(made, "PUT", "contents/a", sent, "alex")
    assert (code, said["message"].startswith("Repository rule violations found")) == (409, True)
    number = jordan.opens_pull("Fix", "", "fix", files={"b": "b"})
    assert status(made, "PUT", f"pulls/{number}/merge", {}, "alex") == 405
    made.person("morgan").approves(number)
    assert status(made, "PUT", f"pulls/{number}/merge", {}, "alex") == 200
    actors = ({"actor_id": 5, "actor_type": "RepositoryRole", "bypass_mode": "always"},)
    made.repository().rulesets.clear()
    alex.makes_ruleset("Hotfixes", {"pull_request": None}, actors=actors)
    assert [status(made, "PUT", "contents/a", sent, who) for who in ("jordan", "alex")] == [409, 201]


@pytest.mark.parametrize(
    ("rule", "include", "allowed"),
    [
        ("creation", "~ALL", False),
        ("creation", "refs/heads/stanch/*", False),
        ("creation", "refs/heads/**/*", False),
        ("creation", "refs/heads/stanch*/[h-j]n?t", False),
        ("creation", "refs/heads/*", True),
        ("creation", "refs/heads/**", True),
        ("creation", "refs/heads/stanch?init", True),
        ("creation", "refs/heads/stanch/[!i]*", True),
        ("creation", "refs/heads/stan[c", True),
        ("creation", "refs/heads/[z-a]tanch/init", True),
        ("creation", "stanch/init", True),
        ("creation", "refs/heads/release/*", True),
        ("pull_request", "~ALL", True),
    ],
)
def test_a_rule_may_forbid_new_branches(rule: str, include: str, allowed: bool) -> None:  # a column
    """Then nobody pushes one; a rule that wants pull requests leaves a new branch alone."""
    made = world()
    made.person("alex").makes_ruleset("Tight", {rule: None}, include=(include,))
    sent = {"ref": "refs/heads/stanch/init", "sha": made.repository().head}
    assert status(made, "POST", "git/refs", sent, "alex") == (201 if allowed else 422)


@pytest.mark.parametrize(
    ("more", "held"),
    [
        ({}, True),
        ({"target": "tag"}, False),
        ({"enforcement": "evaluate"}, False),
        ({"include": ("~ALL",), "exclude": ("refs/heads/m*",)}, False),
        ({"include": ("~ALL",), "exclude": ("~DEFAULT_BRANCH",)}, False),
    ],
)
def test_a_ruleset_holds_for_what_it_names(more: dict[str, Any], held: bool) -> None:  # a column
    """An active one for branches that it includes and does not exclude."""
    made = world()
    made.person("alex").makes_ruleset("Kept", {"deletion": None, "pull_request": None}, **more)
    assert bool(call(made, "GET", "rules/branches/main")[2]) is held
    assert status(made, "PUT", "contents/a", {"message": "m", "content": "YQ=="}, "alex") == (409 if held else 201)


def test_who_may_pass_a_rule_by_only_in_a_pull_request_pushes_nothing() -> None:
    """Merging without an approval is theirs; a push is not."""
    made = world()
    actors = ({"actor_id": 5, "actor_type": "RepositoryRole", "bypass_mode": "pull_request"},)
    wanted = {"pull_request": {"required_approving_review_count": 1}}
    made.person("alex").makes_ruleset("Reviewed", wanted, actors=actors)
    number = made.person("jordan").opens_pull("Fix", "", "fix", files={"b": "b"})
    assert status(made, "PUT", "contents/a", {"message": "m", "content": "YQ=="}, "alex") == 409
    assert [status(made, "PUT", f"pulls/{number}/merge", {}, who) for who in ("jordan", "alex")] == [405, 200]


def test_merging_by_another_method_can_be_forbidden() -> None:
    """A ruleset narrows what the repository allows."""
    made = world()
    made.person("alex").makes_ruleset("Squash", {"pull_request": {"allowed_merge_methods": ["squash"]}})
    number = made.person("jordan").opens_pull("Fix", "", "fix", files={"b": "b"})
    codes = [status(made, "PUT", f"pulls/{number}/merge", {"merge_method": how}, "alex") for how in ("merge", "squash")]
    assert codes == [405, 200]


def test_a_free_plan_has_no_rules_for_private_branches() -> None:
    """403 with the way out; a public repository has them."""
    made = world(private=True)
    made.person("alex").is_on_plan("free")
    for path in ("rulesets", "rules/branches/main", "branches/main/protection"):
        code, _, said = call(made, "GET", path, who="alex")
        assert (code, said["message"][:8]) == (403, "Upgrade ")
    assert status(world(), "GET", "rulesets", who="alex") == 200


def test_actions_are_described_to_administrators() -> None:
    """What may run, what a workflow's token may do; GITHUB_TOKEN is never told."""
    made = world({"administration": "write", "actions": "write"})
    alex = made.person("alex")
    base = "actions/permissions"
    assert call(made, "GET", base, who="alex")[2] == {
        "enabled": True, "allowed_actions": "all", "sha_pinning_required": False
    }  # fmt: skip # one row
    assert status(made, "GET", f"{base}/selected-actions", who="alex") == 409
    alex.sets_actions(allowed="selected", patterns=("harbour/*",), github_owned=False, pins_required=True)
    assert call(made, "GET", base, who="alex")[2]["sha_pinning_required"] is True
    assert call(made, "GET", f"{base}/selected-actions", who="alex")[2]["patterns_allowed"] == ["harbour/*"]
    assert call(made, "GET", f"{base}/workflow", who="alex")[2] == {
        "default_workflow_permissions": "read", "can_approve_pull_request_reviews": False
    }  # fmt: skip # one row
    paths = (base, f"{base}/workflow", f"{base}/selected-actions", "actions/secrets", "actions/variables")
    assert {status(made, "GET", path) for path in paths} == {403}
    alex.sets_actions(enabled=False)
    assert call(made, "GET", base, who="alex")[2] == {"enabled": False}


def test_nothing_starts_where_actions_are_off() -> None:
    """Webhooks go out all the same."""
    made = world()
    told = listen(made)
    made.person("alex").opens("Down")
    event, _, payload, by_bot = told[0]
    assert made.starts_workflow(event, payload, by_bot=by_bot)
    made.person("alex").sets_actions(enabled=False)
    assert not made.starts_workflow(event, payload, by_bot=by_bot)


def workflow_world() -> World:
    """Two workflow files, one with a name, and a file that is none."""
    made = world({"actions": "write"})
    made.person("alex").pushes(SWEEP, "name: Sweep\non: schedule\n")
    made.person("alex").pushes(".github/workflows/README.md", "x")
    return made


def test_workflows_are_listed_and_switched_on_again() -> None:
    """By number or file's name; one that GitHub switched off for inactivity takes no dispatch until then."""
    made = workflow_world()
    rows = call(made, "GET", "actions/workflows")[2]["workflows"]
    assert [(row["path"], row["name"], row["state"]) for row in rows] == [
        (SWEEP, "Sweep", "active"), (WATCH, WATCH, "active")
    ]  # fmt: skip # one row
    made.person("alex").disables_workflow(SWEEP, "disabled_inactivity")
    assert call(made, "GET", "actions/workflows/stanch-sweep.yml")[2]["state"] == "disabled_inactivity"
    dispatch = "actions/workflows/stanch-sweep.yml/dispatches"
    assert status(made, "POST", dispatch, {"ref": "main"}) == 422
    assert status(made, "PUT", f"actions/workflows/{rows[0]['id']}/enable") == 204
    assert call(made, "GET", f"actions/workflows/{rows[0]['id']}")[2]["state"] == "active"
    assert status(made, "POST", dispatch, {"ref": "main"}) == 204
    assert status(made, "PUT", "actions/workflows/stanch-watch.yml/disable") == 204
    assert made.repository().workflow_states[WATCH] == "disabled_manually"
    assert status(made, "PUT", "actions/workflows/none.yml/enable") == 404
    assert status(world({"actions": "read"}), "PUT", "actions/workflows/stanch-watch.yml/enable") == 403


def test_runs_of_the_past_show_how_the_schedule_drifts() -> None:
    """Newest first, of the repository or one workflow, narrowed by event, status and date."""
    made = workflow_world()
    alex = made.person("alex")
    times = ["2026-03-13T03:07:00Z", "2026-03-12T02:07:00Z", "2026-03-13T02:07:00Z"]
    for moment in times:
        alex.remembers_run(SWEEP, moment)
    alex.remembers_run(WATCH, "2026-03-13T04:00:00Z", "workflow_dispatch", "failure")
    number = call(made, "GET", "actions/workflows/stanch-sweep.yml")[2]["id"]

    def found(query: str, base: str = "actions/runs") -> list[str]:
        rows = call(made, "GET", f"{base}?{query}")[2]["workflow_runs"]
        assert all(row["run_started_at"] == row["created_at"] for row in rows)
        return [row["created_at"][5:16] for row in rows]

    assert found("event=schedule") == ["03-13T03:07", "03-13T02:07", "03-12T02:07"]
    assert found("status=failure") == ["03-13T04:00"]
    assert found("created=>=2026-03-13&event=schedule") == found("created=2026-03-13..*&event=schedule")
    assert found("created=<2026-03-13") == ["03-12T02:07"]
    assert found("created=2026-03-12") == ["03-12T02:07"]
    assert found("per_page=1", f"actions/workflows/{number}/runs") == ["03-13T03:07"]


def test_secrets_and_variables_are_names() -> None:
    """For who may push; the organization's own are apart."""
    made = world({"secrets": "read"})
    alex = made.person("alex")
    alex.sets_secret("stanch_slack_webhook")
    alex.sets_secret("PAGER", organization=True)
    alex.sets_variable("ZONE", "UTC")
    assert [row["name"] for row in call(made, "GET", "actions/secrets", who="jordan")[2]["secrets"]] == [
        "STANCH_SLACK_WEBHOOK"
    ]
    shared = call(made, "GET", "actions/organization-secrets", who="jordan")[2]
    assert (shared["total_count"], shared["secrets"][0]["name"]) == (1, "PAGER")
    assert call(made, "GET", "actions/variables", who="jordan")[2]["variables"][0]["value"] == "UTC"
    assert call(made, "GET", "actions/organization-variables", who="jordan")[2]["total_count"] == 0
    assert [status(made, "GET", "actions/secrets", who=who) for who in ("kim", None)] == [403, 403]
    alex.removes_secret("STANCH_SLACK_WEBHOOK")
    assert call(made, "GET", "actions/secrets", who="jordan")[2]["total_count"] == 0


def test_another_public_repository_can_be_read() -> None:
    """Its newest release and where a tag points, by anybody's token; a private one is not there."""
    made = world()
    for name, private in (("stanch", False), ("secret", True)):
        made.add_repository(f"quay/{name}", private=private, files={"action.yml": "name: Stanch\n"})
        made.add_person("lee", "admin", f"quay/{name}")
    made.person("lee", "quay/stanch").releases("v1.2.0")
    sha = made.repository("quay/stanch").head
    there = "/repos/quay/stanch"
    for who in (None, "kim"):
        assert call(made, "GET", f"{there}/releases/latest", who=who)[2]["tag_name"] == "v1.2.0"
        assert call(made, "GET", f"{there}/git/ref/tags/v1.2.0", who=who)[2]["object"]["sha"] == sha
        assert status(made, "GET", f"{there}/contents/action.yml", who=who) == 200
        assert status(made, "GET", "/repos/quay/secret/releases/latest", who=who) == 404
        assert status(made, "POST", f"{there}/labels", {"name": "x"}, who) == 403
    assert status(made, "GET", "releases/latest") == 404


SETTINGS = """query Settings {
  repository(owner: "harbour", name: "checkout") {
    isArchived hasIssuesEnabled isPrivate visibility deleteBranchOnMerge squashMergeAllowed viewerPermission isFork
    labels(first: 100) { nodes { name color description } }
    assignableUsers(first: 100) { nodes { login } }
  }
  rateLimit { cost }
}"""


def test_one_graphql_read_brings_the_settings() -> None:
    """Flags, labels and who can be assigned, for one point."""
    made = world()
    made.person("alex").archives()
    said = ask(made, SETTINGS, "jordan")["data"]
    repo = said["repository"]
    assert (repo["isArchived"], repo["hasIssuesEnabled"], repo["visibility"], repo["viewerPermission"]) == (
        True, True, "PUBLIC", "WRITE"
    )  # fmt: skip # one row
    assert repo["labels"]["nodes"][0] == {"name": "sev-1", "color": "ededed", "description": None}
    assert [user["login"] for user in repo["assignableUsers"]["nodes"]] == ["alex", "morgan", "jordan", "sam", "kim"]
    assert said["rateLimit"]["cost"] == 1


FOLDER = """query Runbooks($at: String) {
  repository(owner: "harbour", name: "checkout") {
    object(expression: $at) { ... on Tree { entries { name type object { ... on Blob { text isTruncated } } } } }
  }
}"""


def test_a_folder_is_read_with_its_files() -> None:
    """Files with their text, folders without; nothing where there is no such folder, or no permission."""
    made = world()
    made.person("alex").pushes("runbooks/roll-back.md", "# Roll back\n")
    made.person("alex").pushes("runbooks/handbook/roles.md", "# Roles\n")
    found = ask(made, FOLDER, at="HEAD:runbooks")["data"]["repository"]["object"]["entries"]
    assert found == [
        {"name": "handbook", "type": "tree", "object": {}},
        {"name": "roll-back.md", "type": "blob", "object": {"text": "# Roll back\n", "isTruncated": False}},
    ]
    assert ask(made, FOLDER, at="HEAD:none")["data"]["repository"]["object"] is None
    assert ask(world({"issues": "read"}), FOLDER, at="HEAD:.github")["data"]["repository"]["object"] is None


def test_graphql_knows_no_issues_where_they_are_off() -> None:
    """None in a list, none by number; pull requests stay."""
    made = world()
    made.person("alex").opens("Down")
    pull = made.person("jordan").opens_pull("Fix", "", "fix", files={"a": "a"})
    made.person("alex").switches_off_issues()
    text = """query Q($number: Int!) { repository(owner: "harbour", name: "checkout") {
      issues(first: 5) { nodes { number } } issueOrPullRequest(number: $number) { ... on Issue { number } } } }"""
    first = ask(made, text, number=1)
    assert first["data"]["repository"] == {"issues": {"nodes": []}, "issueOrPullRequest": None}
    assert first["errors"][0]["type"] == "NOT_FOUND"
    assert "errors" not in ask(made, text, number=pull)


def test_a_scenario_sets_what_a_repository_is_like() -> None:
    """Settings and secrets stand in the scene."""
    text = "settings: {archived: true, actions: {enabled: false}}\nsecrets: [PAGER]\npeople: {alex: admin}\n"
    made = Scenario.load(text).world()
    assert call(made, "GET", HOME, who="alex")[2]["archived"] is True
    assert call(made, "GET", "actions/permissions", who="alex")[2] == {"enabled": False}
    assert [row["name"] for row in call(made, "GET", "actions/secrets", who="alex")[2]["secrets"]] == ["PAGER"]
    with pytest.raises(Refusal):
        made.person("alex").opens("Down")
