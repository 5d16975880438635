"""The embedded GitHub's settings: what an archived, quiet or protected repository refuses, and who may be asked."""

from typing import Any

import pytest

from stanch.sandbox.rights import Refusal
from stanch.sandbox.world import World
from tests.contract.sandbox_scene import HOME, INCIDENT, call, status, world

FULL = dict.fromkeys(("actions", "contents", "issues", "pull-requests", "statuses"), "write")


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "issues", {"title": "Down"}),
        ("POST", "issues/1/comments", {"body": "hello"}),
        ("PATCH", "issues/1", {"title": "Up"}),
        ("POST", "labels", {"name": "new"}),
        ("POST", "git/trees", {"tree": []}),
        ("PATCH", "", {"has_issues": False}),
    ],
)
def test_an_archived_repository_can_only_be_read(method: str, path: str, body: object) -> None:
    """403 for every write, by whomever; reads go on, and it may be taken out of the archive."""
    made = world(FULL)
    made.person("alex").opens(INCIDENT)
    made.person("alex").archives()
    for who in ("alex", None):
        code, _, said = call(made, method, path, body, who)
        assert code == 403
        assert who is None or said["message"] == "Repository was archived so is read-only."
    assert call(made, "GET", HOME)[2]["archived"] is True
    assert status(made, "GET", "issues/1") == 200
    with pytest.raises(Refusal):
        made.person("alex").comments(1, "hello")
    assert status(made, "PATCH", "", {"archived": False}, "alex") == 200
    assert status(made, method, path, body, "alex") < 300


def test_a_repository_without_issues_says_gone() -> None:
    """410 for issues, and nothing of it for pull requests, labels and their comments."""
    made = world(FULL)
    made.person("alex").opens(INCIDENT)
    pull = made.person("jordan").opens_pull("Fix", "", "fix", files={"a": "a"})
    made.person("alex").switches_off_issues()
    assert call(made, "GET", HOME)[2]["has_issues"] is False
    asked = [("GET", "issues"), ("GET", "issues/1"), ("POST", "issues"), ("GET", "issues/1/comments")]
    assert [status(made, method, path, {"title": "Down"}) for method, path in asked] == [410] * 4
    assert status(made, "POST", f"issues/{pull}/comments", {"body": "hello"}) == 201
    assert status(made, "POST", "labels", {"name": "new", "color": "ff0000"}) == 201


def test_the_flags_of_a_repository_are_shown_and_changed_by_administrators() -> None:
    """How it merges is shown to who may push; the rest to everybody. An unknown setting is a 501."""
    made = world()
    wish = {"allow_merge_commit": False, "delete_branch_on_merge": True}
    shown = call(made, "PATCH", "", wish, "alex")[2]
    assert (shown["allow_merge_commit"], shown["allow_squash_merge"], shown["delete_branch_on_merge"]) == (
        False, True, True
    )  # fmt: skip # one row
    assert "allow_squash_merge" not in call(made, "GET", HOME, who="kim")[2]
    assert call(made, "GET", HOME, who="jordan")[2]["permissions"]["push"] is True
    assert [status(made, "PATCH", "", wish, who) for who in ("morgan", None)] == [403, 403]
    assert status(made, "PATCH", "", {"homepage": "x"}, "alex") == 501
    none = {"allow_merge_commit": False, "allow_squash_merge": False, "allow_rebase_merge": False}
    assert status(made, "PATCH", "", none, "alex") == 422


def test_a_merged_branch_goes_where_the_repository_wants_it_gone() -> None:
    """Only if it says so."""
    made = world()
    for wanted in (False, True):
        made.person("alex").sets_merging(deletes_merged=wanted)
        number = made.person("jordan").opens_pull("Fix", "", f"fix-{wanted}", files={f"a-{wanted}": "a"})
        made.person("morgan").merges(number)
        assert (f"fix-{wanted}" in made.repository().branches) is not wanted


def test_another_default_branch_is_told_everywhere() -> None:
    """Pull requests into it, its files, its name."""
    made = world()
    made.person("alex").moves_default_branch("trunk")
    assert call(made, "GET", HOME)[2]["default_branch"] == "trunk"
    number = made.person("jordan").opens_pull("Fix", "", "fix", files={"a": "a"})
    assert call(made, "GET", f"pulls/{number}")[2]["base"]["ref"] == "trunk"


