"""The embedded GitHub's git objects: blobs, trees, commits and refs by REST, and who may not make them."""

import json
from typing import Any

import pytest

from stanch.sandbox.rights import Refusal
from stanch.sandbox.world import World
from tests.contract.sandbox_scene import HOME, call, status, world
from tests.contract.test_sandbox_webhooks import listen

WORKFLOW = ".github/workflows/stanch-sweep.yml"
FILES = {".github/stanch.yml": "people: [sam]\n", "runbooks/a.md": "# A\n"}


def entry(path: str, **more: object) -> dict[str, object]:
    """One entry of a tree."""
    return {"path": path, "mode": "100644", "type": "blob", **more}


def root(made: World) -> str:
    """The tree of the default branch."""
    repo = made.repository()
    return repo.commits[repo.head].tree.oid


def commit(made: World, files: dict[str, str], who: str | None = "alex", base: str = "main") -> str:
    """A commit with these files on top of a branch, made of its parts; its id."""
    head = call(made, "GET", f"git/ref/heads/{base}", who=who)[2]["object"]["sha"]
    below = call(made, "GET", f"git/commits/{head}", who=who)[2]["tree"]["sha"]
    entries = [entry(path, content=text) for path, text in files.items()]
    tree = call(made, "POST", "git/trees", {"base_tree": below, "tree": entries}, who)[2]
    sent = {"message": "Add Stanch", "tree": tree["sha"], "parents": [head]}
    sha: str = call(made, "POST", "git/commits", sent, who)[2]["sha"]
    return sha


def branch(made: World, name: str, files: dict[str, str] = FILES, who: str | None = "alex") -> Any:
    """A branch with one commit more than main, made of its parts; the answer of the last step."""
    sha = commit(made, files, who)
    return call(made, "POST", "git/refs", {"ref": f"refs/heads/{name}", "sha": sha}, who)


def test_a_pull_request_is_made_of_its_parts_and_merged() -> None:
    """Blob, tree, commit, branch, pull request: the merge emits a push that names the files."""
    made = world()
    heard = listen(made)
    assert branch(made, "stanch/init")[0] == 201
    sent = {"title": "Add", "head": "stanch/init", "base": "main", "body": "b"}
    opened = call(made, "POST", "pulls", sent, "alex")[2]
    assert (opened["changed_files"], opened["commits"], opened["mergeable"]) == (2, 1, True)
    assert status(made, "PUT", f"pulls/{opened['number']}/merge", {}, "alex") == 200
    assert made.repository().files["runbooks/a.md"] == "# A\n"
    [push] = [told for name, _, told, _ in heard if name == "push" and told["ref"] == "refs/heads/main"]
    changed = {path for one in push["commits"] for kind in ("added", "modified") for path in one[kind]}
    assert changed == set(FILES)
    assert made.starts_workflow("push", push, by_bot=False)
    assert not made.starts_workflow("push", push, by_bot=True)


def test_a_tree_takes_text_blobs_and_deletions() -> None:
    """Inline text, an id, and null for what goes; the ids are git's own."""
    made = world()
    blob = call(made, "POST", "git/blobs", {"content": "aGVsbG8K", "encoding": "base64"}, "alex")[2]["sha"]
    assert blob == "ce013625030ba8dba906f756967f9e9ca394464a"
    assert call(made, "GET", f"git/blobs/{blob}")[2]["content"] == "aGVsbG8K\n"
    entries = [entry("a/b", sha=blob), entry("c", content="hello\n"), entry(".github/stanch.yml", sha=None)]
    made_tree = call(made, "POST", "git/trees", {"base_tree": root(made), "tree": entries}, "alex")[2]
    assert [(row["path"], row["type"]) for row in made_tree["tree"]] == [
        (".github", "tree"), ("a", "tree"), ("c", "blob")
    ]  # fmt: skip # one row
    deep = call(made, "GET", f"git/trees/{made_tree['sha']}?recursive=1")[2]["tree"]
    assert {row["path"]: row["sha"] for row in deep if row["type"] == "blob"}["a/b"] == blob
    alone = call(made, "POST", "git/trees", {"tree": [entry("c", content="hello\n")]}, "alex")[2]
    assert [row["path"] for row in alone["tree"]] == ["c"]


