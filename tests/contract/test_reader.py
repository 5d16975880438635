"""The reader against the embedded GitHub."""

from datetime import UTC, datetime

import pytest

from stanch.adapters.pull_reader import PullReader
from stanch.adapters.round import Watch
from stanch.core.access import Access
from stanch.core.errors import Forbidden, NoSuchThread, NotReadable
from stanch.core.thread import Actor, CloseReason, EventKind, Mark
from stanch.core.writes import CreateComment, React
from tests.contract.scenes import CONFIG, connected, ends, incident, shop


def test_a_whole_incident_is_read_at_once() -> None:
    """One read brings the issue, its items in order and what stands around it."""
    world = shop()
    number = incident(world)
    with connected(world) as github:
        repository, thread = github.reader.thread(number)
        assert github.reader.reads == 1
    assert (repository.full_name, repository.default_branch) == ("team/shop", "main")
    assert (repository.config, repository.codeowners) == (CONFIG, "* @alex\n")
    assert [merge.title for merge in repository.merges] == ["Undo"]
    assert [(one.environment, one.state) for one in repository.deployments] == [("production", "success")]
    assert (thread.number, thread.title, thread.body) == (number, "Checkout is slow", "since\nthree")
    assert (thread.author, thread.at) == (Actor("alex"), datetime(2026, 3, 14, 2, tzinfo=UTC))
    assert (thread.open, thread.labels, thread.assignees, thread.ours) == (True, (), (), False)
    assert [comment.body for comment in thread.comments] == ["/ack", "first"]
    assert thread.comments[1].editor == Actor("alex")
    assert [(event.kind, event.subject) for event in thread.events] == [
        (EventKind.LABELED, "sev-1"),
        (EventKind.COMMENT_DELETED, "alex"),
        (EventKind.ASSIGNED, "sam"),
        (EventKind.UNASSIGNED, "sam"),
        (EventKind.RENAMED, "Checkout is down"),
        (EventKind.REFERENCED, ""),
        (EventKind.UNLABELED, "sev-1"),
        (EventKind.CLOSED, ""),
        (EventKind.REOPENED, ""),
        (EventKind.REFERENCED, ""),
    ]
    sources = [event.source for event in thread.events if event.source]
    assert [(source.title, source.state, source.is_pull_request) for source in sources] == [
        ("Elsewhere", "open", False),
        ("Undo", "merged", True),
    ]
    assert [event.reason for event in thread.events if event.reason] == [CloseReason.NOT_PLANNED]


def test_our_own_comments_and_marks_are_told_from_others() -> None:
    """`ours` and the marks are this token's; the bot's login is GraphQL's."""
    world = shop()
    number = world.person("alex").opens("Down", labels=["sev-1"])
    said = world.person("alex").comments(number, "/ack")
    world.person("alex").reacts(said, "-1")
    with connected(world) as github:
        github.writer.apply(React(number, said, Mark.ACCEPTED))
        made = github.writer.apply(CreateComment(number, "key", "Hello"))
        _, thread = github.reader.thread(number)
    first, second = thread.comments
    assert (first.id, first.ours, first.marks) == (said, False, frozenset({Mark.ACCEPTED}))
    assert (second.id, second.ours, second.author) == (made.id, True, Actor("github-actions", is_bot=True))


def test_a_mention_from_a_hidden_repository_keeps_its_place() -> None:
    """What the token may not see is a reference without a source, and the rest of the thread is read."""
    world = shop()
    world.add_repository("team/secret", private=True)
    world.add_person("kim", "write", "team/secret")
    number = world.person("alex").opens("Down", labels=["sev-1"])
    world.clock.advance(minutes=1)
    world.person("kim", "team/secret").opens("Plans", f"see team/shop#{number}")
    world.clock.advance(minutes=1)
    world.person("alex").comments(number, "still here")
    with connected(world) as github:
        _, thread = github.reader.thread(number)
    assert [event.source for event in thread.events if event.kind is EventKind.REFERENCED] == [None]
    assert [comment.body for comment in thread.comments] == ["still here"]


