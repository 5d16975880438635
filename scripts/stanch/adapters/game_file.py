"""Scenarios of game days: those that ship with Stanch, and files of a team's own."""

import re
from importlib import resources
from pathlib import Path

from stanch.adapters.config_file import MOST_BYTES, read_source
from stanch.core.errors import UsageProblem
from stanch.core.game import Game
from stanch.core.game_file import game_of
from stanch.core.markdown import bare

SHOWN_PROBLEMS = 5


def names() -> tuple[str, ...]:
    """The scenarios that ship with Stanch."""
    folder = resources.files("stanch") / "games"
    return tuple(sorted(entry.name.removesuffix(".yml") for entry in folder.iterdir() if entry.name.endswith(".yml")))


def read_game(name: str) -> Game:
    """A scenario by its name, or from a file. Raises UsageProblem, which says what is wrong with it and where."""
    if name in names():
        return _read(name, name, (resources.files("stanch") / "games" / f"{name}.yml").read_bytes())
    shown = bare(name, 200)
    try:
        with Path(name).open("rb") as file:
            text = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as problem:
        known = ", ".join(names())
        raise UsageProblem(f'There is no game day "{shown}": choose {known}, or name a file.') from problem
    return _read(_slug(Path(name).stem), shown, text)


def _read(slug: str, shown: str, text: bytes) -> Game:
    game, problems = game_of(slug, read_source(text, shown))
    if game is None:
        told = [*map(str, problems[:SHOWN_PROBLEMS]), *(["and more"] if len(problems) > SHOWN_PROBLEMS else [])]
        raise UsageProblem(f"{shown} cannot be played: {'; '.join(told)}.")
    return game


def _slug(stem: str) -> str:
    """What a marker can hold."""
    return re.sub(r"[^a-z0-9]+", "-", stem.lower())[:60].strip("-") or "game"