PROTECTED = ({"approvals": 1}, {"approvals": 1, "enforces_admins": True}, {"approvals": None, "contexts": ("ci",)})


@pytest.mark.parametrize(("rules", "admin"), list(zip(PROTECTED, (201, 409, 201), strict=True)))
def test_a_protected_branch_refuses_a_push(rules: dict[str, Any], admin: int) -> None:
    """409 by the contents endpoint, 422 by refs; administrators pass unless they are told otherwise."""
    made = world()
    made.person("alex").protects(**rules)
    sent = {"message": "m", "content": "YQ=="}
    assert status(made, "PUT", "contents/a", sent, "jordan") == 409
    assert status(made, "PUT", "contents/a", sent, "alex") == admin
    jordan = made.person("jordan")
    sha = jordan.pushes_to("side", {"b": "b"})
    assert status(made, "PATCH", "git/refs/heads/main", {"sha": sha}, "jordan") == 422
    assert status(made, "DELETE", "git/refs/heads/main", None, "alex") == 422
    with pytest.raises(Refusal):
        jordan.pushes("c", "c")


def test_protection_is_read_by_administrators_and_guessed_by_others() -> None:
    """The branch says that it is protected; what by, only administrators read; 404 where there is none."""
    made = world({"contents": "read", "administration": "read"})
    assert status(made, "GET", "branches/main/protection", who="alex") == 404
    made.person("alex").protects(approvals=2, dismisses_stale=True, contexts=("stanch/hotfix",), last_push=True)
    shown = call(made, "GET", "branches/main/protection", who="alex")[2]
    reviews = shown["required_pull_request_reviews"]
    assert (reviews["required_approving_review_count"], reviews["require_last_push_approval"]) == (2, True)
    assert shown["required_status_checks"]["contexts"] == ["stanch/hotfix"]
    code, _, said = call(made, "GET", "branches/main/protection", who="morgan")
    assert (code, said["message"]) == (404, "Not Found")
    assert status(made, "GET", "branches/main/protection") == 403
    branch = call(made, "GET", "branches/main")[2]
    assert (branch["protected"], branch["protection"]["required_status_checks"]["contexts"]) == (
        True, ["stanch/hotfix"]
    )  # fmt: skip # one row


def test_what_the_rules_want_is_asked_of_a_merge() -> None:
    """Approvals of people who may push and the green context, then it merges; a push takes the approval back."""
    made = world()
    alex, jordan, morgan = (made.person(login) for login in ("alex", "jordan", "morgan"))
    alex.protects(approvals=1, dismisses_stale=True, contexts=("stanch/hotfix",), enforces_admins=True)
    number = jordan.opens_pull("Fix", "", "fix", files={"a": "a"})
    merge = f"pulls/{number}/merge"
    assert "stanch/hotfix" in call(made, "PUT", merge, {}, "alex")[2]["message"]
    jordan.reports("fix", "success", "stanch/hotfix")
    made.person("kim").approves(number)
    assert "At least 1 approving review is" in call(made, "PUT", merge, {}, "alex")[2]["message"]
    morgan.approves(number)
    jordan.pushes_to("fix", {"a": "b"})
    jordan.reports("fix", "success", "stanch/hotfix")
    assert status(made, "PUT", merge, {}, "alex") == 405
    morgan.approves(number)
    assert status(made, "PUT", merge, {}, "alex") == 200


@pytest.mark.parametrize(("enforced", "code"), [(False, 200), (True, 405)])
def test_an_administrator_merges_without_approval_unless_told_otherwise(enforced: bool, code: int) -> None:  # a column
    """Classic protection lets them pass by default; nobody else."""
    made = world()
    made.person("alex").protects(approvals=1, contexts=("ci",), enforces_admins=enforced)
    number = made.person("jordan").opens_pull("Fix", "", "fix", files={"a": "a"})
    assert status(made, "PUT", f"pulls/{number}/merge", {}, "morgan") == 405
    assert status(made, "PUT", f"pulls/{number}/merge", {}, "alex") == code