@pytest.mark.parametrize(
    ("method", "path", "body", "expected"),
    [
        ("POST", "git/trees", {"base_tree": "0" * 40, "tree": []}, 422),
        ("POST", "git/trees", {"base_tree": "main", "tree": []}, 422),
        ("POST", "git/trees", {"tree": [entry("no", sha="0" * 40)]}, 422),
        ("POST", "git/commits", {"message": "m", "tree": "0" * 40}, 422),
        ("POST", "git/refs", {"ref": "main", "sha": "0" * 40}, 422),
        ("POST", "git/refs", {"ref": "refs/heads/a", "sha": "0" * 40}, 422),
        ("PATCH", "git/refs/heads/none", {"sha": "0" * 40}, 422),
        ("DELETE", "git/refs/heads/none", None, 422),
        ("GET", "git/ref/heads/none", None, 404),
        ("GET", "git/matching-refs/heads/none", None, 200),
        ("GET", "git/commits/" + "0" * 40, None, 404),
        ("GET", "git/trees/" + "0" * 40, None, 404),
        ("GET", "git/blobs/" + "0" * 40, None, 404),
    ],
)
def test_what_is_not_there_is_named(method: str, path: str, body: object, expected: int) -> None:
    """404 for what is asked, 422 for what is referred to; a list of refs may be empty."""
    assert status(world(), method, path, body, "alex") == expected


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("", "tree.path cannot be blank"),
        ("/a", "tree.path cannot start with a slash"),
        *(
            (path, "tree.path contains a malformed path component")
            for path in ("a//b", "a/", "a/../b", "./a", ".GIT/a")
        ),
    ],
)
def test_a_path_that_git_cannot_hold_is_refused(path: str, said: str) -> None:
    """With GitHub's words (reported of it: hub4j/github-api#1217, joshcai/leetcode-sync#22, osunyorg/admin#105)."""
    code, _, told = call(world(), "POST", "git/trees", {"tree": [entry(path, content="")]}, "alex")
    assert (code, told["message"]) == (422, said)


def test_what_is_not_there_cannot_be_taken_away() -> None:
    """A deletion names a file of the tree below."""
    made = world()
    gone = {"base_tree": root(made), "tree": [entry("no", sha=None)]}
    assert status(made, "POST", "git/trees", gone, "alex") == 422


@pytest.mark.parametrize(
    "name", ["stanch/init", "stanch", "a b", "a..b", "a~1", "a/", ".a", "a.lock", "a.", "a@{b", "a\\b", "a//b"]
)
def test_a_branch_that_git_cannot_write_is_refused(name: str) -> None:
    """Beside `stanch` there is no `stanch/init`, beside `stanch/deep/x` no `stanch`; and git's rules for names."""
    made = world()
    made.repository().branches["stanch" if name == "stanch/init" else "stanch/deep/x"] = made.repository().head
    sent = {"ref": f"refs/heads/{name}", "sha": made.repository().head}
    code, _, told = call(made, "POST", "git/refs", sent, "alex")
    assert (code, told["message"]) == (422, "Reference update failed")
    with pytest.raises(Refusal):
        made.person("alex").pushes_to(name, {"a": "a"})
    assert status(made, "POST", "git/refs", sent | {"ref": "refs/heads/stanchion/ä-1"}, "alex") == 201
    assert status(made, "GET", "branches/stanchion%2F%C3%A4-1") == 200


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "git/trees", {"tree": [1]}),
        ("POST", "rulesets", {"name": "x", "enforcement": "active", "conditions": {"ref_name": {"include": 3}}}),
        ("POST", "rulesets", {"name": "x", "enforcement": "active", "conditions": {"ref_name": 3}}),
        ("POST", "rulesets", {"name": "x", "enforcement": "active", "rules": [1]}),
        ("POST", "rulesets", {"name": "x", "enforcement": "active", "bypass_actors": [{}]}),
        ("POST", "rulesets", {"name": "x", "enforcement": "on"}),
        ("POST", "rulesets", {"name": "x", "enforcement": "active", "target": "branches"}),
        ("PATCH", "", []),
        ("POST", "issues", {"title": "Down", "labels": [{}]}),
        ("POST", "issues", {"title": "Down", "assignees": [3]}),
        ("POST", "issues/1/assignees", {"assignees": [3]}),
    ],
)
def test_a_body_of_another_shape_is_refused(method: str, path: str, body: object) -> None:
    """422, and nothing breaks."""
    made = world()
    made.person("alex").opens("Down")
    assert status(made, method, path, body, "alex") == 422


def test_a_ref_moves_forward_and_back_only_by_force() -> None:
    """422 for a branch that is there, and for a step back; tags are refs too."""
    made = world()
    old = made.repository().head
    sha = branch(made, "stanch/init")[2]["object"]["sha"]
    assert branch(made, "stanch/init")[0] == 422
    back = {"sha": old}
    assert status(made, "PATCH", "git/refs/heads/stanch/init", back, "alex") == 422
    assert status(made, "PATCH", "git/refs/heads/stanch/init", back | {"force": True}, "alex") == 200
    assert status(made, "PATCH", "git/refs/heads/stanch/init", {"sha": sha}, "alex") == 200
    assert status(made, "POST", "git/refs", {"ref": "refs/tags/v1", "sha": sha}, "alex") == 201
    assert [row["object"]["sha"] for row in call(made, "GET", "git/matching-refs/tags/v")[2]] == [sha]
    assert status(made, "DELETE", "git/refs/heads/stanch/init", None, "alex") == 204
    assert status(made, "GET", "git/ref/heads/stanch/init") == 404


