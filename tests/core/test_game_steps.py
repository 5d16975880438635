"""What a scenario brings next, and when: a function of the thread alone."""

from dataclasses import replace

import pytest
from tests.games import GAME, minutes, opened, shown
from tests.values import case, closed, comment, instant, labeled, thread, unlabeled

from stanch.core.game_steps import asks, falls_silent, is_over, steps
from stanch.core.thread import Item, Thread

INVITATION = shown(1, "invited", 1, 0)
FIRST, SECOND = shown(2, "input", 1, 4), shown(3, "input", 2, 9)


def coming(of: Thread, now: float = 1, speed: float = 1.0) -> list[tuple[float, str, int]]:
    """Minute, kind and ordinal of everything that is still to come."""
    found = steps(GAME, case(of, now), ("jordan",), speed)
    return [((one.at - instant(0)).total_seconds() / 60, one.kind, one.ordinal) for one in found]


def test_nothing_is_left_to_bring() -> None:
    """Everything has come: no step."""
    hints = (shown(4, "hint", 1, 12), shown(5, "hint", 2, 20))
    assert coming(opened(INVITATION, FIRST, SECOND, *hints), 21) == []


def test_everything_comes_in_its_time() -> None:
    """The invitation first, then inputs and the next hint; ten times as fast if asked to."""
    assert coming(opened()) == [(0, "invited", 1), (4, "input", 1), (9, "input", 2), (12, "hint", 1)]
    assert coming(opened(), speed=10) == [(0, "invited", 1), (0.4, "input", 1), (0.9, "input", 2), (1.2, "hint", 1)]


@pytest.mark.parametrize(
    ("there", "expected"),
    [
        ((INVITATION,), [(4, "input", 1), (9, "input", 2), (12, "hint", 1)]),
        ((INVITATION, FIRST), [(9, "input", 2), (12, "hint", 1)]),
        ((FIRST,), [(9, "input", 2), (12, "hint", 1)]),
        ((INVITATION, shown(3, "input", 2, 9)), [(12, "hint", 1)]),
        ((INVITATION, shown(2, "input", 1, 30)), [(35, "input", 2), (38, "hint", 1)]),
        ((INVITATION, FIRST, SECOND, shown(4, "hint", 1, 40)), [(48, "hint", 2)]),
        ((INVITATION, FIRST, SECOND, shown(4, "hint", 1, 12)), [(20, "hint", 2)]),
    ],
)
def test_a_run_that_is_started_again_goes_on(there: tuple[Item, ...], expected: list[tuple[float, str, int]]) -> None:
    """Nothing comes twice, a deleted input does not come back, and after a pause the distances stay."""
    assert coming(opened(*there), 36) == expected


@pytest.mark.parametrize(
    "said",
    ["hint", "Hint?", "  hint, please!", "A hint please", "another hint.", "I am lost.\n\nhint\n", "one hint ?"],
)
def test_a_line_of_its_own_asks_for_a_hint(said: str) -> None:
    """Plain words, because only whoever plays the world answers them."""
    assert asks(comment(7, "jordan", said, 5))


@pytest.mark.parametrize(
    "said", ["", "a hint of rain", "> hint", "```\nhint\n```", "/hint now", "no hints", "<!-- hint -->"]
)
def test_other_words_ask_for_nothing(said: str) -> None:
    """Quotes, code and sentences are no question."""
    assert not asks(comment(7, "jordan", said, 5))
    assert not asks(comment(7, "github-actions", "hint", 5))


def test_whoever_asks_is_answered_once() -> None:
    """With the next hint at once; two who ask before the answer get one; when there are none left, they are told."""
    asking = (comment(7, "jordan", "hint?", 5), comment(8, "morgan", "hint", 6))
    there = (INVITATION, FIRST, SECOND)
    (first,) = steps(GAME, case(opened(*there, *asking), 6), (), 1.0)
    assert (first.kind, first.ordinal, first.asked, first.text.view["asked"]) == ("hint", 1, 8, True)
    answered = (*there, *asking, shown(9, "hint", 1, 7, asked=8))
    assert coming(opened(*answered), 8) == [(20, "hint", 2)]
    empty = (*answered, shown(10, "hint", 2, 20), comment(11, "jordan", "hint", 22))
    (none,) = steps(GAME, case(opened(*empty), 23), (), 1.0)
    assert (none.kind, none.asked) == ("no-hint", 11)
    assert coming(opened(*empty, shown(12, "no-hint", 3, 23, asked=11)), 24) == []


@pytest.mark.parametrize("helped", ["/contain rollback release 203", "/status mitigated"])
def test_no_hint_comes_of_itself_once_the_bleeding_is_stopped(helped: str) -> None:
    """Nobody is told how to do what they have done; whoever asks still gets one."""
    there = (INVITATION, FIRST, SECOND, comment(7, "jordan", helped, 10))
    assert coming(opened(*there), 13) == []
    assert coming(opened(*there, comment(8, "jordan", "hint", 14)), 15) == [(14, "hint", 1)]


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        (opened(), False),
        (opened(comment(1, "jordan", "/resolve", 5)), True),
        (opened(comment(1, "jordan", "/false-alarm nothing was wrong", 5)), True),
        (opened(closed(5)), True),
        (opened(unlabeled("sev-2", 5)), True),
        (opened(unlabeled("sev-2", 8.5)), False),
        (opened(unlabeled("sev-2", 5), labeled("sev-1", 6)), False),
        (opened(unlabeled("drill", 5)), False),
        (thread(body=opened().body), False),
    ],
)
def test_when_a_game_is_over(of: Thread, expected: bool) -> None:  # a table's cell
    """Resolved, called off or closed; a label that is lost half-way ends nothing."""
    assert is_over(case(of, 9)) is expected


@pytest.mark.parametrize(
    ("there", "speed", "expected"),
    [((), 1, 60), ((), 10, 6), ((FIRST, SECOND), 1, 60), ((FIRST, shown(3, "input", 2, 99)), 1, 150)],
)
def test_a_pause_before_an_input_puts_the_end_off(there: tuple[Item, ...], speed: float, expected: float) -> None:
    """Sixty minutes in all: whoever pauses the game plays the rest of it all the same."""
    assert falls_silent(GAME, opened(INVITATION, *there), speed) == instant(expected)


def test_a_shorter_game_brings_what_there_is_time_for() -> None:
    """Also what comes at its very end."""
    assert GAME.within(minutes(9)) == replace(GAME, lasts=minutes(9), hints=())
    assert GAME.within(minutes(8)).inputs == GAME.inputs[:1]
    assert GAME.within(minutes(90)) == replace(GAME, lasts=minutes(90))


def test_an_input_is_marked_and_cannot_command() -> None:
    """Whatever a scenario's file says, it comes as a quotation that says that it is a drill."""
    step = next(one for one in steps(GAME, case(opened(), 5), (), 1.0) if one.kind == "input")
    assert step.text.view["drill"] is True
    assert step.text.view["said"] == "Three clients ask."
