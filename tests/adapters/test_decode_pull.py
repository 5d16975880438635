"""Decoding a pull request: what GitHub leaves out, cuts off or does not know never becomes an absence of it."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import pytest

from stanch.adapters import decode_around, decode_pull
from stanch.adapters.answer import Answer, At
from stanch.core.errors import NotReadable
from stanch.core.pull import FileText, Opinion, Pull

AT, LATER = "2026-03-14T02:00:00Z", "2026-03-14T03:00:00Z"
HEAD, BASE = "a" * 40, "b" * 40
ALEX = {"__typename": "User", "login": "alex"}
COMMIT = {
    "oid": HEAD,
    "message": "Mend",
    "committer": {"name": "Sam", "user": {"login": "sam"}},
    "authors": {
        "nodes": [{"name": "Alex", "user": {"login": "alex"}}, {"name": "Jo", "user": {"login": "jordan"}}],
        "pageInfo": {"hasNextPage": False},
    },
}
TIP = {
    "oid": HEAD,
    "tree": {"oid": "c" * 40},
    "status": None,
    "statusCheckRollup": {"contexts": {"nodes": [], "pageInfo": {"hasNextPage": False}}},
    "checkSuites": {"nodes": []},
    "deployments": {"nodes": []},
    "associatedPullRequests": {"nodes": []},
}
REVIEW = {
    "id": "R",
    "state": "APPROVED",
    "submittedAt": AT,
    "url": "https://github.test/r",
    "authorCanPushToRepository": True,
    "author": ALEX,
    "commit": {"oid": HEAD},
}
NODE: dict[str, Any] = {
    "number": 41,
    "title": "Mend",
    "body": "text",
    "url": "https://github.test/octo/shop/pull/41",
    "createdAt": AT,
    "viewerDidAuthor": False,
    "lastEditedAt": None,
    "state": "OPEN",
    "locked": False,
    "isDraft": False,
    "isCrossRepository": False,
    "author": ALEX,
    "editor": None,
    "headRefName": "hotfix/x",
    "headRefOid": HEAD,
    "baseRefName": "main",
    "baseRefOid": BASE,
    "baseRef": {"target": {"oid": "d" * 40}},
    "mergeable": "MERGEABLE",
    "mergedAt": None,
    "mergedBy": None,
    "mergeCommit": None,
    "additions": 1,
    "deletions": 1,
    "changedFiles": 1,
    "assignees": {"nodes": []},
    "closingIssuesReferences": {"nodes": []},
    "opening": {"nodes": [{"commit": {"parents": {"nodes": [{"oid": BASE}]}}}]},
    "earliest": {"totalCount": 1, "nodes": [{"commit": COMMIT}]},
    "latest": {"nodes": [{"commit": COMMIT}]},
    "tip": {"nodes": [{"commit": TIP}]},
    "reviews": {"totalCount": 1, "nodes": [REVIEW]},
    "files": {"nodes": [{"path": "a.py", "changeType": "MODIFIED", "additions": 1, "deletions": 1}]},
    "timelineItems": {"nodes": [], "pageInfo": {"hasNextPage": False, "endCursor": None}},
}
Step = str | int


def read(changes: Mapping[tuple[Step, ...], object] | None = None) -> Pull:
    """The pull request with other values at some places of the answer."""
    node: Any = deepcopy(NODE)
    for path, value in (changes or {}).items():
        place = node
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value
    found, _ = decode_pull.pull(Answer(At({"pullRequest": node}, ("repository",))), 41, "stanch/hotfix")
    return found


TO_TIP = ("tip", "nodes", 0, "commit")


def test_a_plain_one_is_whole() -> None:
    """Everything is shown, the base is where it stands now, and everybody who had a hand in it is named."""
    plain = read()
    assert (plain.all_files_shown, plain.all_commits_shown, plain.all_reviews_shown, plain.more_checks) == (
        True, True, True, False,
    )  # fmt: skip
    assert (plain.base_sha, plain.fork_point) == ("d" * 40, BASE)
    assert plain.commits[0].people == ("alex", "jordan", "sam")


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        (("changedFiles",), 2, "all_files_shown"),
        (("files",), None, "all_files_shown"),
        (("earliest", "totalCount"), 2, "all_commits_shown"),
        (("reviews", "totalCount"), 2, "all_reviews_shown"),
    ],
)
def test_a_list_that_is_cut_off_is_not_all(path: tuple[Step, ...], value: object, told: str) -> None:
    """The count is GitHub's, not that of what was shown."""
    assert getattr(read({path: value}), told) is False


