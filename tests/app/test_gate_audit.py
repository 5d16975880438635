"""What goes round the gate is found afterwards: by the event, and by the sweep alone where the event was lost."""

from collections.abc import Callable, Iterator

import pytest

from stanch.adapters.payload import Trigger
from stanch.app.gate_events import react
from stanch.app.stage import stage
from stanch.app.sweep import sweep
from stanch.core.gate import CONTEXT
from stanch.sandbox.records import Event, Issue
from tests.gated import BODY, CODE, GATE_WORKFLOW, INSTALLED, TEST, TESTED, Hotfix, harbour, hotfix

Way = Callable[[Hotfix], None]


@pytest.fixture
def found() -> Iterator[Hotfix]:
    """An incident, whose hotfix is still to be opened."""
    with stage(harbour()) as connected:
        yield hotfix(connected)


def by_event(one: Hotfix) -> None:
    """The run that the merge starts."""
    list(react(one.stage.desk(), Trigger("pull_request", "closed", one.number, is_pull_request=True)))


def by_sweep(one: Hotfix) -> None:
    """The event was lost, and a sweep comes by five hours later."""
    one.world.clock.advance(hours=5)
    list(sweep(one.stage.desk()))


def merged_red(one: Hotfix) -> None:
    """By an administrator, whom no required status stops."""
    one.opened().look()
    one.world.person("alex").merges(one.number, "squash")


def merged_with_a_forged_status(one: Hotfix) -> None:
    """A writer reports the gate's own context as green, and merges."""
    one.opened().look()
    one.world.person("jordan").reports(one.head, "success", CONTEXT, "All 13 rules pass")
    one.world.person("jordan").merges(one.number, "squash")


def merged_with_another_gate(one: Hotfix) -> None:
    """The pull request edits the gate's workflow, whose run on it then says what it likes, with the bot's token."""
    one.opened(
        **{GATE_WORKFLOW.replace("/", "__"): "name: stanch-hotfix\n# always green\n", CODE.replace("/", "__"): "x"}
    )
    one.look()
    one.world.http(
        "POST",
        f"/repos/harbour/checkout/statuses/{one.head}",
        {"Authorization": f"Bearer {one.world.bot_token}"},
        f'{{"state": "success", "context": "{CONTEXT}"}}',
    )
    assert one.state == "success"
    one.world.person("jordan").merges(one.number, "squash")


def approved_afterwards(one: Hotfix) -> None:
    """Everything else stood, and somebody approves a minute after the merge."""
    one.opened().look()
    one.proven()
    one.look()
    one.world.person("alex").merges(one.number, "squash")
    one.world.clock.advance(minutes=1)
    one.world.person("morgan").approves(one.number)


LARGE = {CODE.replace("/", "__"): "x = 1\n" * 80, TEST.replace("/", "__"): TESTED}


def waived_afterwards(one: Hotfix) -> None:
    """Eighty lines with a reason, and a maintainer waives them a minute after the merge."""
    one.opened(BODY + "Why not smaller: it stands in many places\n", **LARGE)
    one.proven()
    one.approved()
    one.look()
    one.world.person("alex").merges(one.number, "squash")
    one.world.clock.advance(minutes=1)
    one.world.person("sam").comments(one.number, "/waive H006 it cannot be any smaller")


def staged_afterwards(one: Hotfix) -> None:
    """It goes to staging a minute after it was merged."""
    one.world.person("jordan").deploys("staging")
    one.opened()
    one.proven()
    one.approved()
    one.look()
    one.world.person("alex").merges(one.number, "squash")
    one.world.clock.advance(minutes=1)
    one.world.person("jordan").deploys("staging", one.head)


def merged_by_a_merge_commit(one: Hotfix) -> None:
    """A green hotfix that was not squashed."""
    one.opened().green()
    one.world.person("jordan").merges(one.number, "merge")


def merged_before_any_look(one: Hotfix) -> None:
    """Opened and merged in a moment."""
    one.opened()
    one.world.person("jordan").merges(one.number, "squash")


WAYS = {
    merged_red: "H004",
    merged_with_a_forged_status: "H004",
    merged_with_another_gate: "H006",
    approved_afterwards: "H004",
    waived_afterwards: "H006",
    staged_afterwards: "H005",
    merged_by_a_merge_commit: "H009",
    merged_before_any_look: "H003",
}


def test_a_waiver_after_the_merge_is_refused(found: Hotfix) -> None:
    """It is answered, and the incident hears nothing of it."""
    waived_afterwards(found)
    by_sweep(found)
    assert any("a waiver lets nothing through any more" in one.body for one in found.issue.comments)
    assert not [key for key in found.keys(found.incident) if "/waiver/" in key]


