"""From a file on the default branch to the card, to what was followed, to the issue in which it is mended."""

from stanch.core.marker import marker_of
from tests.app.rig import Rig
from tests.shelves import front_matter

PATH = "runbooks/queue-backlog.md"


def opened(rig: Rig, owner: str = "morgan", title: str = "Queue backlog: jobs wait, nothing is worked off") -> int:
    """An incident about a queue, with a card, in a repository with a runbook for it."""
    text = front_matter(symptoms="[jobs wait in the queue]", owner=owner, last_reviewed="2026-03-01")
    rig.world.person("alex").pushes(PATH, text)
    number = rig.world.person("alex").opens(title, "", labels=["sev-2"])
    assert rig.look(number).code == 0
    return number


def card(rig: Rig, number: int) -> str:
    return next(one.body for one in rig.world.issue(number).comments if f"={number}/card " in one.body.split("\n")[0])


def test_a_runbook_is_suggested_followed_and_mended(rig: Rig) -> None:
    """The card links it; its failure opens one issue for its owner, which the card names; then all is quiet."""
    number = opened(rig)
    assert f"[Queue backlog](https://github.com/harbour/checkout/blob/HEAD/{PATH})" in card(rig, number)
    rig.world.person("jordan").comments(number, "/runbook Queue backlog failed its dashboard is gone")
    assert rig.look(number).code == 0
    (child,) = [one for one in rig.world.repository().issues.values() if one.title.startswith("Runbook failed")]
    marker = marker_of(child.body or "")
    assert marker is not None
    assert (marker.key, tuple(child.assignees)) == (f"{number}/runbook/queue-backlog", ("morgan",))
    assert tuple(child.labels) == ("runbook",)
    assert f"to be mended in #{child.number}): its dashboard is gone" in card(rig, number)
    assert rig.look(number, "--json").writes == []


def test_an_owner_who_cannot_be_assigned_is_named_in_the_issue(rig: Rig) -> None:
    """Nobody is assigned, nothing fails, and whoever reads it knows why."""
    number = opened(rig, owner="sam")
    rig.world.person("jordan").comments(number, "/runbook queue-backlog failed its dashboard is gone")
    assert rig.look(number).code == 0
    (child,) = [one for one in rig.world.repository().issues.values() if one.title.startswith("Runbook failed")]
    assert not child.assignees
    assert "its owner, `sam`, cannot be assigned here" in (child.body or "")


def test_a_file_that_cannot_be_read_harms_nothing(rig: Rig) -> None:
    """Broken front matter, no front matter, no text: the others are still suggested, and no run turns red."""
    for name, text in (("torn", "---\nowner: [\n"), ("README", "# Runbooks\n"), ("binary", "\0")):
        rig.world.person("alex").pushes(f"runbooks/{name}.md", text)
    number = opened(rig)
    assert "[Queue backlog]" in card(rig, number)
    rig.world.person("jordan").comments(number, "/runbook torn failed it cannot be read")
    assert rig.look(number).code == 0
    assert "❌ `torn` failed" in card(rig, number)


def test_a_review_of_the_file_does_not_disturb_the_card(rig: Rig) -> None:
    """Only what it shows is written; a runbook that is gone is no longer suggested."""
    number = opened(rig)
    text = front_matter(symptoms="[jobs wait in the queue]", owner="morgan", last_reviewed="2026-03-17")
    rig.world.person("alex").pushes(PATH, text)
    assert rig.look(number, "--json").writes == []
    rig.world.person("alex").pushes(PATH, "# Nothing\n")
    rig.look(number)
    assert "### Runbooks" not in card(rig, number)


def test_what_fails_again_is_added_to_the_issue_that_is_open(rig: Rig) -> None:
    """By a second person, and in a second incident: one issue for its owner, each failure on it once, then quiet."""
    first = opened(rig)
    rig.world.person("jordan").comments(first, "/runbook queue-backlog failed its dashboard is gone")
    assert rig.look(first).code == 0
    (child,) = [one for one in rig.world.repository().issues.values() if one.title.startswith("Runbook failed")]
    second = opened(rig, title="Queue backlog again: jobs wait")
    rig.world.person("morgan").comments(first, "/runbook queue-backlog failed <!-- x --> and @alex knows nothing of it")
    rig.world.person("jordan").comments(second, "/runbook queue-backlog failed its dashboard is still gone")
    for number in (first, second, first, second):
        assert rig.look(number).code == 0
    markers = [marker_of(one.body) for one in rig.world.issue(child.number).comments]
    keys = [f"{first}/runbook/queue-backlog/morgan", f"{second}/runbook/queue-backlog/jordan"]
    assert [marker.key for marker in markers if marker] == keys
    assert "<!-- x" not in rig.world.issue(child.number).comments[0].body
    assert "@alex" not in rig.world.issue(child.number).comments[0].body
    assert f"to be mended in #{child.number}): its dashboard is still gone" in card(rig, second)
    assert [rig.look(number, "--json").writes for number in (first, second)] == [[], []]
