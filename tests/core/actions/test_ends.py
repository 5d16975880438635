"""What stands at the end of an item: references, struck words, comments and days that are no due date."""

from datetime import date

import pytest

from stanch.core.actions import Written, read

DAY = date(2026, 4, 1)


def one(line: str) -> Written:
    """The only item of a document with this line."""
    (item,) = read(f"## Action items\n\n- [ ] {line}\n")
    return item


@pytest.mark.parametrize(
    ("line", "text", "owners", "due"),
    [
        ("Turn the knob \u2014 Owner: @kim \u2014 Due: 2026-04-01 #6", "Turn the knob #6", ("@kim",), DAY),
        ("Turn the knob due 2026-04-01 in #6", "Turn the knob in #6", (), DAY),
        ("Turn the knob \u2014 Owner: @kim #6", "Turn the knob #6", ("@kim",), None),
        ("Turn the knob \u2014 Owner: @kim #6 \u2014 Due: 2026-04-01", "Turn the knob", ("@kim",), DAY),
        ("Turn the knob @kim #6", "Turn the knob #6", ("@kim",), None),
        ("Turn the knob @kim, #6", "Turn the knob, #6", ("@kim",), None),
        ("Turn the knob @kim \u2014 Issue: #6", "Turn the knob \u2014 Issue: #6", ("@kim",), None),
        ("Turn the knob @kim \u2014 Ticket: #6", "Turn the knob \u2014 Ticket: #6", ("@kim",), None),
        ("Turn the knob (@kim, 2026-04-01) #6", "Turn the knob #6", ("@kim",), DAY),
        ("Turn the knob (@kim) (#6)", "Turn the knob (#6)", ("@kim",), None),
        ("@kim #6", "#6", ("@kim",), None),
        ("Talk to @kim #6", "Talk to @kim #6", (), None),
        ("Turn the knob \u2014 Status: in #6", "Turn the knob \u2014 Status: in #6", (), None),
    ],
)
def test_a_reference_at_the_end_hides_nothing(line: str, text: str, owners: tuple[str, ...], due: date | None) -> None:
    """It stays in the text, unless it stands within another fact, and among the links."""
    item = one(line)
    assert (item.text, item.owners, item.due, item.links) == (text, owners, due, ("#6",))


def test_an_address_at_the_end_hides_nothing() -> None:
    """Of an issue or of anything else; somebody's name with an address is no reference."""
    address = "https://github.com/o/r/issues/6"
    shown = one(f"Turn the knob @kim [#6]({address})")
    assert (shown.owners, shown.links) == (("@kim",), (address,))
    assert one("Turn the knob @kim https://tracker.example.org/A-1").owners == ("@kim",)
    assert one("Turn the knob \u2014 Owner: [Kim](https://example.org/kim)").owners == ("Kim",)


@pytest.mark.parametrize(
    ("line", "text", "done"),
    [
        ("~~Turn the knob~~ \u2014 Owner: @kim \u2014 Due: 2026-04-01", "Turn the knob", True),
        ("~~Turn the knob~~ @kim", "Turn the knob", True),
        ("~~Turn~~ Push the knob @kim", "~~Turn~~ Push the knob", False),
    ],
)
def test_struck_text_with_open_facts_is_done(line: str, text: str, done: bool) -> None:
    """As long as all of its words are struck."""
    item = one(line)
    assert (item.text, item.done, item.owners) == (text, done, ("@kim",))


@pytest.mark.parametrize(
    ("line", "owners", "due"),
    [
        ("Turn the knob \u2014 Due: 2026-04-01 <!-- was 2026-03-01 -->", (), DAY),
        ("Turn the knob <!-- due 2026-03-01 --> @kim", ("@kim",), None),
        ("Turn the knob <!-- @sam --> @kim", ("@kim",), None),
        ("Turn the knob \u2014 Due: ~~2026-03-01~~ 2026-04-01", (), DAY),
        ("Turn the knob \u2014 Owner: ~~@sam~~ @kim", ("@kim",), None),
    ],
)
def test_comments_and_what_was_struck_tell_nothing(line: str, owners: tuple[str, ...], due: date | None) -> None:
    """Nobody sees the one, and the other holds no longer."""
    item = one(line)
    assert (item.text, item.owners, item.due) == ("Turn the knob", owners, due)


@pytest.mark.parametrize(
    ("line", "done"),
    [
        ("Replay the queue from 2026-01-01 to 2026-02-01", False),
        ("Look again at what we closed 2026-03-01", False),
        ("Count what came in since 2026-03-01", False),
        ("Replay the queue (completed 2026-03-01)", True),
        ("Replay the queue (done on 2026-03-01)", True),
        ("Replay the queue \u2705 2026-03-01", True),
        ("Replay the queue \u2014 done on 2026-03-01", True),
        ("Replay the queue \u2014 Owner: @kim \u2014 done 2026-03-01", True),
    ],
)
def test_a_day_that_is_past_is_not_due(line: str, done: bool) -> None:
    """A day of the sentence says nothing; behind a mark of being done, it tells when that was."""
    item = one(line)
    assert (item.done, item.due, item.due_raw) == (done, None, "")


@pytest.mark.parametrize(
    "line",
    [
        "Byt ventil \u2014 Ansvarig: Bo Ek \u2014 Klart senast: 2026-04-01",
        "Byt ventil \u2014 klart senast 2026-04-01",
    ],
)
def test_the_last_day_to_be_done_is_not_done(line: str) -> None:
    """The Swedish words for both begin alike."""
    item = one(line)
    assert (item.text, item.done, item.due) == ("Byt ventil", False, DAY)


def test_a_question_is_no_mark_of_being_done() -> None:
    """Somebody asks whether it is."""
    assert one("Replay the queue (done?)").done is False


def test_the_day_of_a_finished_group_is_not_due() -> None:
    """It tells when the group was finished."""
    (item,) = read("## Action items\n\n### Completed (2026-01-01)\n\n- Replay the queue\n")
    assert (item.done, item.due, item.due_raw) == (True, None, "")
