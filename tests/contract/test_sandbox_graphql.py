"""The embedded GitHub's GraphQL side: the adapters' documents, GitHub's limits, and partial errors."""

from typing import Any

import pytest

from stanch.adapters import documents
from stanch.sandbox.graphql import schema
from stanch.sandbox.world import World
from tests.contract.sandbox_scene import INCIDENT, ask, call, world
from tests.official.cost import points
from tests.steps import steps

WHERE: dict[str, Any] = {"owner": "harbour", "name": "checkout"}


def thread(made: World, number: int = 1, who: str | None = None) -> dict[str, Any]:
    """One thread as the adapters read it."""
    read = ask(made, documents.threads(1, rules=True), who, n0=number, **WHERE)
    assert "errors" not in read, read
    found: dict[str, Any] = read["data"]["repository"]["t0"]
    return found


def items(made: World, number: int = 1) -> list[dict[str, Any]]:
    """The timeline of a thread."""
    nodes: list[dict[str, Any]] = thread(made, number)["timelineItems"]["nodes"]
    return nodes


def test_a_thread_tells_everything_that_happened_in_order() -> None:
    """Every kind of event is recorded once, in the order in which it happened."""
    made = world()
    alex = made.person("alex")
    number = alex.opens(INCIDENT, labels=["SEV-1"], assignees=["sam"])
    gone = made.person("kim").comments(number, "oops")
    for act in (
        lambda: alex.deletes_comment(gone),
        lambda: alex.unlabels(number, "sev-1"),
        lambda: alex.unassigns(number, "sam"),
        lambda: alex.renames(number, "Checkout is slow"),
        lambda: alex.closes(number, "duplicate"),
        lambda: alex.reopens(number),
        lambda: alex.opens("Elsewhere", f"`#{number}` and #{number} and again #{number}"),
        lambda: alex.comments(number, "done"),
    ):
        made.clock.advance(60)
        act()
    told = items(made, number)
    assert [item["__typename"] for item in told] == [
        "LabeledEvent", "AssignedEvent", "CommentDeletedEvent", "UnlabeledEvent", "UnassignedEvent",
        "RenamedTitleEvent", "ClosedEvent", "ReopenedEvent", "CrossReferencedEvent", "IssueComment",
    ]  # fmt: skip # one story
    assert told[0]["label"] == {"name": "sev-1"}
    assert told[2]["deletedCommentAuthor"]["login"] == "kim"
    assert told[5]["previousTitle"] == INCIDENT
    assert told[6]["stateReason"] == "DUPLICATE"
    assert told[8]["source"]["number"] == 2
    assert told[9]["createdAt"] == "2026-03-14T02:08:00Z"


def test_the_bot_is_a_bot_and_knows_its_own() -> None:
    """GraphQL leaves [bot] out of its login; viewerDidAuthor and viewerHasReacted follow the token."""
    made = world()
    call(made, "POST", "issues", {"title": "mine"})
    comment = call(made, "POST", "issues/1/comments", {"body": "x"})[2]
    call(made, "POST", f"issues/comments/{comment['id']}/reactions", {"content": "rocket"})
    mine, theirs = thread(made), thread(made, who="alex")
    assert mine["author"] == {"__typename": "Bot", "login": "github-actions"}
    assert (mine["viewerDidAuthor"], theirs["viewerDidAuthor"]) == (True, False)
    shown = mine["timelineItems"]["nodes"][0]
    assert shown["fullDatabaseId"] == str(comment["id"])
    assert shown["id"] == comment["node_id"]
    reacted = [group["content"] for group in shown["reactionGroups"] if group["viewerHasReacted"]]
    assert (reacted, len(shown["reactionGroups"])) == (["ROCKET"], 8)
    assert not any(group["viewerHasReacted"] for group in theirs["timelineItems"]["nodes"][0]["reactionGroups"])


def test_an_edit_names_its_editor_and_a_deleted_account_nobody() -> None:
    """The last editor stands beside the author; who deleted the account is null in GraphQL."""
    made = world()
    number = made.person("kim").opens(INCIDENT)
    comment = made.person("kim").comments(number, "one")
    made.clock.advance(60)
    made.person("jordan").edits_comment(comment, "two")
    told = items(made)[0]
    assert (told["editor"]["login"], told["lastEditedAt"]) == ("jordan", "2026-03-14T02:01:00Z")
    made.remove_account("kim")
    assert items(made)[0]["author"] is None
    assert call(made, "GET", "issues/1")[2]["user"]["login"] == "ghost"