def test_more_checks_than_are_shown_are_more() -> None:
    """Whoever is not shown may have failed."""
    assert read({(*TO_TIP, "statusCheckRollup", "contexts", "pageInfo", "hasNextPage"): True}).more_checks


@pytest.mark.parametrize(
    ("state", "opinion"),
    [
        ("APPROVED", Opinion.APPROVED),
        ("CHANGES_REQUESTED", Opinion.CHANGES_REQUESTED),
        ("DISMISSED", Opinion.DISMISSED),
    ],
)
def test_an_opinion_is_the_one_that_was_given(state: str, opinion: Opinion) -> None:
    """One that was dismissed is none that approves."""
    assert read({("reviews", "nodes", 0, "state"): state}).reviews[0].opinion is opinion


def test_an_opinion_that_nobody_knows_is_unreadable() -> None:
    """GitHub may learn a new state; it is not taken for any of the known ones."""
    with pytest.raises(NotReadable, match="a review's state"):
        read({("reviews", "nodes", 0, "state"): "BLESSED"})


def test_a_review_of_a_commit_that_is_gone_was_given_on_nothing() -> None:
    """No head is like it; and whether its author may push is what GitHub says."""
    changes = {("reviews", "nodes", 0, "commit"): None, ("reviews", "nodes", 0, "authorCanPushToRepository"): False}
    found = read(changes).reviews[0]
    assert (found.sha, found.may_push) == ("", False)


def test_another_base_is_a_turn_of_its_own() -> None:
    """It takes approvals and proofs along; it is nothing that anybody said."""
    found = read({("timelineItems", "nodes"): [{"__typename": "BaseRefChangedEvent", "createdAt": LATER}]})
    assert ([one.isoformat() for one in found.retargets], found.thread.items) == ([LATER.replace("Z", "+00:00")], ())


@pytest.mark.parametrize(
    ("number", "state", "head", "twins"),
    [
        (42, "OPEN", HEAD, (42,)),
        (41, "OPEN", HEAD, ()),
        (42, "CLOSED", HEAD, ()),
        (42, "OPEN", "e" * 40, ()),
    ],
)
def test_a_twin_is_another_open_one_with_this_head(number: int, state: str, head: str, twins: tuple[int, ...]) -> None:
    """A status belongs to a commit, so both of them would show it."""
    other = {"number": number, "state": state, "headRefOid": head}
    assert read({(*TO_TIP, "associatedPullRequests", "nodes"): [other]}).twins == twins


@pytest.mark.parametrize(("home", "closes"), [("octo/shop", (12,)), ("octo/other", ())])
def test_only_issues_of_this_repository_are_closed_here(home: str, closes: tuple[int, ...]) -> None:
    """#12 of another repository is another issue."""
    issue = {"number": 12, "url": f"https://github.test/{home}/issues/12"}
    assert read({("closingIssuesReferences", "nodes"): [issue]}).closes == closes


@pytest.mark.parametrize(
    ("people", "unknown"),
    [
        ({"hasNextPage": True}, ("…",)),
        ({"hasNextPage": False}, ()),
    ],
)
def test_more_authors_than_are_shown_are_told(people: dict[str, bool], unknown: tuple[str, ...]) -> None:
    """A reviewer may be one of them."""
    path = ("latest", "nodes", 0, "commit", "authors", "pageInfo")
    earliest = ("earliest", "nodes", 0, "commit", "authors", "pageInfo")
    assert read({path: people, earliest: people}).commits[0].unknown == unknown


@pytest.mark.parametrize(
    ("node", "found"),
    [
        (None, None),
        ({"oid": "1"}, FileText("1")),
        ({"oid": "1", "text": None, "isTruncated": False}, FileText("1")),
        ({"oid": "1", "text": "half", "isTruncated": True}, FileText("1")),
        ({"oid": "1", "text": "", "isTruncated": False}, FileText("1", "")),
    ],
    ids=["none", "an id alone", "binary", "cut off", "empty"],
)
def test_a_file_that_is_not_shown_whole_has_no_text(node: object, found: FileText | None) -> None:
    """Half a file is none, an empty one is one, and none at all is told from both."""
    assert decode_pull.file_text(At(node, ("e0",))) == found


