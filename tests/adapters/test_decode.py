"""Decoding: GitHub's answers become values, and what is missing is named, never made up."""

from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

import pytest

from stanch.adapters import decode, decode_repository
from stanch.adapters.answer import TooMuch, answer, clean
from stanch.core.errors import Forbidden, GitHubError, Moved, NoSuchThread, NotReadable, RateLimited
from stanch.core.thread import (
    Actor,
    Child,
    CloseReason,
    Comment,
    Event,
    EventKind,
    Mark,
    Reference,
    Thread,
)
from tests.adapters.samples import ALEX, AT, BOT, COMMENT, RULES, issue

WHEN = datetime(2026, 3, 14, 2, tzinfo=UTC)
PATH = ["repository", "t0", "timelineItems", "nodes"]


def payload(node: object, *errors: object) -> dict[str, Any]:
    return {"data": {"repository": {"t0": node}}} | ({"errors": list(errors)} if errors else {})


def decoded(node: object, *errors: object) -> Thread:
    return decode.thread(answer(payload(node, *errors)), "t0", 12)[0]


def event(kind: str, **fields: object) -> dict[str, Any]:
    return {"__typename": kind, "createdAt": AT, "actor": ALEX} | fields


def test_an_issue_becomes_a_thread() -> None:
    """Every field arrives, instants are UTC, line ends are LF."""
    assert decoded(issue(COMMENT)) == Thread(
        number=12,
        title="Checkout is down",
        body="since\nthree",
        author=Actor("alex"),
        at=WHEN,
        url="https://github.com/team/shop/issues/12",
        labels=("sev-1",),
        assignees=("sam",),
        items=(
            Comment(
                id=5000000017,
                node_id="IC_1",
                author=Actor("alex"),
                body="/ack\nnow",
                at=WHEN,
                url="https://github.com/team/shop/issues/12#issuecomment-1",
                marks=frozenset({Mark.ACCEPTED}),
            ),
        ),
        node_id="I_12",
    )


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (
            event("LabeledEvent", label={"name": "sev-1"}),
            Event(EventKind.LABELED, WHEN, Actor("alex"), "sev-1"),
        ),
        (
            event("UnlabeledEvent", label={"name": "sev-1"}),
            Event(EventKind.UNLABELED, WHEN, Actor("alex"), "sev-1"),
        ),
        (
            event("AssignedEvent", assignee={"login": "sam"}),
            Event(EventKind.ASSIGNED, WHEN, Actor("alex"), "sam"),
        ),
        (event("UnassignedEvent", assignee=None), Event(EventKind.UNASSIGNED, WHEN, Actor("alex"), "ghost")),
        (
            event("ClosedEvent", stateReason="NOT_PLANNED"),
            Event(EventKind.CLOSED, WHEN, Actor("alex"), reason=CloseReason.NOT_PLANNED),
        ),
        (event("ClosedEvent", stateReason=None), Event(EventKind.CLOSED, WHEN, Actor("alex"))),
        (event("ReopenedEvent"), Event(EventKind.REOPENED, WHEN, Actor("alex"))),
        (
            event("RenamedTitleEvent", previousTitle="It is\x00 slow"),
            Event(EventKind.RENAMED, WHEN, Actor("alex"), "It is slow"),
        ),
        (
            event("CommentDeletedEvent", deletedCommentAuthor=BOT),
            Event(EventKind.COMMENT_DELETED, WHEN, Actor("alex"), "github-actions"),
        ),
        (
            event("CommentDeletedEvent", actor=None, deletedCommentAuthor=None),
            Event(EventKind.COMMENT_DELETED, WHEN, Actor("ghost"), "ghost"),
        ),
    ],
    ids=lambda value: value["__typename"] if isinstance(value, dict) else "",
)
def test_every_kind_of_event_becomes_one(node: dict[str, Any], expected: Event) -> None:
    """Only the field that belongs to a kind is set, and a deleted account is the ghost."""
    assert decoded(issue(node)).events == (expected,)


def reference(kind: str, **fields: object) -> dict[str, Any]:
    common = {"__typename": kind, "number": 15, "title": "Undo", "url": "u", "viewerDidAuthor": True}
    return event("CrossReferencedEvent", source=common | {"author": BOT} | fields)