def test_a_long_timeline_comes_in_pages() -> None:
    """Cursors lead from page to page, also when a comment of the first page is gone meanwhile."""
    made = world()
    number = made.person("kim").opens(INCIDENT)
    ids = [made.person("kim").comments(number, str(count)) for count in range(120)]
    first = thread(made, number)["timelineItems"]
    assert (len(first["nodes"]), first["pageInfo"]["hasNextPage"]) == (100, True)
    made.person("kim").deletes_comment(ids[99])
    after = first["pageInfo"]["endCursor"]
    read = ask(made, documents.MORE_ITEMS, number=number, after=after, **WHERE)
    more = read["data"]["repository"]["issue"]["timelineItems"]
    bodies = [node["body"] for node in more["nodes"] if node["__typename"] == "IssueComment"]
    assert (bodies, more["pageInfo"]["hasNextPage"]) == ([str(count) for count in range(100, 120)], False)


def test_an_index_asks_by_label_state_and_time() -> None:
    """Labels match without case; `since` leaves out what nobody touched."""
    made = world()
    jordan = made.person("jordan")
    jordan.opens("old", labels=["sev-1"])
    made.clock.advance(hours=1)
    jordan.opens("new", labels=["Sev-1"])
    jordan.closes(jordan.opens("closed", labels=["sev-1"]))
    asked: dict[str, Any] = {"l0": ["SEV-1"], "s0": ["OPEN"], "u0": "2026-03-14T03:00:00Z", "c0": None}
    read = ask(made, documents.threads(0, 1), **asked, **WHERE)
    assert read["data"]["repository"]["i0"]["nodes"] == [{"number": 2}]
    read = ask(made, documents.threads(0, 1), **{**asked, "u0": None}, **WHERE)
    assert [node["number"] for node in read["data"]["repository"]["i0"]["nodes"]] == [1, 2]


def test_the_rules_come_with_deployments_and_merges_newest_first() -> None:
    """A newer success makes the older one inactive; a pull request tells its merge."""
    made = world()
    jordan = made.person("jordan")
    jordan.deploys("production")
    made.clock.advance(60)
    jordan.merges(jordan.opens_pull("Undo"))
    jordan.deploys("production")
    rules = ask(made, documents.threads(0, 0, rules=True), **WHERE)["data"]["repository"]
    assert [row["latestStatus"]["state"] for row in rules["deployments"]["nodes"]] == ["SUCCESS", "INACTIVE"]
    assert rules["deployments"]["nodes"][0]["ref"] == {"name": "main"}
    assert rules["pullRequests"]["nodes"][0]["mergeCommit"]["oid"] == made.repository().head
    assert rules["config"] == {"text": "people: [alex]\n", "isTruncated": False}
    assert rules["configYaml"] is None


def test_a_reference_from_where_the_bot_cannot_look_blanks_its_event() -> None:
    """The error's path ends in `source`, and the node is null: the field is not nullable."""
    made = world()
    made.add_repository("harbour/vault", private=True)
    made.add_person("jordan", "write", "harbour/vault")
    made.person("jordan").opens(INCIDENT)
    made.person("jordan", "harbour/vault").opens("Secret", "see harbour/checkout#1")
    read = ask(made, documents.threads(1), n0=1, **WHERE)
    assert read["data"]["repository"]["t0"]["timelineItems"]["nodes"] == [None]
    assert read["errors"][0]["type"] == "FORBIDDEN"
    assert read["errors"][0]["path"] == ["repository", "t0", "timelineItems", "nodes", 0, "source"]


def test_what_is_not_there_is_an_error_with_a_type() -> None:
    """A missing thread or repository: NOT_FOUND and null; a missing permission: FORBIDDEN."""
    made = world({"contents": "read"})
    assert ask(made, documents.threads(1), n0=9, **WHERE)["errors"][0]["type"] == "NOT_FOUND"
    read = ask(made, documents.threads(1), n0=9, owner="harbour", name="nowhere")
    assert (read["data"]["repository"], read["errors"][0]["path"]) == (None, ["repository"])
    made.person("kim").opens(INCIDENT)
    assert ask(made, documents.threads(1), n0=1, **WHERE)["errors"][0]["type"] == "FORBIDDEN"


def test_hidden_text_and_code_mention_nobody() -> None:
    """A marker in a hidden comment, a fence or code makes no cross-reference; a whole address does."""
    made = world()
    alex = made.person("alex")
    number = alex.opens(INCIDENT)
    alex.opens("Quiet", f"<!-- key #{number} --> `#{number}`\n```\n#{number}\n```\n&#{number}; a#{number}")
    assert items(made, number) == []
    alex.opens("Loud", f"{made.html_url}/harbour/checkout/issues/{number}")
    alex.opens("Far", f"harbour/checkout#{number}")
    assert [item["source"]["title"] for item in items(made, number)] == ["Loud", "Far"]


def test_a_reference_shows_its_source_as_it_is_now() -> None:
    """What is remembered of a thread's items does not hide that a pull request was merged, or an issue deleted."""
    made = world()
    alex = made.person("alex")
    number = alex.opens(INCIDENT)
    pull = alex.opens_pull("Undo", f"for #{number}")
    note = alex.opens("Note", f"see #{number}")
    assert [item["source"].get("pullState") for item in items(made, number)] == ["OPEN", None]
    alex.merges(pull)
    alex.deletes(note)
    assert [item["source"].get("pullState") for item in items(made, number)] == ["MERGED"]


