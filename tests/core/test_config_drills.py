"""The section `drills:`: whether a game day is told outside of GitHub."""

import pytest

from stanch.adapters.config_file import read_config


@pytest.mark.parametrize(
    ("text", "marked"),
    [("", False), ("drills:\n", False), ("drills: {notices: none}", False), ("drills: {notices: marked}", True)],
)
def test_nobody_hears_of_a_drill_unless_the_team_says_so(text: str, marked: bool) -> None:
    """By default nothing leaves."""
    loaded = read_config(text)
    assert loaded.problems == ()
    assert loaded.config.drills.marked is marked


def test_a_typo_keeps_drills_quiet() -> None:
    """Whatever is wrong with the file, a game is never told by mistake."""
    loaded = read_config("drills: {notices: loud}")
    assert not loaded.config.drills.marked
    assert [str(one) for one in loaded.problems] == [
        '.github/stanch.yml:1:19: drills.notices is "loud"; write one of none, marked'
    ]
    assert not read_config("drills: {notices: marked}\nx: 1").config.drills.marked