def test_githubs_token_may_push_files_but_no_workflow() -> None:
    """With contents: write it makes a branch; a tree with a workflow in it is a 403, whatever it may do otherwise."""
    made = world({"contents": "write", "pull-requests": "write", "workflows": "write"})
    assert branch(made, "fine", who=None)[0] == 201
    body = {"base_tree": root(made), "tree": [entry(WORKFLOW, content="on: push\n")]}
    assert call(made, "POST", "git/trees", body)[2]["message"] == "Resource not accessible by integration"
    assert status(world(), "POST", "git/trees", {"tree": [entry("a", content="")]}) == 403


def test_githubs_token_opens_no_pull_request_unless_it_is_allowed_to() -> None:
    """Off is GitHub's default for a new repository."""
    made = world({"contents": "write", "pull-requests": "write"})
    branch(made, "fine", who=None)
    sent = {"title": "Fine", "head": "fine", "base": "main"}
    code, _, said = call(made, "POST", "pulls", sent)
    assert (code, "not permitted to create or approve pull requests" in said["message"]) == (403, True)
    made.person("alex").sets_actions(opens_pulls=True)
    assert status(made, "POST", "pulls", sent) == 201


@pytest.mark.parametrize(
    ("token", "workflow", "plain"),
    [
        ({"scopes": ("repo", "workflow")}, 201, 201),
        ({"scopes": ("repo",)}, 404, 201),
        ({"scopes": ("public_repo",)}, 404, 201),
        ({"scopes": ()}, 404, 404),
        ({"grants": {"contents": "write", "workflows": "write"}}, 201, 201),
        ({"grants": {"contents": "write"}}, 403, 201),
        ({"grants": {"contents": "read"}}, 403, 403),
    ],
)
def test_a_personal_token_reaches_as_far_as_its_scopes(token: dict[str, Any], workflow: int, plain: int) -> None:
    """Workflows need a scope, or a permission, of their own; a classic token without it is told of nothing."""
    made = world()
    made.add_token("narrow", "alex", **token)
    codes = []
    for path in (WORKFLOW, "a"):
        body = {"base_tree": root(made), "tree": [entry(path, content="on: push\n")]}
        codes.append(post(made, "narrow", "git/trees", body))
    assert codes == [workflow, plain]


def post(made: World, token: str, path: str, body: object) -> int:
    """The status of a POST with some token."""
    target = f"/repos/harbour/checkout/{path}"
    return made.http("POST", target, {"Authorization": f"Bearer {token}"}, json.dumps(body))[0]


def test_a_classic_token_shows_its_scopes() -> None:
    """X-OAuth-Scopes tells them; a fine-grained token and GITHUB_TOKEN have none to tell."""
    made = world()
    made.add_token("narrow", "alex", scopes=("repo",))
    made.add_token("fine", "alex", grants={"contents": "read"})
    ask = [made.http("GET", "/user", {"Authorization": f"Bearer {name}"})[1] for name in ("narrow", "fine")]
    assert [headers.get("X-OAuth-Scopes") for headers in ask] == ["repo", None]
    assert call(made, "GET", "/user", who="alex")[1]["X-OAuth-Scopes"] == "repo, workflow"
    assert "X-OAuth-Scopes" not in call(made, "GET", "/user")[1]


def test_a_branch_with_workflows_of_another_branch_needs_no_scope() -> None:
    """What some branch has already is not brought in anew."""
    made = world()
    made.person("alex").pushes_to("other", {WORKFLOW: "on: push\n"})
    made.add_token("narrow", "alex", scopes=("repo",))
    sha = made.repository().branches["other"]
    assert post(made, "narrow", "git/refs", {"ref": "refs/heads/again", "sha": sha}) == 201
    fresh = commit(made, {WORKFLOW: "on: release\n"})
    assert post(made, "narrow", "git/refs", {"ref": "refs/heads/new", "sha": fresh}) == 404
    target, headers = f"{HOME}/git/refs/heads/again", {"Authorization": "Bearer narrow"}
    assert made.http("PATCH", target, headers, json.dumps({"sha": fresh, "force": True}))[0] == 404
    assert made.repository().branches["again"] == sha
