"""What docs/game-days.md shows is what can be played."""

import re
from pathlib import Path
from textwrap import dedent

from stanch.adapters.config_file import read_source
from stanch.adapters.game_file import names
from stanch.core.game_file import game_of

PAGE = (Path(__file__).parents[1] / "docs/game-days.md").read_text(encoding="utf-8")


def test_the_scenario_that_is_shown_can_be_played() -> None:
    """Whoever copies it has a game."""
    shown = re.search(r"^## A scenario of your own\n.*?\n\n((?:    [^\n]*\n)+)", PAGE, re.MULTILINE | re.DOTALL)
    assert shown
    game, problems = game_of("own", read_source(dedent(shown[1]), "own.yml"))
    assert problems == ()
    assert game is not None
    assert (len(game.inputs), len(game.hints), game.answer.severity) == (1, 1, 2)


def test_every_scenario_that_ships_is_named() -> None:
    """And no other one is played in the examples."""
    assert set(re.findall(r"--live ([a-z-]+[a-z])", PAGE)) | set(names()) == set(names())
    assert all(f"`{name}`" in PAGE for name in names())


def test_the_page_stays_short() -> None:
    """It is read before a game, not instead of one."""
    assert len(PAGE.splitlines()) <= 80
