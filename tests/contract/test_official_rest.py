"""The slices of GitHub's OpenAPI description take what GitHub shows and refuse what it would not send."""

import copy
import re
from typing import Any

import pytest

from tests.official import shapes

ISSUE = "/repos/acme/shop/issues/7"

BROKEN = {
    ("GET /repos/{owner}/{repo}/activity", "200", "default"): (
        "timestamp|activity_type|actor|push_type|pushed_at|pusher",
        "it shows the names of the beta: push_type for activity_type, pushed_at for timestamp, pusher for actor",
    ),
    ("GET /repos/{owner}/{repo}", "200", "default-response"): (
        "language",
        "the repository it shows, and that one's source, leave out the required `language`",
    ),
    (
        "GET /repos/{owner}/{repo}/collaborators/{username}/permission",
        "200",
        "response-if-user-has-admin-permissions",
    ): ("role_name", "the user it shows has no `role_name`, which the collaborator's schema requires"),
    ("GET /repos/{owner}/{repo}/pulls/{pull_number}", "200", "default"): (
        "type",
        "the requested team it shows has no `type`, which the team's schema requires",
    ),
    ("POST /repos/{owner}/{repo}/pulls", "201", "default"): ("type", "the same team"),
    ("GET /repos/{owner}/{repo}/pulls", "200", "default"): ("type", "the same team"),
    ("PATCH /repos/{owner}/{repo}/pulls/{pull_number}", "200", "default"): ("type", "the same team"),
    ("PATCH /repos/{owner}/{repo}", "200", "default"): (
        "has_discussions",
        "the repository it shows leaves out the required `has_discussions`",
    ),
    ("GET /repos/{owner}/{repo}/rulesets", "200", "default"): (
        "enforcement",
        "it shows an enforcement that is none of the three",
    ),
    ("GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}", "200", "default"): (
        "created_at|updated_at",
        "it shows milliseconds",
    ),
    ("GET /repos/{owner}/{repo}/branches/{branch}/protection", "200", "default"): (
        "owner|checks|type",
        "an app's owner, the checks and a team's type are those of older descriptions",
    ),
}
"""GitHub's examples that break GitHub's own schema: the fields, and why."""


def check(example: dict[str, Any]) -> None:
    """Check an example as the request or the response that it is of."""
    method, _, template = example["operation"].partition(" ")
    path = re.sub(r"{\w+}", "x", template)
    if example["of"] == "request":
        shapes.check_request(method, path, example["value"])
    else:
        shapes.check_response(method, path, int(example["of"]), example["value"])


def named(example: dict[str, Any]) -> tuple[str, str, str]:
    """What identifies an example."""
    return example["operation"], example["of"], example["name"]


def official_issue() -> dict[str, Any]:
    """GitHub's own example of an issue, to be broken."""
    [found] = [
        e["value"]
        for e in shapes.examples()
        if named(e) == ("GET /repos/{owner}/{repo}/issues/{issue_number}", "200", "default")
    ]
    issue: dict[str, Any] = copy.deepcopy(found)
    return issue


@pytest.mark.parametrize(
    "example", [pytest.param(e, id=" ".join(named(e))) for e in shapes.examples() if named(e) not in BROKEN]
)
def test_githubs_own_example_is_accepted(example: dict[str, Any]) -> None:
    """What GitHub shows in its description is valid by the converted slice."""
    check(example)


@pytest.mark.parametrize("example", [e for e in shapes.examples() if named(e) in BROKEN], ids=str)
def test_a_broken_official_example_is_refused_for_the_known_reason(example: dict[str, Any]) -> None:
    """The few examples that break their own schema do so by the fields that are named here."""
    field, _reason = BROKEN[named(example)]
    with pytest.raises(shapes.ShapeError) as caught:
        check(example)
    known = re.compile(rf'"({field})" is a required property|\b({field}): ')
    assert all(known.search(problem) for problem in caught.value.problems)


def test_the_known_broken_examples_are_still_there() -> None:
    """An entry that no longer matches an example is removed from the list."""
    assert BROKEN.keys() <= {named(e) for e in shapes.examples()}


def test_an_official_issue_is_accepted() -> None:
    """The value that the tests below break is valid before."""
    shapes.check_response("GET", ISSUE, 200, official_issue())


@pytest.mark.parametrize("field", ["id", "node_id", "number", "title", "state", "user", "created_at"])
def test_a_response_without_a_required_field_is_refused(field: str) -> None:
    """Leaving out what GitHub always sends is one problem, by name."""
    issue = official_issue()
    del issue[field]
    with pytest.raises(shapes.ShapeError) as caught:
        shapes.check_response("GET", ISSUE, 200, issue)
    assert caught.value.problems == (f'body: "{field}" is a required property',)


