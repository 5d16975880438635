"""What came to production through no pull request, read from the newest commits of its branch."""

from dataclasses import replace

import pytest

from stanch.core.landing import Landing, Landings, unreviewed

PUSHED, OLDER = Landing("c", "Mend it quickly", "alex"), Landing("a", "Begin", "sam")
INSTALLED = Landing("b", "Install the gate", "sam")
BRANCH = Landings("main", (PUSHED, INSTALLED, OLDER), "b")


def owed(of: Landings, *merged: str) -> list[str]:
    return [one.sha for one in unreviewed(of, frozenset(merged))]


def test_what_was_pushed_since_the_gate_was_installed_owes_a_review() -> None:
    """Newest first; neither the commit that installed it nor what is older."""
    again = Landing("d", "And again", "alex")
    assert owed(replace(BRANCH, commits=(again, *BRANCH.commits))) == ["d", "c"]


@pytest.mark.parametrize(
    ("of", "merged"),
    [
        (replace(BRANCH, commits=(replace(PUSHED, pulls=(41,)), INSTALLED)), ()),
        (BRANCH, ("c",)),
        (replace(BRANCH, installed=""), ()),
        (Landings("main"), ()),
    ],
    ids=["a pull request brought it", "its list does not name that yet", "no gate on this branch", "no such branch"],
)
def test_nothing_is_owed(of: Landings, merged: tuple[str, ...]) -> None:
    """For what went through the gate, or where there is none."""
    assert owed(of, *merged) == []


def test_all_in_sight_is_judged_where_the_gate_is_older() -> None:
    """The commit that installed it is on a later page."""
    assert owed(replace(BRANCH, installed="f")) == ["c", "b", "a"]
