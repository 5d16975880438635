"""Everything that is said in a drill begins with the word, in a comment, on one line and in a letter."""

import pytest

from stanch.core.drill_bounds import MARK
from stanch.core.wanted import Text
from stanch.render.words import Words
from tests.golden.views import VIEWS


@pytest.mark.parametrize("name", ["comments/call", "comments/escalate", "notices/declared", "summary/nobody_called"])
def test_what_is_said_in_a_drill_begins_with_the_word(name: str) -> None:
    """The text itself stays as it is in earnest: the game is played with the real words."""
    words, usual = Words.load(), VIEWS[name]
    plain = words(usual)
    marked = words(Text(usual.template, {**usual.view, MARK: True}))
    head = marked.splitlines()[0]
    assert "Drill:" in head[:20]
    assert marked.rstrip("\n").endswith(plain.rstrip("\n"))
    assert marked.count("Drill:") == 1


def test_a_headline_stays_a_headline() -> None:
    """What a service shows first says both: that it is a drill, and what it is about."""
    usual = VIEWS["notices/declared"]
    first = Words.load()(usual).splitlines()[0]
    assert Words.load()(Text(usual.template, {**usual.view, MARK: True})).splitlines()[0] == f"Drill: {first}"


def test_a_view_cannot_mark_by_accident() -> None:
    """Only the value True marks; words of people never do."""
    usual = VIEWS["comments/call"]
    assert Words.load()(Text(usual.template, {**usual.view, MARK: "yes"})) == Words.load()(usual)