def test_a_timestamp_with_milliseconds_is_refused() -> None:
    """The format allows a fraction of a second; GitHub does not send one."""
    issue = official_issue() | {"created_at": "2026-03-02T10:00:20.403Z"}
    with pytest.raises(shapes.ShapeError, match=r"created_at: 2026-03-02T10:00:20\.403Z has a fraction"):
        shapes.check_response("GET", ISSUE, 200, issue)


def test_a_timestamp_that_is_none_is_refused() -> None:
    """Formats are checked, not only types."""
    with pytest.raises(shapes.ShapeError, match="created_at"):
        shapes.check_response("GET", ISSUE, 200, official_issue() | {"created_at": "yesterday"})


def test_a_field_that_github_does_not_describe_is_refused() -> None:
    """A schema allows further fields; an invented one is a mistake all the same, in a list too."""
    issue = official_issue() | {"severity": 1}
    with pytest.raises(shapes.ShapeError, match="severity: not a described field"):
        shapes.check_response("GET", ISSUE, 200, issue)
    with pytest.raises(shapes.ShapeError, match="severity: not a described field"):
        shapes.check_response("GET", "/repos/acme/shop/issues?labels=sev-1", 200, [issue])


def test_null_is_accepted_only_where_github_says_so() -> None:
    """`nullable` beside a type, an enum and a reference is null; elsewhere null is refused."""
    for field in ("closed_at", "state_reason", "milestone", "assignee"):
        shapes.check_response("GET", ISSUE, 200, official_issue() | {field: None})
    with pytest.raises(shapes.ShapeError, match="title: null is not of type"):
        shapes.check_response("GET", ISSUE, 200, official_issue() | {"title": None})


def test_a_request_with_a_wrong_type_is_refused() -> None:
    """A label is a name or an object with a name, never a number."""
    shapes.check_request("POST", "/repos/acme/shop/issues", {"title": "Checkout is down", "labels": ["sev-1"]})
    with pytest.raises(shapes.ShapeError, match="labels/0"):
        shapes.check_request("POST", "/repos/acme/shop/issues", {"title": "Checkout is down", "labels": [1]})


def test_a_body_where_none_is_described_is_refused() -> None:
    """204 carries nothing, and neither does the request that asks for it."""
    path = "/repos/acme/shop/issues/comments/9"
    shapes.check_request("DELETE", path, None)
    shapes.check_response("DELETE", path, 204, None)
    with pytest.raises(shapes.ShapeError, match="a body where none is described"):
        shapes.check_response("DELETE", path, 204, {})


def test_an_operation_outside_the_slice_is_named() -> None:
    """Nothing passes because nobody described it."""
    with pytest.raises(shapes.ShapeError, match=r"DELETE /repos/acme/shop: not an operation of the slice"):
        shapes.check_request("DELETE", "/repos/acme/shop", None)


def test_a_status_that_github_does_not_answer_is_refused() -> None:
    """Creating an issue answers 201, not 200; described are the ones that it lists."""
    with pytest.raises(shapes.ShapeError, match=r"→ 200: not described; described are 201"):
        shapes.check_response("POST", "/repos/acme/shop/issues", 200, official_issue())


def test_an_error_that_no_operation_lists_carries_a_message_and_a_link() -> None:
    """Any operation may meet 502; its body is GitHub's usual error."""
    link = "https://docs.github.com/rest"
    shapes.check_response("GET", ISSUE, 502, {"message": "Server Error", "documentation_url": link})
    with pytest.raises(shapes.ShapeError, match="documentation_url"):
        shapes.check_response("GET", ISSUE, 502, {"message": "Server Error"})


@pytest.mark.parametrize(
    ("method", "path", "name"),
    [
        ("GET", ISSUE, "GET /repos/{owner}/{repo}/issues/{issue_number}"),
        ("get", f"{ISSUE}/comments?page=2", "GET /repos/{owner}/{repo}/issues/{issue_number}/comments"),
        ("GET", "/repos/a/b/issues/comments/9", "GET /repos/{owner}/{repo}/issues/comments/{comment_id}"),
        (
            "DELETE",
            f"{ISSUE}/labels/sev-1",
            "DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}",
        ),
        ("PUT", "/repos/a/b/contents/docs/a.md", "PUT /repos/{owner}/{repo}/contents/{path}"),
    ],
)
def test_a_path_finds_its_operation(method: str, path: str, name: str) -> None:
    """The most literal pattern wins, a query is ignored, a file's path may hold slashes."""
    assert shapes.operation(method, path) == name


def test_problems_are_one_readable_line() -> None:
    """The message is a single line that names the operation and at most eight problems."""
    with pytest.raises(shapes.ShapeError) as caught:
        shapes.check_response("GET", ISSUE, 200, {})
    message = str(caught.value)
    assert message.startswith("GET /repos/{owner}/{repo}/issues/{issue_number} → 200: body: ")
    assert "\n" not in message
    assert message.endswith(f"and {len(caught.value.problems) - 8} more")