def test_who_pushed_last_does_not_approve_their_own_push() -> None:
    """Somebody else has to, by a ruleset as by classic protection."""
    for by_ruleset in (False, True):
        made = world()
        alex, jordan, morgan = (made.person(login) for login in ("alex", "jordan", "morgan"))
        if by_ruleset:
            alex.makes_ruleset("Eyes", {"pull_request": {"require_last_push_approval": True}})
        else:
            alex.protects(approvals=1, last_push=True, enforces_admins=True)
        number = jordan.opens_pull("Fix", "", "fix", files={"a": "a"})
        morgan.pushes_to("fix", {"a": "b"})
        morgan.approves(number)
        code, _, said = call(made, "PUT", f"pulls/{number}/merge", {}, "alex")
        assert (code, "other than the last pusher" in said["message"]) == (405, True)
        alex.approves(number)
        assert status(made, "PUT", f"pulls/{number}/merge", {}, "alex") == 200


def test_a_linear_history_takes_no_merge_commit() -> None:
    """By classic protection as by a ruleset."""
    made = world()
    made.person("alex").protects(approvals=None, linear=True, enforces_admins=True)
    number = made.person("jordan").opens_pull("Fix", "", "fix", files={"b": "b"})
    codes = [status(made, "PUT", f"pulls/{number}/merge", {"merge_method": how}, "alex") for how in ("merge", "squash")]
    assert codes == [405, 200]


def test_who_may_not_push_the_branch_opens_no_pull_request_from_it() -> None:
    """GitHub documents that it takes write access to the head; its answer is reported of it."""
    made = world()
    made.person("jordan").pushes_to("fix", {"a": "a"})
    sent = {"title": "t", "head": "fix", "base": "main"}
    code, _, said = call(made, "POST", "pulls", sent, "kim")
    assert (code, said["errors"][0]["message"]) == (422, "must be a collaborator")
    assert [status(made, "POST", "pulls", sent, "jordan") for _ in range(2)] == [201, 422]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": "x" * 51}, "name"),
        ({"name": "SEV-1"}, "name"),
        ({"color": "#ff0000"}, "color"),
        ({"color": "red"}, "color"),
        ({"description": "x" * 101}, "description"),
    ],
)
def test_a_label_is_held_to_githubs_limits(wrong: dict[str, str], field: str) -> None:
    """When it is made as when it is changed: 50 and 100 characters, six digits without a hash, one of a name."""
    made = world(FULL)
    fine = {"name": "x" * 50, "color": "ff0000", "description": "x" * 100}
    code, _, said = call(made, "POST", "labels", fine | wrong)
    assert (code, said["errors"][0]["field"]) == (422, field)
    assert status(made, "POST", "labels", fine) == 201
    renamed = {"new_name" if key == "name" else key: value for key, value in wrong.items()}
    assert status(made, "PATCH", f"labels/{fine['name']}", renamed) == 422
    assert status(made, "PATCH", f"labels/{fine['name']}", {"new_name": "X" * 50}) == 200
    assert status(made, "PATCH", "labels/sev-1", {"new_name": "SEV-1"}) == 200


def test_people_are_listed_with_their_roles() -> None:
    """Collaborators for who may push; who can be assigned for everybody; an account that left is in neither."""
    made = world({"metadata": "read", "issues": "read"})
    rows = call(made, "GET", "collaborators", who="jordan")[2]
    assert {row["login"]: row["role_name"] for row in rows} == {
        "alex": "admin", "morgan": "maintain", "jordan": "write", "sam": "triage", "kim": "read"
    }  # fmt: skip # one row
    assert status(made, "GET", "collaborators", who="kim") == 403
    assert status(made, "GET", "collaborators") == 200
    made.habits.lists_collaborators = False
    assert status(made, "GET", "collaborators") == 403
    assert [row["login"] for row in call(made, "GET", "assignees")[2]][:1] == ["alex"]
    assert [status(made, "GET", f"assignees/{login}") for login in ("SAM", "riley", "nobody")] == [204, 404, 404]
    made.remove_account("sam")
    assert [status(made, "GET", path) for path in ("assignees/sam", "/users/sam", "/users/kim")] == [404, 404, 200]
    made.person("alex").gives_role("kim", "none")
    assert status(made, "GET", "assignees/kim") == 404