@pytest.mark.parametrize("find", [by_event, by_sweep])
@pytest.mark.parametrize("way", WAYS)
def test_a_hotfix_merged_without_a_green_gate_owes_one_review(found: Hotfix, way: Way, find: Way) -> None:
    """One issue, linked to its incident, that names what did not stand; the incident and the card say it too."""
    way(found)
    find(found)
    owed = only(found)
    assert f"#{found.number}" in owed.title
    assert f"the incident #{found.incident}" in (owed.body or "")
    assert f"{WAYS[way]} " in (owed.body or "")
    assert (owed.body or "").count("- [ ] Read by") == 2
    assert found.incident in mentioned(found, owed.number)
    assert f"{found.incident}/merged/{found.number}" in found.keys(found.incident)
    assert "the gate was not green" in found.card
    assert f"#{owed.number}" in found.card
    by_sweep(found)
    by_event(found)
    only(found)


def linked_to(one: Hotfix) -> None:
    """It was green as no hotfix, and only then somebody linked the incident, in the sidebar: no event tells of that."""
    one.opened("Cents are lost.", branch="fix/rounding").look()
    assert one.state == "success"
    one.world.person("jordan").links(one.number, one.incident)


def test_a_link_in_the_sidebar_is_found_by_the_sweep(found: Hotfix) -> None:
    """From then on it is held to a hotfix's rules; a further look has nothing to write."""
    linked_to(found)
    by_sweep(found)
    assert (found.state, "❌ | H002" in found.card) == ("failure", True)
    assert found.look().writes == ()


def test_a_link_in_the_sidebar_is_found_after_the_merge(found: Hotfix) -> None:
    """Merged before the next sweep came by, which closes the incident as well, it owes a review."""
    linked_to(found)
    found.world.person("jordan").merges(found.number, "squash")
    by_sweep(found)
    assert len(found.children("review-owed")) == 1


def test_taking_the_link_away_lets_nothing_go(found: Hotfix) -> None:
    """Nor does lowering the severity oneself: it stays red, says what it was linked to, and owes a review later."""
    found.opened(branch="fix/rounding").look()
    jordan = found.world.person("jordan")
    jordan.edits_body(found.number, "Cents are lost.")
    found.look()
    assert (found.state, f"it was linked to #{found.incident} before" in found.card) == ("failure", True)
    jordan.unlabels(found.incident, "sev-2")
    jordan.labels(found.incident, "sev-3")
    found.look()
    assert found.state == "failure"
    found.world.person("alex").merges(found.number, "squash")
    by_sweep(found)
    assert len(found.children("review-owed")) == 1


def test_a_hotfix_merged_green_owes_none(found: Hotfix) -> None:
    """Its cause is followed, and no review is owed; nor when it is looked at again."""
    found.opened().green()
    found.world.person("jordan").merges(found.number, "squash")
    by_event(found)
    by_sweep(found)
    assert (len(found.children("root-cause")), found.children("review-owed")) == (1, [])
    assert "✅ Hotfix · merged" in found.card


def test_what_is_said_after_the_merge_changes_nothing(found: Hotfix) -> None:
    """The audit stands as it was first seen: an approval or a waiver that comes later does not make it green."""
    merged_red(found)
    by_event(found)
    found.world.person("morgan").approves(found.number)
    found.world.person("alex").comments(found.number, "/waive H003 it was proven by hand yesterday")
    found.proven()
    by_event(found)
    assert len(found.children("review-owed")) == 1
    assert "the gate was not green" in found.card


def test_an_incident_that_began_after_a_merge_was_not_mended_by_it() -> None:
    """A pull request of long ago whose text names it today, as what caused it, owes nothing and tells nothing."""
    with stage(harbour()) as connected:
        old = Hotfix(connected, 0).opened("A better name.", branch="feature/names")
        connected.world.person("jordan").merges(old.number, "squash")
        by_event(old)
        connected.world.clock.advance(hours=48)
        found = hotfix(connected)
        connected.world.person("jordan").edits_body(old.number, f"Incident: #{found.incident}")
        said = found.keys(found.incident)
        by_event(old)
        assert (old.keys(old.number), found.keys(found.incident)) == ([], said)
        assert (old.children("root-cause"), old.children("review-owed")) == ([], [])


def only(one: Hotfix) -> Issue:
    """The one review that is owed."""
    (owed,) = one.children("review-owed")
    return owed