def test_a_reference_says_what_became_of_its_source() -> None:
    """An issue, and a merged pull request with the instant of its merge."""
    thread = decoded(
        issue(
            reference("Issue", state="CLOSED"),
            reference("PullRequest", pullState="MERGED", mergedAt=AT),
            reference("PullRequest", pullState="OPEN", mergedAt=None),
        )
    )
    bot = Actor("github-actions", is_bot=True)
    assert [one.source for one in thread.events] == [
        Reference(15, "Undo", "u", False, bot, True, "closed"),
        Reference(15, "Undo", "u", True, bot, True, "merged", WHEN),
        Reference(15, "Undo", "u", True, bot, True, "open"),
    ]


def test_a_pull_request_is_carried_by_its_number_alone() -> None:
    """A PR with a severity label is no incident."""
    node = {"__typename": "PullRequest", "number": 12, "title": "Fix", "url": "u"}
    assert decoded(node) == Thread(number=12, title="Fix", url="u", is_pull_request=True)


def test_an_editor_without_an_account_is_the_ghost() -> None:
    """An edit whose editor is gone is still an edit by somebody else."""
    edited = COMMENT | {"lastEditedAt": AT, "author": BOT, "viewerDidAuthor": True}
    comment = decoded(issue(edited)).comments[0]
    assert (comment.edited_at, comment.editor, comment.untouched) == (WHEN, Actor("ghost"), False)


@pytest.mark.parametrize(
    ("state", "reason", "open_", "expected"),
    [
        ("OPEN", None, True, None),
        ("OPEN", "REOPENED", True, None),
        ("CLOSED", "COMPLETED", False, CloseReason.COMPLETED),
        ("CLOSED", "DUPLICATE", False, CloseReason.DUPLICATE),
        ("CLOSED", None, False, None),
    ],
)
def test_the_state_is_read_with_its_reason(
    state: str, reason: str | None, open_: bool, expected: CloseReason | None
) -> None:
    """A reason that GitHub does not know stays unknown."""
    thread = decoded(issue() | {"state": state, "stateReason": reason})
    assert (thread.open, thread.reason) == (open_, expected)


def hidden(index: int, *further: str, kind: str = "FORBIDDEN") -> dict[str, Any]:
    return {"type": kind, "path": [*PATH, index, "source", *further], "message": "not for you"}


def test_a_reference_from_a_hidden_place_is_kept_without_its_source() -> None:
    """The error's path says which null item it was; it takes the instant of the item before it."""
    later = COMMENT | {"createdAt": "2026-03-14T02:05:00Z"}
    thread = decoded(issue(None, later, None), hidden(0), hidden(2, "title"))
    first, _, last = thread.items
    assert first == Event(EventKind.REFERENCED, WHEN, Actor("ghost"))
    assert last == Event(EventKind.REFERENCED, WHEN.replace(minute=5), Actor("ghost"))


def test_a_source_that_is_partly_hidden_is_unknown_as_a_whole() -> None:
    """Half a source is none: its author could not be trusted."""
    node = reference("Issue", state="OPEN", author=None)
    assert decoded(issue(node), hidden(0, "author")).events == (Event(EventKind.REFERENCED, WHEN, Actor("alex")),)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        ({"message": "boom"}, NotReadable),
        ({"message": "boom", "path": ["repository"]}, NotReadable),
        ({"type": "NOT_FOUND", "message": "no such repository", "path": ["repository"]}, NotReadable),
        ({"type": "NOT_FOUND", "message": "gone", "path": [*PATH, 0, "author"]}, NotReadable),
        ({"type": "FORBIDDEN", "message": "no", "path": ["repository", "deployments"]}, Forbidden),
        ({"type": "INSUFFICIENT_SCOPES", "message": "no"}, Forbidden),
        ({"type": "RATE_LIMITED", "message": "slow down"}, RateLimited),
        ({"message": "You have exceeded a secondary rate limit"}, RateLimited),
        ({"type": "RESOURCE_LIMITS_EXCEEDED", "message": "Resource limits exceeded"}, TooMuch),
        (hidden(0, kind="RESOURCE_LIMITS_EXCEEDED"), TooMuch),
        ({"type": "MAX_NODE_LIMIT_EXCEEDED", "message": "too many nodes"}, TooMuch),
        ({"message": "Something went wrong while executing your query."}, TooMuch),
        ({"message": "timedout"}, NotReadable),
        ({"message": "This may be the result of a timeout."}, TooMuch),
        ("not an object", NotReadable),
        ({"type": ["odd"], "message": ["odd"], "path": [["odd"]]}, NotReadable),
        ({"message": "odd path", "path": "repository"}, NotReadable),
    ],
)
def test_any_other_error_is_a_failed_read(error: object, kind: type[GitHubError]) -> None:
    """Partial data is never used: "could not read" is not "absent"."""
    with pytest.raises(kind):
        decoded(issue(COMMENT), error)


