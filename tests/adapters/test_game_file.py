"""Scenarios of game days: those that ship are sound, and a bad file is told what is wrong with it, and where."""

from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from stanch.adapters.game_file import names, read_game
from stanch.core.arguments import KINDS
from stanch.core.errors import UsageProblem
from stanch.core.game import head_of
from stanch.core.marker import LONGEST, marker_of

LEAST = "title: Down\nseverity: 2\nalert: It is down.\nlasts: 30m\n"


@pytest.mark.parametrize("name", names())
def test_what_ships_is_a_whole_game(name: str) -> None:
    """Something happens at least every quarter of an hour, hints are there, and a good answer is told."""
    game = read_game(name)
    moments = [timedelta(0), *(one.at for one in game.inputs), game.lasts]
    assert max(later - earlier for earlier, later in pairwise(moments)) <= timedelta(minutes=20)
    assert len(game.inputs) >= 5
    assert len(game.hints) >= 2
    assert game.answer.text
    assert game.answer.severity in {1, 2}
    assert set(game.answer.contain) <= set(KINDS)
    assert len(head_of(game)) < LONGEST
    assert marker_of(head_of(game)) is not None


def test_there_are_three() -> None:
    """Their names are promised by docs/game-days.md."""
    assert names() == ("database-fails-over", "leaked-secret", "payments-at-night")


def test_a_file_of_the_teams_own_is_played(tmp_path: Path) -> None:
    """Its name becomes a slug; everything but the first four keys may be left out."""
    file = tmp_path / "Our Own Game!.yml"
    file.write_text(LEAST)
    game = read_game(str(file))
    assert (game.name, game.title, game.inputs, game.hints, game.answer.text) == ("our-own-game", "Down", (), (), "")


def test_two_texts_of_one_scenario_are_told_apart(tmp_path: Path) -> None:
    """A game that was begun with one text does not go on with another."""
    file = tmp_path / "own.yml"
    file.write_text(LEAST)
    before = read_game(str(file)).digest
    assert read_game(str(file)).digest == before
    file.write_text(LEAST.replace("It is down", "It is slow"))
    assert read_game(str(file)).digest != before


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b"", "the file has the wrong shape"),
        (b"- a\n", "the file has the wrong shape"),
        (b"\xff\xfe", "not UTF-8"),
        (b"a: [", "not YAML"),
        (b"title: x\n" * 2, "written twice"),
        (LEAST.encode() + b"x" * 70_000, "bytes; at most"),
        (b"a: " + b"[" * 2_000, "nested deeper"),
        (b"a: &x 1\nb: *x\n", "anchors are not read"),
        (b"a: !!python/object:os.system 1\n", "tags are not read"),
        (b"title: x\n", "severity is missing"),
        (LEAST.encode() + b"inpts: []\n", 'unknown key "inpts"'),
        (
            LEAST.replace("severity: 2", "severity: 4").encode(),
            ":2:11: severity is 4; write a whole number from 1 to 3",
        ),
        (LEAST.replace("30m", "9h").encode(), "lasts is more than 8h"),
        (LEAST.replace("30m", "soon").encode(), 'lasts is "soon"'),
        (LEAST.encode() + b"inputs:\n  - {at: 5m, who: A, text: x}\n  - {at: 4m, who: A, text: x}\n", "comes before"),
        (LEAST.encode() + b"hints:\n  - {after: 31m, text: x}\n", "comes after the end"),
        (LEAST.encode() + b"inputs:\n" + b"  - {at: 5m, who: A, text: x}\n" * 51, "too many entries"),
        (LEAST.encode() + b"answer: {contain: [rolback]}\n", 'did you mean "rollback"?'),
        (LEAST.encode() + b"answer: {within: 2d}\n", ":5:18: answer.within is longer than the game"),
        (LEAST.encode() + b"answer: {handover: maybe}\n", "write true or false"),
        (LEAST.encode() + "alert2: \u202eevil\n".encode(), "invisible character"),
        (LEAST.replace("It is down.", "x" * 2_001).encode(), "too long"),
    ],
)
def test_a_bad_file_is_told_what_is_wrong_and_where(tmp_path: Path, text: bytes, told: str) -> None:
    """One sentence with the place, exit 2, and nothing of it is played."""
    file = tmp_path / "own.yml"
    file.write_bytes(text)
    with pytest.raises(UsageProblem, match="cannot be played") as caught:
        read_game(str(file))
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 4_000


@pytest.mark.parametrize("name", ["no-such", "a\0b", "x" * 5_000, "/", "../../etc/passwd-"])
def test_a_name_that_is_none_is_answered_with_those_that_are(name: str) -> None:
    """The names that ship, and that a file may be named."""
    with pytest.raises(UsageProblem, match="choose database-fails-over, leaked-secret, payments-at-night"):
        read_game(name)
