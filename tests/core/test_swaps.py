"""Swaps: who takes the coming turn, as the answers on the newest hand-over issues tell, and who may."""

from dataclasses import replace

import pytest
from tests.handovers import CONFIG, HANDOVER, MONDAY, NEXT, ROTA, issue, looked, on, taken
from tests.values import comment, deleted, edited, marked, without

from stanch.core.marker import Marker
from stanch.core.rota import Rota
from stanch.core.swaps import (
    ALREADY,
    ANSWERED,
    NOT_ALLOWED,
    OVER,
    Take,
    askers,
    overrides_of,
    swaps_on,
    takes,
    with_swaps,
)
from stanch.core.thread import Item, Mark

SAID = on(20, 9)


def judged(*items: Item, now: int = 20) -> list[tuple[str, str, str]]:
    """Each `/take`: by whom, from whom, and why not."""
    found = takes(looked(issue(*items), on(now)), HANDOVER)
    return [(one.swap.login, one.swap.before, one.refusal) for one in found]


def on_call(*items: Item, at: int = 24) -> list[str]:
    """Who is on call by layer on a day of November, with the swaps of this issue."""
    config = with_swaps(CONFIG, (issue(*items),))
    return [duty.login for duty in config.oncall.on_call(on(at))]


def test_nothing_is_said_and_nothing_changes() -> None:
    """The config is the very same."""
    assert with_swaps(CONFIG, (issue(),)) is CONFIG
    assert with_swaps(CONFIG, ()) is CONFIG
    assert judged() == []


def test_whoever_takes_it_has_the_whole_coming_turn() -> None:
    """And nothing before or after it."""
    (one,) = takes(looked(issue(comment(1, "sam", "/take", SAID)), on(20)), HANDOVER)
    assert (one.swap.login, one.swap.before, one.swap.since, one.swap.until) == ("sam", "jordan", MONDAY, NEXT)
    swapped = taken(2, "sam", SAID)
    assert [on_call(swapped, at=day)[0] for day in (20, 24, 29, 30)] == ["alex", "sam", "sam", "morgan"]


def test_later_in_the_turn_what_is_left_of_it_is_taken() -> None:
    """Nobody changes who was on call."""
    (one,) = takes(looked(issue(comment(1, "sam", "/take", on(25))), on(25)), HANDOVER)
    assert (one.swap.since, one.swap.until) == (on(25), NEXT)


def test_whoever_has_another_layer_then_changes_places() -> None:
    """Nobody stands behind himself; who has none changes nothing else."""
    assert on_call() == ["jordan", "morgan"]
    assert on_call(taken(2, "morgan", SAID)) == ["morgan", "jordan"]
    assert on_call(taken(2, "sam", SAID)) == ["sam", "morgan"]


def test_the_last_one_counts() -> None:
    """Taken, taken from them, and taken back: as if nothing had been said."""
    both = taken(2, "morgan", SAID), taken(4, "sam", SAID, before="morgan")
    assert on_call(*both)[0] == "sam"
    back = taken(4, "jordan", SAID, before="morgan")
    assert on_call(both[0], back) == ["jordan", "morgan"]


def test_two_at_once_stand_in_the_order_in_which_they_were_said() -> None:
    """The second takes it from the first."""
    said = comment(1, "sam", "/take", SAID), comment(2, "morgan", "/take", SAID)
    assert judged(*said) == [("sam", "jordan", ""), ("morgan", "sam", "")]


@pytest.mark.parametrize(
    ("login", "day", "why"),
    [
        ("kim", 20, NOT_ALLOWED),
        ("riley", 20, NOT_ALLOWED),
        ("jordan", 20, ALREADY),
        ("sam", 30, OVER),
        ("ghost", 20, NOT_ALLOWED),
    ],
)
def test_who_may_not_or_need_not_is_refused(login: str, day: int, why: str) -> None:
    """Without the right to command, with the turn already, and once it is over."""
    assert judged(comment(1, login, "/take", on(day, 9)), now=day) == [(login, "jordan", why)]


def test_an_edited_one_needs_both_peoples_right() -> None:
    """Whoever edited it last said it as well."""
    said = comment(1, "sam", "please", SAID)
    assert judged(edited(said, "kim", on(20, 9, 5), "/take")) == [("sam", "jordan", NOT_ALLOWED)]
    assert judged(edited(said, "morgan", on(20, 9, 5), "/take")) == [("sam", "jordan", "")]


