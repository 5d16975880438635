"""The writer and the permission endpoint: which request each kind makes, and what its answer means."""

import pytest

from stanch.adapters.reader import Reader
from stanch.adapters.writer import Applied, Writer
from stanch.core.access import Access
from stanch.core.errors import Forbidden, GitHubError, NotReadable, RateLimited, Refused, UnknownOutcome
from stanch.core.thread import CloseReason, Mark
from stanch.core.writes import (
    AddAssignees,
    AddLabels,
    CloseIssue,
    CreateComment,
    CreateIssue,
    EditComment,
    EditIssue,
    Minimise,
    React,
    RemoveAssignees,
    RemoveLabel,
    Write,
)
from tests.adapters.loopback import Canned, Loopback, listening

ISSUES = "/repos/team/shop/issues"
LABELS = [{"name": "SEV-1"}, {"name": "drill"}]
ISSUE = {"id": 900, "number": 20, "labels": LABELS[:1], "assignees": [{"login": "Sam"}]}


def sent(write: Write, *answers: Canned) -> tuple[Applied, Loopback]:
    with listening(*answers) as github:
        client = github.client()
        try:
            return Writer(client, "team", "shop").apply(write), github
        finally:
            client.close()


@pytest.mark.parametrize(
    ("write", "answer", "request_", "body", "applied"),
    [
        (
            CreateComment(12, "key", "text"),
            Canned(201, {"id": 77}),
            f"POST {ISSUES}/12/comments",
            {"body": "text"},
            Applied(id=77),
        ),
        (
            EditComment(12, 77, "text"),
            Canned(200, {"id": 77}),
            f"PATCH {ISSUES}/comments/77",
            {"body": "text"},
            Applied(id=77),
        ),
        (
            AddLabels(12, ("sev-1", "drill")),
            Canned(200, LABELS),
            f"POST {ISSUES}/12/labels",
            {"labels": ["sev-1", "drill"]},
            Applied(),
        ),
        (
            AddLabels(12, ("sev-1", "overdue")),
            Canned(200, LABELS),
            f"POST {ISSUES}/12/labels",
            {"labels": ["sev-1", "overdue"]},
            Applied(dropped=("overdue",)),
        ),
        (
            RemoveLabel(12, "sev 1/ä?#"),
            Canned(200, []),
            f"DELETE {ISSUES}/12/labels/sev%201%2F%C3%A4%3F%23",
            None,
            Applied(),
        ),
        (
            RemoveLabel(12, "sev-1"),
            Canned(404, {"message": "Label does not exist"}),
            f"DELETE {ISSUES}/12/labels/sev-1",
            None,
            Applied(),
        ),
        (
            AddAssignees(12, ("sam", "kim")),
            Canned(201, ISSUE),
            f"POST {ISSUES}/12/assignees",
            {"assignees": ["sam", "kim"]},
            Applied(dropped=("kim",)),
        ),
        (
            RemoveAssignees(12, ("sam", "kim")),
            Canned(200, ISSUE),
            f"DELETE {ISSUES}/12/assignees",
            {"assignees": ["sam", "kim"]},
            Applied(dropped=("sam",)),
        ),
        (
            React(12, 77, Mark.REFUSED),
            Canned(200, {"id": 1}),
            f"POST {ISSUES}/comments/77/reactions",
            {"content": "-1"},
            Applied(),
        ),
        (
            CreateIssue("key", "Post-mortem", "text", ("sev-1",), ("sam",)),
            Canned(201, ISSUE),
            f"POST {ISSUES}",
            {"title": "Post-mortem", "body": "text", "labels": ["sev-1"], "assignees": ["sam"]},
            Applied(number=20),
        ),
        (
            EditIssue(20, "the long form"),
            Canned(200, ISSUE),
            f"PATCH {ISSUES}/20",
            {"body": "the long form"},
            Applied(),
        ),
        (
            CloseIssue(12, CloseReason.NOT_PLANNED),
            Canned(200, {}),
            f"PATCH {ISSUES}/12",
            {"state": "closed", "state_reason": "not_planned"},
            Applied(),
        ),
    ],
)
def test_every_write_is_one_request(
    write: Write, answer: Canned, request_: str, body: object, applied: Applied
) -> None:
    """One kind, one request, no read before or after it; what GitHub dropped silently is told."""
    done, github = sent(write, answer)
    assert github.asked == [request_]
    assert github.bodies == [body]
    assert done == applied