def test_minimising_folds_a_comment_away() -> None:
    """The one write that is not REST; it counts as a write."""
    made = world()
    made.person("kim").opens(INCIDENT)
    comment = call(made, "POST", "issues/1/comments", {"body": "x"})[2]
    done = ask(made, documents.MINIMISE, id=comment["node_id"])
    assert done["data"]["minimizeComment"]["minimizedComment"] == {"isMinimized": True}
    assert items(made)[0]["isMinimized"] is True
    assert made.counts.kinds["Minimise"] == 1
    assert made.counts.writes == 2
    assert ask(made, documents.MINIMISE, id="IC_nonsense")["errors"][0]["type"] == "NOT_FOUND"


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        ("issues { nodes { number } }", "MISSING_PAGINATION_BOUNDARIES"),
        ("issues(first: 101) { nodes { number } }", "EXCESSIVE_PAGINATION"),
        ("issues(first: 0) { nodes { number } }", "EXCESSIVE_PAGINATION"),
        (
            "issues(first: 100) { nodes { timelineItems(first: 100) { nodes { ... on CrossReferencedEvent { source "
            "{ ... on Issue { labels(first: 100) { nodes { name } } } } } } } } }",
            "MAX_NODE_LIMIT_EXCEEDED",
        ),
    ],
)
def test_github_s_limits_on_a_query(field: str, kind: str) -> None:
    """A page size is asked for, is 1 to 100, and all of them together stay below 500,000 nodes."""
    document = f'{{ repository(owner: "harbour", name: "checkout") {{ {field} }} }}'
    assert ask(world(), document)["errors"][0]["type"] == kind


def test_fifty_threads_cost_two_points_and_one_costs_one() -> None:
    """The world charges GitHub's published price; both computations of it agree."""
    made = world()
    for number in range(50):
        made.person("kim").opens(str(number))
    numbers: dict[str, Any] = {f"n{index}": index + 1 for index in range(50)}
    page, one = documents.threads(50, rules=True), documents.threads(1, rules=True)
    ask(made, page, **numbers, **WHERE)
    assert made.costs == {"Threads": 2}
    ask(made, one, n0=1, **WHERE)
    assert made.points_spent == 3
    assert (points(schema(), page), points(schema(), one)) == (2, 1)


def test_a_page_size_in_a_variable_is_priced_and_limited_by_its_value() -> None:
    """The price of a text is remembered for its page sizes only."""
    made = world()
    document = (
        'query Sized($size: Int!) { repository(owner: "harbour", name: "checkout") '
        "{ issues(first: $size) { nodes { labels(first: 1) { nodes { name } } } } } rateLimit { nodeCount } }"
    )
    counted = [ask(made, document, size=size)["data"]["rateLimit"]["nodeCount"] for size in (10, 100, 10)]
    assert counted == [20, 200, 20]
    assert ask(made, document, size=101)["errors"][0]["type"] == "EXCESSIVE_PAGINATION"


def test_points_run_out() -> None:
    """Over the hour's points GitHub answers 200 with an error."""
    made = world()
    made.rates.bot = 1
    made.person("kim").opens(INCIDENT)
    thread(made)
    read = ask(made, documents.threads(1), n0=1, **WHERE)
    assert read["errors"][0]["type"] == "RATE_LIMITED"


def test_a_document_that_the_schema_does_not_know_is_refused() -> None:
    """Unknown fields and broken syntax are errors with a place, and nothing is charged."""
    made = world()
    assert "locations" in ask(made, "{ nonsense }")["errors"][0]
    assert "locations" in ask(made, "{ viewer {")["errors"][0]
    assert made.points_spent == 0


def test_rate_limit_tells_what_is_left() -> None:
    """The price of the query that asks is included."""
    read = ask(world(), "{ rateLimit { cost limit remaining used nodeCount resetAt } viewer { login } }")
    assert read["data"]["rateLimit"] == {
        "cost": 1, "limit": 1000, "remaining": 999, "used": 1, "nodeCount": 0, "resetAt": "2026-03-14T03:00:00Z"
    }  # fmt: skip # one row


def test_a_thread_of_forty_items_takes_at_most_three_times_the_steps_of_twenty() -> None:
    """2,000 lifecycles read such threads 40,000 times: reading grows with the thread, not faster."""

    def cost(count: int) -> int:
        made = world()
        number = made.person("kim").opens(INCIDENT)
        for nth in range(count):
            made.person("kim").comments(number, f"comment {nth}")
        thread(made)
        return steps(lambda: thread(made))

    assert cost(40) <= 3 * cost(20)
