"""The scorecard practice: once, when a drill is over."""

from dataclasses import replace

from tests.games import opened
from tests.values import BOT, World, closed, comment, instant, labeled, thread, unlabeled, view_of, wants

from stanch.core.thread import Thread
from stanch.core.wanted import Notice
from stanch.practices.scorecard import scorecard

TAKEN, OVER = comment(1, "jordan", "/take", 2), comment(2, "jordan", "/resolve", 30)


def test_nothing_to_do() -> None:
    """An incident in earnest, and a drill that is not over, get none."""
    assert wants(scorecard, thread(labeled("sev-1", 0), TAKEN, OVER), 31) == []
    assert wants(scorecard, opened(TAKEN), 31) == []
    assert wants(scorecard, thread(labeled("drill", 0), OVER), 31) == []


def test_a_drill_that_is_over_gets_one() -> None:
    """Named for its end: one that is reopened and ended again gets another one."""
    (want,) = wants(scorecard, opened(TAKEN, OVER), 31)
    assert isinstance(want, Notice)
    assert (want.key, want.due, want.text.template) == (
        "12/scorecard/20261117T023000Z",
        instant(30),
        "comments/scorecard",
    )
    assert view_of(want)["answer"] == "Roll it back first."


def test_a_label_that_is_lost_changes_nothing() -> None:
    """It was a drill from its beginning."""
    assert len(wants(scorecard, opened(TAKEN, unlabeled("drill", 9), OVER), 31)) == 1


def test_an_old_drill_gets_none() -> None:
    """Installing this starts no storm on drills of last year."""
    ended = opened(TAKEN, closed(30))
    assert len(wants(scorecard, ended, 30 + 71 * 60)) == 1
    assert wants(scorecard, ended, 30 + 73 * 60) == []


def test_an_opening_that_somebody_edited_is_not_quoted() -> None:
    """What a good answer would have been comes from the post as it was written, or not at all."""
    of: Thread = replace(opened(TAKEN, OVER), edited_at=instant(9), editor=BOT)
    (want,) = wants(scorecard, of, 31)
    assert view_of(want)["answer"] == ""


def test_it_is_posted_once() -> None:
    """Two looks, one scorecard."""
    world = World(opened(TAKEN, OVER)).looked_at(31).looked_at(32)
    assert len(world.bodies("/scorecard/")) == 1