def test_a_second_copy_is_folded_by_a_mutation() -> None:
    """Minimising is the one write that REST does not have."""
    done, github = sent(Minimise(12, "IC_1"), Canned(200, {"data": {"minimizeComment": {}}}))
    assert done == Applied()
    assert github.asked == ["POST /graphql"]
    assert github.bodies[0]["variables"] == {"id": "IC_1"}


@pytest.mark.parametrize(
    ("write", "answer"),
    [
        (CreateComment(12, "key", "text"), Canned(201, "cut {off")),
        (CreateComment(12, "key", "text"), Canned(201, {})),
        (CreateComment(12, "key", "text"), Canned(201, [])),
        (CreateIssue("key", "t", "b", (), ()), Canned(201, {"number": None})),
        (Minimise(12, "IC_1"), Canned(200, "cut {off")),
    ],
)
def test_a_confirmation_that_cannot_be_read_is_unknown(write: Write, answer: Canned) -> None:
    """Without the id, a create must be found again by a read before anything else is written."""
    with pytest.raises(UnknownOutcome):
        sent(write, answer)


def test_an_issue_that_is_refused_for_its_own_sake_is_a_refusal() -> None:
    """Without assignees there is nothing to leave out, and a no of another kind is not asked twice."""
    for write, status in (
        (CreateIssue("key", "", "b", (), ()), 422),
        (CreateIssue("key", "t", "b", (), ("sam",)), 410),
    ):
        with pytest.raises(Refused):
            sent(write, Canned(status, {"message": "No"}))


def test_a_label_of_an_issue_that_is_gone_is_a_refusal() -> None:
    """Only "Label does not exist" means that the label is off; any other 404 is told."""
    with pytest.raises(Refused):
        sent(RemoveLabel(12, "sev-1"), Canned(404, {"message": "Not Found"}))


def asked_for(login: str, *answers: Canned) -> tuple[Access, Loopback]:
    with listening(*answers) as github:
        client = github.client()
        try:
            return Reader(client, "team", "shop").access(login), github
        finally:
            client.close()


@pytest.mark.parametrize(
    ("answer", "access"),
    [
        (Canned(body={"permission": "admin", "role_name": "admin"}), Access.MAINTAIN),
        (Canned(body={"permission": "write", "role_name": "maintain"}), Access.MAINTAIN),
        (Canned(body={"permission": "read", "role_name": "triage"}), Access.TRIAGE),
        (Canned(body={"permission": "read", "role_name": "read"}), Access.READ),
        (Canned(body={"permission": "none", "role_name": ""}), Access.NONE),
        (Canned(body={"permission": "write"}), Access.WRITE),
        (Canned(404, {"message": "Not Found"}), Access.NONE),
        (Canned(403, {"message": "Resource not accessible by integration"}), Access.NONE),
    ],
)
def test_the_permission_endpoint_decides(answer: Canned, access: Access) -> None:
    """404 and 403 say that this person may do nothing."""
    found, github = asked_for("alex", answer)
    assert found is access
    assert github.asked == ["GET /repos/team/shop/collaborators/alex/permission"]


@pytest.mark.parametrize(
    ("answers", "kind"),
    [
        ([Canned(500)] * 3, NotReadable),
        ([Canned(drop=True)] * 3, NotReadable),
        ([Canned(429, headers={"Retry-After": "90"})], RateLimited),
        ([Canned(403, {"message": "You have exceeded a secondary rate limit"})] * 3, RateLimited),
        ([Canned(401)], Forbidden),
        ([Canned(body={})], NotReadable),
        ([Canned(body=[])], NotReadable),
    ],
)
def test_what_cannot_be_asked_is_no_refusal(answers: list[Canned], kind: type[GitHubError]) -> None:
    """A failing endpoint aborts the pass; nobody's command is refused because GitHub had a bad minute."""
    with pytest.raises(kind):
        asked_for("alex", *answers)


def test_the_ghost_may_do_nothing_and_is_not_asked_about() -> None:
    """An account that is gone has no rights."""
    found, github = asked_for("ghost")
    assert (found, github.asked) == (Access.NONE, [])


def test_a_login_cannot_leave_its_place_in_the_address() -> None:
    """A name is one step of the path, whatever stands in it."""
    _, github = asked_for("../../x?y", Canned(404))
    assert github.asked == ["GET /repos/team/shop/collaborators/..%2F..%2Fx%3Fy/permission"]