def mentioned(one: Hotfix, number: int) -> set[int]:
    """The threads that this issue mentions, as GitHub tells it there."""
    threads = one.world.repository().issues.values()
    return {
        thread.number
        for thread in threads
        for event in thread.items
        if isinstance(event, Event) and event.source is not None and event.source[1] == number
    }


def pushed(one: Hotfix, path: str = CODE, text: str = "total = sum\n", message: str = "") -> str:
    said = message or f"Mend it quickly\n\nIncident: #{one.incident}"
    return one.world.person("alex").pushes(path, text, said)


def by_push(one: Hotfix) -> None:
    list(react(one.stage.desk(), Trigger("push", sha=one.world.repository().head, branch="main")))


@pytest.mark.parametrize("find", [by_push, by_sweep])
@pytest.mark.parametrize("path", [CODE, GATE_WORKFLOW])
def test_a_push_through_no_pull_request_owes_one_review(found: Hotfix, path: str, find: Way) -> None:
    """Also one that edits the gate's workflow itself. It is linked to the incident that its message names."""
    sha = pushed(found, path)
    find(found)
    owed = only(found)
    assert sha[:12] in (owed.body or "")
    assert f"the incident #{found.incident}" in (owed.body or "")
    assert found.incident in mentioned(found, owed.number)
    by_push(found)
    by_sweep(found)
    only(found)


def test_no_number_of_pushes_owes_one_review_twice(found: Hotfix) -> None:
    """A team that pushes straight to production: each commit owes one, and the next looks find them all."""
    for n in range(45):
        pushed(found, text=f"total = {n}\n")
    by_push(found)
    for _ in range(2):
        by_sweep(found)
    for n in range(45, 90):
        pushed(found, text=f"total = {n}\n")
    by_push(found)
    by_sweep(found)
    assert len(found.children("review-owed")) == 90


def test_each_review_tells_how_many_came_before(found: Hotfix) -> None:
    """Two pushes that are seen together, and a third one later: none, two and three in this month."""
    for n in range(3):
        pushed(found, text=f"total = {n}\n")
        if n:
            by_push(found)
    told = [issue.body.partition("Since the first of the month, ")[2][:9] for issue in found.children("review-owed")]
    assert sorted(told) == ["", "2 changes", "3 changes"]


def test_a_later_edit_of_the_gates_workflow_hides_no_push(found: Hotfix) -> None:
    """The event of the first push was lost, and the next one changes the workflow: both owe a review."""
    pushed(found)
    pushed(found, GATE_WORKFLOW, "name: stanch-hotfix\n# edited\n")
    by_push(found)
    assert len(found.children("review-owed")) == 2


@pytest.mark.parametrize("method", ["squash", "merge", "rebase"])
def test_what_came_through_a_pull_request_is_no_push(found: Hotfix, method: str) -> None:
    """However it was merged, and whatever it is: no commit of it owes a review for being pushed."""
    found.opened("A better name.", branch="feature/names").look()
    found.world.person("jordan").pushes_to("feature/names", {CODE: "total = 1\n"}, "And another")
    found.world.person("jordan").merges(found.number, method)
    by_push(found)
    by_sweep(found)
    assert found.children("review-owed") == []


def test_installing_the_gate_starts_no_storm() -> None:
    """What was pushed or merged before is left alone, red or not; what comes after is not."""
    with stage(harbour(installed=False)) as connected:
        found = hotfix(connected).opened()
        found.world.person("alex").merges(found.number, "squash")
        for n in range(5):
            pushed(found, text=f"total = {n}\n")
        for path, text in reversed(INSTALLED.items()):
            pushed(found, path, text, "Install the gate")
        by_push(found)
        by_sweep(found)
        by_event(found)
        assert (found.children("review-owed"), found.children("root-cause"), found.keys(found.number)) == ([], [], [])
        pushed(found, text="total = 9\n")
        by_push(found)
        only(found)


def test_where_the_gate_was_taken_out_no_push_owes_a_review(found: Hotfix) -> None:
    """Its file stands in the branch's history still; nobody asks for it any more."""
    found.world.person("alex").pushes_to("main", {GATE_WORKFLOW: None}, "Take the gate out")
    pushed(found)
    by_push(found)
    by_sweep(found)
    assert found.children("review-owed") == []


def test_a_push_to_another_branch_owes_no_review(found: Hotfix) -> None:
    """It brought nothing to production, even where the workflow listens to it."""
    sha = found.world.person("jordan").pushes_to("develop", {CODE: "total = 1\n"}, "Mend it quickly")
    list(react(found.stage.desk(), Trigger("push", sha=sha, branch="develop")))
    assert found.children("review-owed") == []
