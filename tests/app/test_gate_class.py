"""What a change is, read from GitHub itself: a revert is one by content, and bringing something back is none."""

from collections.abc import Iterator

import pytest

from stanch.app.stage import stage
from tests.gated import AFTER, BEFORE, BODY, CODE, Hotfix, harbour, hotfix


@pytest.fixture
def found() -> Iterator[Hotfix]:
    """An incident, and nothing opened for it yet."""
    with stage(harbour()) as connected:
        yield hotfix(connected)


def reverts(one: Hotfix, sha: str, text: str, title: str) -> Hotfix:
    """A pull request whose one commit says that it reverts another."""
    one.world.clock.advance(minutes=20)
    jordan, branch = one.world.person("jordan"), f"hotfix/back-{sha[:7]}"
    jordan.pushes_to(branch, {CODE: text}, f"{title}\n\nThis reverts commit {sha}.")
    one.number = jordan.opens_pull(title, BODY.replace("{incident}", str(one.incident)), branch)
    one.look()
    return one


def test_a_revert_needs_no_proof(found: Hotfix) -> None:
    """The file is again what it was before the commit, which production has."""
    sha = found.world.person("alex").pushes(CODE, AFTER, "Round the total (#3)")
    reverts(found, sha, BEFORE, 'Revert "Round the total (#3)"')
    assert "Pure revert for" in found.card
    assert "⚪ | H003" in found.card


def test_a_revert_with_one_more_line_needs_it(found: Hotfix) -> None:
    """Something is sneaked in."""
    sha = found.world.person("alex").pushes(CODE, AFTER, "Round the total (#3)")
    reverts(found, sha, BEFORE + "import os\n", 'Revert "Round the total (#3)"')
    assert "Hotfix for" in found.card
    assert "⏳ | H003" in found.card


@pytest.mark.parametrize("title", ['Revert "Revert "Round the total (#3)""', "Round it after all"])
def test_what_brings_a_change_back_needs_it(found: Hotfix, title: str) -> None:
    """Whatever it calls itself: the commit that it reverts was a revert."""
    alex = found.world.person("alex")
    first = alex.pushes(CODE, AFTER, "Round the total (#3)")
    second = alex.pushes(CODE, BEFORE, f'Revert "Round the total (#3)" (#4)\n\nThis reverts commit {first}.')
    reverts(found, second, AFTER, title)
    assert "Hotfix for" in found.card
    assert "⏳ | H003" in found.card


@pytest.mark.parametrize(("labelled", "state"), [(False, "failure"), (True, "success")])
def test_what_names_only_a_drill_is_no_hotfix(found: Hotfix, labelled: bool, state: str) -> None:  # a table's cell
    """Whoever mends something for real during a game day is not held up by the game; in earnest they are."""
    if labelled:
        found.world.person("alex").labels(found.incident, "drill")
    found.opened(branch="fix/rounding").look()
    assert (found.state, bool(found.card)) == (state, not labelled)
    assert not any(f"/merged/{found.number}" in one.body for one in found.world.issue(found.incident).comments)


def test_a_hotfix_that_names_only_a_drill_is_told_so(found: Hotfix) -> None:
    """By its branch it is one; a game is no incident that it could belong to."""
    found.world.person("alex").labels(found.incident, "drill")
    found.opened().look()
    assert found.state == "failure"
    assert f"#{found.incident} is" in found.card