def test_nobody_is_asked_about_twice() -> None:
    """Neither whose answer stands there, nor who was refused."""
    said = comment(1, "sam", "/take", SAID)
    assert askers(looked(issue(said), on(20))) == {"sam"}
    assert askers(looked(issue(said, taken(2, "sam", SAID)), on(20))) == frozenset()
    assert askers(looked(issue(marked(said, Mark.REFUSED)), on(20))) == frozenset()
    answer = comment(2, "github-actions", f"{Marker('70/refused/1')}\nwords", SAID)
    assert askers(looked(issue(said, answer), on(20))) == frozenset()
    assert judged(said, answer) == [("sam", "jordan", ANSWERED)]


def test_what_was_refused_stays_refused() -> None:
    """Whoever had the turn when he asked for it does not get it back when somebody else has it."""
    refused = marked(comment(1, "jordan", "/take", SAID), Mark.REFUSED)
    assert judged(refused, comment(2, "sam", "/take", SAID)) == [("sam", "jordan", "")]


def test_a_swap_stands_whatever_becomes_of_its_giver() -> None:
    """The right is asked once: who lost it since keeps what he has taken."""
    assert judged(comment(1, "kim", "/take", SAID), taken(2, "kim", SAID)) == [("kim", "jordan", "")]


def test_whoever_deletes_the_answer_undoes_the_swap() -> None:
    """It is not taken again by the same comment; by a new one it is."""
    said = marked(comment(1, "sam", "/take", SAID), Mark.ACCEPTED)
    undone = without(issue(said, taken(2, "sam", SAID)), 2, on(21))
    assert with_swaps(CONFIG, (undone,)) is CONFIG
    assert takes(looked(undone, on(21)), HANDOVER) == ()
    again = replace(undone, items=(*undone.items, comment(5, "sam", "/take", on(21))))
    assert [one.swap.comment for one in takes(looked(again, on(21)), HANDOVER)] == [5]


def test_a_mark_of_another_workflow_is_no_answer() -> None:
    """🚀 without a deletion since then: it is judged."""
    said = marked(comment(1, "sam", "/take", SAID), Mark.ACCEPTED)
    assert judged(said) == [("sam", "jordan", "")]
    assert judged(deleted(on(20, 8)), said) == [("sam", "jordan", "")]


@pytest.mark.parametrize(
    "body",
    [
        str(Marker("70/swap/1")),
        str(Marker("71/swap/1", ("71/covers/sam/jordan/20261123T080000Z/20261130T080000Z",))),
        str(Marker("70/swap/1", ("70/covers/a--b/jordan/20261123T080000Z/20261130T080000Z",))),
        str(Marker("70/swap/1", ("70/covers/sam/jordan/20261399T080000Z/20261130T080000Z",))),
        str(Marker("70/swap/1", ("70/covers/sam/jordan/20261123T080000Z",))),
        "x" + str(Marker("70/swap/1", ("70/covers/sam/jordan/20261123T080000Z/20261130T080000Z",))),
    ],
)
def test_odd_answers_are_no_swaps(body: str) -> None:
    """Without terms, of another issue, of nobody, of no day, half, and not at the beginning."""
    assert swaps_on(issue(comment(2, "github-actions", body, SAID))) == ()


def test_only_the_bots_own_words_are_a_swap() -> None:
    """Not a person's copy of them, not what somebody edited, and not on an issue that somebody else opened."""
    real = taken(2, "sam", SAID)
    assert len(swaps_on(issue(real))) == 1
    assert swaps_on(issue(replace(real, ours=False))) == ()
    assert swaps_on(issue(edited(real, "sam", on(21)))) == ()
    assert with_swaps(CONFIG, (issue(real, author="sam"),)) is CONFIG


def test_without_a_rota_a_swap_changes_nothing() -> None:
    """It may have been taken away."""
    config = replace(CONFIG, oncall=Rota())
    assert with_swaps(config, (issue(taken(2, "sam", SAID)),)).oncall == Rota()


def test_what_the_config_is_to_say_is_what_counts() -> None:
    """The first layer for the turn, and the other one for whom it was taken from."""
    (take,) = takes(looked(issue(comment(1, "morgan", "/take", SAID)), on(20)), HANDOVER)
    assert isinstance(take, Take)
    found = [(one.layer, one.login, one.since, one.until) for one in overrides_of(take.swap, ROTA)]
    assert found == [("primary", "morgan", MONDAY, NEXT), ("secondary", "jordan", MONDAY, NEXT)]