@pytest.mark.parametrize(
    ("node", "has"),
    [
        (None, False),
        ({"compare": None}, False),
        ({"compare": {"aheadBy": 1}}, False),
        ({"compare": {"aheadBy": 0}}, True),
    ],
)
def test_a_branch_has_only_what_it_was_compared_to(node: object, has: bool) -> None:
    """What could not be compared it has not."""
    assert decode_around.has_it(At(node, ("l0",))) is has


@pytest.mark.parametrize(
    ("node", "count"),
    [
        (None, None),
        ({"oid": "1"}, None),
        ({"oid": "1", "changedFilesIfAvailable": None}, None),
        ({"oid": "1", "changedFilesIfAvailable": 2}, 2),
    ],
)
def test_what_a_commit_changed_may_be_unknown(node: object, count: int | None) -> None:
    """And is not nothing then."""
    assert decode_around.changed(At(node, ("c0",))) == count


@pytest.mark.parametrize(
    ("node", "count"),
    [
        (None, None),
        ({"compare": None, "since": {"aheadBy": 1}}, None),
        ({"compare": {"aheadBy": 3}, "since": None}, 3),
        ({"compare": {"aheadBy": 3}, "since": {"aheadBy": 2}}, 1),
    ],
)
def test_what_a_branch_lacks_may_be_unknown(node: object, count: int | None) -> None:
    """A branch that is not there lacks nothing that could be counted."""
    assert decode_around.ahead(At(node, ("b0",))) == count


def test_what_was_edited_is_known_to_be() -> None:
    """Of an edited text nobody knows what a reviewer read; and whoever is assigned to a bot's may have ordered it."""
    found = read({("lastEditedAt",): LATER, ("editor",): ALEX, ("assignees", "nodes"): [{"login": "sam"}]}).thread
    assert found.edited_at is not None
    assert (found.editor and found.editor.login, found.assignees) == ("alex", ("sam",))


def test_the_last_hundred_commits_are_read_as_well() -> None:
    """Each once, with whoever wrote it."""
    other = {**COMMIT, "oid": "e" * 40, "committer": None}
    found = read({("earliest", "totalCount"): 2, ("latest", "nodes"): [{"commit": COMMIT}, {"commit": other}]})
    assert [one.sha for one in found.commits] == [HEAD, "e" * 40]
    assert found.all_commits_shown


DEPLOYMENT = {"id": "D", "environment": "staging", "commitOid": HEAD, "createdAt": AT, "creator": ALEX, "ref": None}


@pytest.mark.parametrize(("status", "state"), [(None, "pending"), ({"state": "SUCCESS"}, "success")])
def test_a_deployment_of_which_nothing_was_told_is_under_way(status: object, state: str) -> None:
    """It has not succeeded."""
    (found,) = read({(*TO_TIP, "deployments", "nodes"): [DEPLOYMENT | {"latestStatus": status}]}).deployments
    assert found.state == state


@pytest.mark.parametrize(("kind", "status"), [("User", ""), ("Bot", "success")])
def test_a_sweep_believes_no_status_that_a_person_set(kind: str, status: str) -> None:
    """It looks at the pull request as if there were none."""
    creator = {"__typename": kind, "login": "alex"}
    tip = {"commit": {"status": {"context": {"state": "SUCCESS", "creator": creator}}}}
    listed = {"number": 41, "body": "", "headRefName": "x", "closingIssuesReferences": {"nodes": []}}
    listed |= {"commits": {"nodes": [tip]}}
    page = At({"open": {"nodes": [listed]}, "merged": {"nodes": []}}, ("repository",))
    assert [one.status for one in decode_around.listed(page, first=True)] == [status]


@pytest.mark.parametrize(
    ("said", "known"),
    [
        (None, None),
        ({"text": "*.js linguist-generated\n", "isTruncated": False}, "*.js linguist-generated\n"),
        ({"text": "*.js linguist-generated\n", "isTruncated": True}, None),
        ({"text": None, "isTruncated": False}, None),
        ({}, None),
    ],
)
def test_attributes_that_are_not_whole_say_nothing(said: object, known: str | None) -> None:
    """What is cut off may have taken back what is left."""
    merges = {"squashMergeAllowed": True, "mergeCommitAllowed": False, "rebaseMergeAllowed": False}
    node = {**merges, "environments": {"nodes": []}, "attributes": said}
    assert decode_pull.settings(Answer(At(node, ("repository",)))).attributes == known