def test_the_account_behind_a_token() -> None:
    """A person's name; GITHUB_TOKEN has none, and nobody has no account."""
    made = world()
    assert call(made, "GET", "/user", who="sam")[2]["login"] == "sam"
    code, _, said = call(made, "GET", "/user")
    assert (code, said["message"]) == (403, "Resource not accessible by integration")
    assert made.http("GET", "/user")[0] == 401


def test_pull_requests_are_found_by_their_head() -> None:
    """`head` is `owner:branch`; one without an owner narrows nothing, as GitHub has it."""
    made = world()
    jordan = made.person("jordan")
    numbers = [jordan.opens_pull(name, "", name, files={name: "a"}) for name in ("one", "two")]
    jordan.closes(numbers[0])

    def found(query: str) -> list[int]:
        return [row["number"] for row in call(made, "GET", f"pulls?{query}")[2]]

    assert found("head=harbour:two&state=open") == found("") == numbers[1:]
    assert found("head=harbour:one") == []
    assert found("head=harbour:one&state=all") == numbers[:1]
    assert found("head=one&state=all&direction=asc") == numbers
    changed = call(made, "PATCH", f"pulls/{numbers[1]}", {"body": "New", "state": "closed"}, "jordan")[2]
    assert (changed["body"], changed["state"]) == ("New", "closed")


@pytest.mark.parametrize("head", ["nowhere", "even"])
def test_a_pull_request_needs_commits(head: str) -> None:
    """422 for a branch that is not there, or has nothing that its base has not."""
    made = world()
    made.repository().branches["even"] = made.repository().head
    assert status(made, "POST", "pulls", {"title": "t", "head": head, "base": "main"}, "alex") == 422


def test_environments_files_and_labels() -> None:
    """Environments with a permission for Actions; folders and other revisions by contents; a label that goes."""
    made = world(FULL)
    made.person("alex").sets_environment("staging")
    listed = call(made, "GET", "environments")[2]
    assert [row["name"] for row in listed["environments"]] == ["staging"]
    assert status(world({"contents": "read"}), "GET", "environments") == 403
    assert [row["type"] for row in call(made, "GET", "contents/.github")[2]] == ["file", "dir"]
    made.person("jordan").pushes_to("side", {"a/b": "hello"})
    assert status(made, "GET", "contents/a/b") == 404
    assert call(made, "GET", "contents/a/b?ref=side")[2]["size"] == 5
    made.person("alex").opens(INCIDENT, labels=["sev-1"])
    assert status(made, "DELETE", "labels/SEV-1") == 204
    assert call(made, "GET", "issues/1/labels")[2] == []
    assert status(made, "DELETE", "labels/sev-1") == 404


def test_no_verb_overlooks_anybodys_rights() -> None:
    """Only administrators set what a repository is like."""
    made: World = world()
    morgan = made.person("morgan")
    for verb in (morgan.archives, morgan.switches_off_issues, morgan.protects, morgan.sets_actions):
        with pytest.raises(Refusal):
            verb()


def test_a_private_repository_is_hidden_from_a_token_without_its_scope() -> None:
    """404, whatever its owner may do; GraphQL does not find it either."""
    made = world(private=True)
    headers = made.add_token("narrow", "alex", scopes=("public_repo",))
    assert made.http("GET", HOME, headers)[0] == 404
    body = '{"query": "query Q { repository(owner: \\"harbour\\", name: \\"checkout\\") { isPrivate } }"}'
    assert b"NOT_FOUND" in made.http("POST", "/graphql", headers, body)[2]


def test_an_organization_is_told_apart_from_a_person() -> None:
    """By the owner's type."""
    made = World()
    made.add_repository("quay/boats", organization=True)
    assert call(made, "GET", "/repos/quay/boats")[2]["owner"]["type"] == "Organization"
    assert call(world(), "GET", HOME)[2]["owner"]["type"] == "User"