def test_one_hidden_source_does_not_excuse_another_error() -> None:
    """Every error must run through a source; one that does not fails the read."""
    with pytest.raises(NotReadable):
        decoded(issue(None), hidden(0), {"message": "boom", "path": [*PATH, 1]})


def test_a_null_item_without_an_explanation_is_a_failed_read() -> None:
    """Nothing is silently dropped from a timeline."""
    with pytest.raises(NotReadable, match=r"repository\.t0\.timelineItems\.nodes\.0"):
        decoded(issue(None))


def test_a_missing_issue_is_no_thread() -> None:
    """GitHub answers null and NOT_FOUND for an issue that was deleted or transferred."""
    missing = {"type": "NOT_FOUND", "path": ["repository", "t0"], "message": "Could not resolve"}
    with pytest.raises(NoSuchThread):
        decoded(None, missing)


def test_a_null_issue_without_an_error_is_a_failed_read() -> None:
    """Null alone does not say that the issue is gone."""
    with pytest.raises(NotReadable):
        decoded(None)


def test_another_number_than_asked_means_moved() -> None:
    """A transferred issue has another number in another repository."""
    with pytest.raises(Moved):
        decoded(issue() | {"number": 1139})


def places(value: object, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every key of a nested value."""
    if isinstance(value, dict):
        return [place for key, inner in value.items() for place in [(*path, key), *places(inner, (*path, key))]]
    if isinstance(value, list):
        return [place for i, inner in enumerate(value) for place in places(inner, (*path, i))]
    return []


def changed(node: dict[str, Any], place: tuple[Any, ...], change: Callable[[Any, Any], None]) -> dict[str, Any]:
    copy = deepcopy(node)
    inner: Any = copy
    for step in place[:-1]:
        inner = inner[step]
    change(inner, place[-1])
    return copy


WHOLE = issue(COMMENT, event("LabeledEvent", label={"name": "x"}), reference("Issue", state="OPEN"))
UNUSED = {("timelineItems", "pageInfo", "endCursor")}
"""Read only when there is a next page."""


@pytest.mark.parametrize("place", places(WHOLE), ids=lambda place: ".".join(map(str, place)))
def test_a_missing_field_is_named(place: tuple[Any, ...]) -> None:
    """Whatever is absent from an answer fails the read by its path; no field has a default."""
    without = changed(WHOLE, place, lambda inner, key: inner.__delitem__(key))
    if place in UNUSED or place[-1] == "editor":
        assert decoded(without)
        return
    with pytest.raises(NotReadable, match=f"lacks it at repository.t0.*{place[-1]}"):
        decoded(without)


@pytest.mark.parametrize("wrong", [None, 3, "text", [], {}, True])
@pytest.mark.parametrize("place", places(WHOLE), ids=lambda place: ".".join(map(str, place)))
def test_a_value_of_a_wrong_type_ends_in_a_value_or_in_a_failed_read(place: tuple[Any, ...], wrong: object) -> None:
    """No answer, however odd, ends in anything but a thread or a clear error."""
    odd = changed(WHOLE, place, lambda inner, key: inner.__setitem__(key, wrong))
    try:
        thread = decoded(odd)
    except GitHubError:
        return
    assert thread.number == 12


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("nul\0 bell\x07 esc\x1b[0m tab\t", "nul bell esc[0m tab\t"),
        ("lone\ud800 surrogate", "lone surrogate"),
        ("bidi\u202e and ünïcode 🚒 stay", "bidi\u202e and ünïcode 🚒 stay"),
        ("", ""),
    ],
)
def test_text_is_cleaned_of_what_nobody_can_see(sent: str, meant: str) -> None:
    """Line ends are LF and C0 controls are gone; everything that a person can write stays."""
    assert clean(sent) == meant


def rules(**fields: object) -> Any:
    return decode_repository.repository(answer({"data": {"repository": RULES | fields}}))


def test_the_repository_is_read_beside_the_thread() -> None:
    """Files, deployments and merges, the newest first; CODEOWNERS from the first place that has one."""
    found = rules()
    assert (found.full_name, found.default_branch, found.config) == ("team/shop", "main", "people: {}\n")
    assert found.codeowners == "* @alex\n"
    assert [(one.id, one.environment, one.ref, one.state) for one in found.deployments] == [
        ("DE_2", "", "main", "pending"),
        ("DE_1", "production", "", "success"),
    ]
    assert [(one.number, one.sha, one.author) for one in found.merges] == [
        (2, "abc", Actor("ghost")),
        (1, "", Actor("ghost")),
    ]


def test_a_branch_that_cannot_be_seen_is_no_branch() -> None:
    """Nothing can be read of an empty or a hidden repository, which is told apart from "no such file"."""
    assert rules(defaultBranchRef=None, config=None).default_branch is None
    assert rules(config=None).default_branch == "main"


@pytest.mark.parametrize(
    "blob",
    [{"text": "people:", "isTruncated": True}, {"text": None, "isTruncated": False}, {}],
    ids=["truncated", "binary", "a folder"],
)
def test_a_config_that_is_not_shown_whole_is_no_config(blob: dict[str, Any]) -> None:
    """It ends in a NUL, which no YAML has, so that it is told as a problem and never half obeyed."""
    assert rules(config=blob).config.endswith(decode_repository.NO_TEXT)


def test_a_teams_own_templates_are_those_that_are_there() -> None:
    """By the name of the file; one that is not shown whole is there, but is no text."""
    cut = {"text": "# {{ ti", "isTruncated": True}
    assert rules().templates == {"postmortem.md": "# {{ title }}\n"}
    assert rules(ownLong=None, ownShort=cut).templates == {
        "postmortem-short.md": f"# {{{{ ti{decode_repository.NO_TEXT}"
    }


def test_an_empty_config_is_a_config() -> None:
    """An empty file means the defaults."""
    assert rules(config={"text": "", "isTruncated": False}).config == ""


def test_children_are_found_by_number_and_by_label_once() -> None:
    """Pull requests and vanished numbers are left out; an issue that both ways name is one."""
    node = {
        "number": 20,
        "id": "I_20",
        "title": "Post-mortem",
        "body": "<!-- stanch -->\r\n",
        "url": "u",
        "viewerDidAuthor": True,
        "createdAt": AT,
        "lastEditedAt": AT,
        "state": "CLOSED",
        "stateReason": "COMPLETED",
    }
    repository = {"newest": {"nodes": [node]}, "k0": node, "k1": {}, "k2": None}
    missing = {"type": "NOT_FOUND", "path": ["repository", "k2"], "message": "gone"}
    found = decode_repository.children(answer({"data": {"repository": repository}, "errors": [missing]}), 3)
    assert found == {
        20: Child(20, "I_20", "Post-mortem", "<!-- stanch -->\n", "u", True, WHEN, False, CloseReason.COMPLETED, WHEN)
    }


@pytest.mark.parametrize("odd", [None, 3, "text", [], {}, {"data": None}, {"data": {}}, {"errors": "boom"}])
def test_an_answer_that_is_none_is_a_failed_read(odd: object) -> None:
    """A proxy's page or an empty answer is not an empty repository."""
    with pytest.raises(NotReadable):
        decode.thread(answer(odd), "t0", 12)


def test_the_runbooks_are_the_markdown_files_of_their_folder() -> None:
    """By path; one that is no text is named, and so is one that is cut off; other files, and folders, are no pages."""
    entries = [
        {"name": "queue.md", "object": {"text": "# Queue\n", "isTruncated": False}},
        {"name": "cut.md", "object": {"text": "# Cu", "isTruncated": True}},
        {"name": "picture.md", "object": {"text": None, "isTruncated": False}},
        {"name": "handbook", "object": {}},
        {"name": "folder.md", "object": {}},
        {"name": "elsewhere.md", "object": None},
        {"name": "notes.txt", "object": {"text": "x", "isTruncated": False}},
    ]
    assert rules(runbooks={"entries": entries}).runbooks == {
        "runbooks/queue.md": "# Queue\n",
        "runbooks/cut.md": "# Cu",
        "runbooks/picture.md": None,
        "runbooks/folder.md": None,
    }


@pytest.mark.parametrize("folder", [None, {}, {"entries": []}], ids=["no folder", "a file", "empty"])
def test_without_a_folder_there_are_no_runbooks(folder: object) -> None:
    """Nor where nobody asked."""
    assert rules(runbooks=folder).runbooks == rules().runbooks == {}


def test_whether_there_is_a_runbook_for_both_roles() -> None:
    """That it is there is all that is asked of it."""
    assert not rules().has_roles
    assert rules(roles={"oid": "4d5e6f7"}).has_roles
