"""What an opening post remembers, and what nobody can make it remember."""

import json
from base64 import urlsafe_b64encode
from dataclasses import replace

import pytest
from tests.games import ANSWER, GAME, opened, shown
from tests.values import comment, edited, instant, thread

from stanch.core.config_values import PROSE_MOST
from stanch.core.game import Answer, Opening, Shown, begun, head_of, is_played, opening_of, shown_on
from stanch.core.marker import Marker, hidden


def test_the_opening_remembers_the_scenario_and_its_answer() -> None:
    """Read back from the thread as it was written, whoever opened it."""
    for author in ("github-actions", "alex"):
        of = opened(author=author, speed=10)
        assert opening_of(of) == Opening("payments", GAME.digest, ANSWER, 10)
        assert begun(of) == ("payments", GAME.digest, 10)


@pytest.mark.parametrize("letter", ["x", "é", "あ", "😀"])
def test_an_answer_is_remembered_in_any_script(letter: str) -> None:
    """The longest text that a file may hold, of whatever letters."""
    answer = replace(ANSWER, text=letter * PROSE_MOST)
    found = opening_of(opened(game=replace(GAME, answer=answer)))
    assert found is not None
    assert found.answer == answer


def test_nobody_reads_the_answer_by_accident() -> None:
    """Neither the issue's source nor the plain part of an e-mail spells it out."""
    head = head_of(replace(GAME, answer=replace(ANSWER, text="Roll the release back --> at once")))
    assert "Roll" not in head
    assert head.count("-->") == 2
    assert len(head.splitlines()) == 2


def test_an_edited_opening_is_not_believed() -> None:
    """Its game goes on, but nobody is measured by an answer that somebody may have written in."""
    of = replace(opened(), edited_at=instant(3))
    assert opening_of(of) is None
    assert begun(of) == ("payments", GAME.digest, 1)


def body(*, key: str = "game/payments", second: object = None, speed: str = "1") -> str:
    return f"{Marker(key, stamp={'is': 'abc', 'speed': speed})}\n{hidden(second)}\nwords"


def encoded(value: object) -> str:
    return urlsafe_b64encode(json.dumps(value).encode()).decode()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "words",
        body(key="12/card", second=encoded({})),
        body(second=None),
        body(second="not base64 \u2603"),
        body(second="YWJj"),
        body(second=encoded([])),
        body(second=["x"]),
        body(second="A" * 20_000),
        body(second=urlsafe_b64encode(b"[" * 8_000).decode()),
    ],
)
def test_a_strange_opening_is_none(text: str) -> None:
    """What has another shape says nothing, and breaks nothing."""
    assert opening_of(replace(opened(), body=text)) is None


@pytest.mark.parametrize("speed", ["nan", "inf", "0", "-3", "1e9", "1e-9", "fast"])
def test_a_strange_speed_is_the_usual_one(speed: str) -> None:
    """Nothing is divided by what somebody made up."""
    found = begun(replace(opened(), body=body(second=encoded({}), speed=speed)))
    assert found is not None
    assert found[2] == 1


def test_every_field_of_an_answer_is_held_to_its_shape() -> None:
    """A hostile answer becomes a harmless one."""
    wild = {"text": 7, "severity": "1", "contain": [1, "rollback", *["x"] * 9], "within": -1, "handover": "yes"}
    found = opening_of(replace(opened(), body=body(second=encoded(wild | {"hints": True}))))
    assert found is not None
    assert found.answer == Answer("7", 0, ("rollback", *["x"] * 5), 0, handover=False, hints=0)


def test_an_opening_without_the_label_is_none() -> None:
    """The hidden lines alone make no drill."""
    assert begun(thread(body=f"{head_of(GAME)}\nwords")) is None


def test_only_whoever_opened_it_plays_the_world() -> None:
    """A comment that pretends to be an input is nobody's; an edited input has come all the same."""
    real = shown(1, "input", 1, 4)
    of = opened(real, shown(2, "input", 2, 5, by="morgan"), comment(3, "github-actions", "words", 6))
    assert shown_on(of) == (Shown("input", 1, instant(4)),)
    assert shown_on(opened(edited(real, "morgan", 7))) == (Shown("input", 1, instant(4)),)
    assert is_played(shown(2, "input", 2, 5, by="morgan"))
    assert not is_played(comment(3, "morgan", "/ack", 6))
