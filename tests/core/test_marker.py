"""The hidden first line: what it says, and whose it must be to count."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.values import BOT, START, comment, edited, notice

from stanch.core.login import LOGIN
from stanch.core.marker import Marker, child_marker, hidden, instant_of, marker_of, revealed, stamp_of, trusted_marker
from stanch.core.reminding import Reminder, told_since
from stanch.core.thread import Child

KEY = st.from_regex(r"[0-9]{1,6}/[a-z]{1,12}(?:/[A-Za-z0-9:.+-]{1,30})?", fullmatch=True)


@given(KEY, st.lists(KEY, max_size=20), st.dictionaries(st.from_regex(r"[a-z]{1,3}", fullmatch=True), KEY, max_size=3))
@settings(max_examples=60)
def test_what_is_written_is_read(key: str, covers: list[str], stamp: dict[str, str]) -> None:
    """A marker comes back as it was, with everything that it covers and remembers."""
    marker = Marker(key, tuple(covers), stamp)
    assert marker_of(f"{marker}\nwords") == marker


@given(st.from_regex(LOGIN, fullmatch=True), st.dates(), st.integers(1, 10**9))
@settings(max_examples=200)
@example("alex_corp", date(2026, 12, 10), 41)
def test_every_login_survives_its_reminders_key(login: str, day: date, host: int) -> None:
    """Else a reminder would not be known again, and said with every sweep."""
    key = Reminder(login, day, host, ()).key
    assert marker_of(f"{Marker(key)}\nwords") == Marker(key)
    assert told_since({key}, day) == {login.lower()}


@pytest.mark.parametrize(
    "body",
    [
        "",
        "words",
        " <!-- stanch:1 key=12/card -->",
        "\n<!-- stanch:1 key=12/card -->",
        "> <!-- stanch:1 key=12/card -->",
        "<!-- stanch:2 key=12/card -->",
        "<!-- stanch:1 key=12/card",
        "<!-- stanch:1 covers=12/card -->",
        "<!-- stanch:1 key=12/card lock= -->",
        "<!-- stanch:1 key=<b> -->",
        "<!-- stanch:1  -->",
        "<!-- stanch:1 key=" + "x" * 3_500 + " -->",
    ],
)
def test_anything_else_is_no_marker(body: str) -> None:
    """A marker stands whole, at byte 0, in its own grammar, or it is none."""
    assert marker_of(body) is None


def test_only_the_bots_own_untouched_text_is_believed() -> None:
    """People can write the same line, and can edit the bot's; neither counts."""
    own = notice(1, "12/card", 0)
    forged = comment(2, "kim", own.body, 0)
    assert trusted_marker(own) == Marker("12/card")
    assert trusted_marker(forged) is None
    assert trusted_marker(edited(own, "kim", 5)) is None
    assert trusted_marker(replace(own, edited_at=START, editor=None)) is None
    assert trusted_marker(edited(own, BOT.login, 5)) == Marker("12/card")


def test_a_child_may_be_edited_but_not_forged() -> None:
    """People are meant to write in a post-mortem; only who opened it matters."""
    body = f"{Marker('12/postmortem', stamp={'due': '20261119T180000Z'})}\n# words"
    child = Child(9, "I_9", "t", body, "", ours=True, at=START)
    assert child_marker(child) == Marker("12/postmortem", stamp={"due": "20261119T180000Z"})
    assert child_marker(replace(child, ours=False)) is None


def test_an_instant_survives_its_stamp() -> None:
    """To the second, in UTC; anything else is no instant."""
    assert instant_of(stamp_of(START)) == START
    assert instant_of("yesterday") is None
    assert instant_of("") is None


@given(st.dictionaries(st.text(max_size=30), st.text(max_size=200), max_size=5))
@settings(max_examples=100)
def test_nothing_ends_a_hidden_line_but_its_end(value: dict[str, str]) -> None:
    """Whatever is inside, there is one opening, one end, one line, and the value comes back."""
    line = hidden(value)
    assert line.count("-->") == 1
    assert line.count("<!--") == 1
    assert "--" not in line[4:-3]
    assert "\n" not in line
    assert revealed(f"first\n{line}\nlast --> words") == value


@pytest.mark.parametrize("text", ["-->", "--!>", "<!--", "----", "]]>", "\u2028", "--\n-->", "</details>"])
def test_texts_that_end_comments_are_harmless(text: str) -> None:
    """The texts that HTML would stop at are hidden as well as any other."""
    assert revealed(f"x\n{hidden([text])}\n") == [text]


@pytest.mark.parametrize("body", ["", "x", "x\nwords", "x\n<!-- stanch-ledger {", "x\n<!-- stanch-ledger {] -->"])
def test_what_is_torn_is_not_read(body: str) -> None:
    """A line that is missing or not whole reveals nothing, and raises nothing."""
    assert revealed(body) is None