@pytest.mark.parametrize("comments", [99, 100, 101, 250])
def test_a_long_thread_costs_one_read_per_hundred_items(comments: int) -> None:
    """Nothing beyond the first page is missed."""
    world = shop()
    alex = world.person("alex")
    number = alex.opens("Long")
    for n in range(comments):
        alex.comments(number, str(n))
    with connected(world) as github:
        _, thread = github.reader.thread(number)
        assert github.reader.reads == -(-comments // 100)
    assert [comment.body for comment in thread.comments] == [str(n) for n in range(comments)]


def test_a_sweep_reads_each_watched_issue_once() -> None:
    """By label and state; an issue with two of the labels comes once, one without any does not come."""
    world = shop()
    alex = world.person("alex")
    both = alex.opens("Both", labels=["sev-1", "post-mortem"])
    closed = alex.opens("Closed", labels=["sev-1"])
    alex.closes(closed)
    review = alex.opens("Review", labels=["post-mortem"])
    alex.closes(review)
    alex.opens("Other")
    watches = [Watch("SEV-1"), Watch("post-mortem", ("OPEN", "CLOSED"))]
    with connected(world) as github:
        found = [thread.number for _, thread in github.reader.threads(watches)]
        assert github.reader.reads == 2
    assert sorted(found) == [both, review]


def test_a_sweep_can_leave_old_issues_out() -> None:
    """Only what was updated since the given instant."""
    world = shop()
    alex = world.person("alex")
    alex.opens("Old", labels=["sev-1"])
    world.clock.advance(minutes=60)
    new = alex.opens("New", labels=["sev-1"])
    watch = Watch("sev-1", ("OPEN",), datetime(2026, 3, 14, 2, 30, tzinfo=UTC))
    with connected(world) as github:
        assert [thread.number for _, thread in github.reader.threads([watch])] == [new]


def test_a_sweep_over_many_issues_keeps_to_its_budget() -> None:
    """One read for the rules, one for each fifty issues, and at most two points a page."""
    world = shop()
    alex = world.person("alex")
    numbers = [alex.opens(str(n), labels=["sev-1"]) for n in range(120)]
    with connected(world) as github:
        found = [thread.number for _, thread in github.reader.threads([Watch("sev-1")])]
        assert github.reader.reads == 1 + 3
    assert found == numbers
    assert world.points_spent <= 2 * 4


def test_a_pull_request_is_told_from_an_issue() -> None:
    """They share their numbers."""
    world = shop()
    number = world.person("alex").opens_pull("Fix")
    with connected(world) as github:
        assert github.reader.thread(number)[1].is_pull_request


def test_children_are_found_by_number_and_by_label() -> None:
    """A pull request and a number that never was are no children."""
    world = shop()
    alex = world.person("alex")
    named = alex.opens("By number", "body")
    labelled = alex.opens("By label", labels=["post-mortem"])
    pull = alex.opens_pull("Fix")
    with connected(world) as github:
        found = github.reader.children([named, pull, 999], "post-mortem")
        assert github.reader.reads == 1
    assert [(child.number, child.title, child.ours) for child in found] == [
        (named, "By number", False),
        (labelled, "By label", False),
    ]


@pytest.mark.parametrize(
    ("login", "access"),
    [
        ("alex", Access.WRITE),
        ("morgan", Access.MAINTAIN),
        ("sam", Access.TRIAGE),
        ("riley", Access.READ),
        ("nobody-at-all", Access.NONE),
        ("ghost", Access.NONE),
    ],
)
def test_rights_are_asked_of_the_permission_endpoint(login: str, access: Access) -> None:
    """Maintain is write, triage is told apart from read, unknown people have none."""
    with connected(shop()) as github:
        assert github.reader.access(login) is access


def test_an_issue_that_is_gone_is_no_thread() -> None:
    """Deleted, transferred or never there."""
    world = shop()
    world.add_repository("team/other")
    for repository in ("team/shop", "team/other"):
        world.add_person("kim", "admin", repository)
    owner = world.person("kim")
    deleted, moved = owner.opens("Mistake"), owner.opens("Elsewhere")
    owner.deletes(deleted)
    owner.transfers(moved, "team/other")
    with connected(world) as github:
        for number in (deleted, moved, 999):
            with pytest.raises(NoSuchThread):
                github.reader.thread(number)


def test_a_wrong_token_is_told_as_such() -> None:
    """401 is a token's fault, not an empty repository."""
    with connected(shop()) as github:
        wrong = ends("ghs_wrong", github.address)
        with pytest.raises(Forbidden):
            wrong.reader.thread(1)
        with pytest.raises(Forbidden):
            wrong.reader.access("alex")
        wrong.client.close()


def test_a_repository_that_is_not_there_is_not_empty() -> None:
    """A wrong name fails the read instead of finding nothing."""
    world = shop()
    world.repos["team/stall"] = world.repos.pop("team/shop")
    with connected(world) as github, pytest.raises(NotReadable):
        list(github.reader.threads([Watch("sev-1")]))


def test_a_long_talk_about_a_pull_request_is_read_to_its_end() -> None:
    """A read for each further 100 items; that its base was changed late is seen too."""
    world = shop()
    sam, alex = world.person("sam"), world.person("alex")
    alex.pushes_to("production", {"p": "p"})
    number = alex.opens_pull("Mend", "", "hotfix/mend", files={"a.py": "1\n"})
    for count in range(120):
        sam.comments(number, f"{count}")
    world.clock.advance(60)
    alex.retargets(number, "production")
    with connected(world) as github:
        pulls = PullReader(github.client, "team", "shop")
        _, _, pull = pulls.pull(number)
        assert github.client.reads.count == 2
    assert [one.body for one in pull.thread.comments] == [str(count) for count in range(120)]
    assert pull.retargets == (datetime(2026, 3, 14, 2, 1, tzinfo=UTC),)
    assert pull.base == "production"
