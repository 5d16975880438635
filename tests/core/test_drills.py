"""What is a drill, and what that keeps it out of."""

from dataclasses import replace

import pytest
from tests.games import opened, shown
from tests.values import START, TEAM, case, closed, comment, incident_in, incident_thread, labeled, thread, unlabeled

from stanch.core.clocks import Promise, clocks
from stanch.core.committing import commitments_of
from stanch.core.drills import is_drill
from stanch.core.runbooks.freshness import worked_in
from stanch.core.runbooks.use import Use
from stanch.core.signs import last_sign
from stanch.core.thread import Thread
from stanch.core.week import happened

PLAYED = (
    comment(1, "jordan", "/take", 2),
    comment(2, "jordan", "/contain rollback release 203", 9),
    comment(3, "jordan", "/resolve it is gone", 30),
)


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        (thread(labeled("sev-1", 0)), False),
        (thread(labeled("drill", 0), labeled("sev-1", 0)), True),
        (thread(labeled("Drill", 0)), True),
        (thread(labeled("drill", 0), unlabeled("drill", 9)), True),
        (thread(labeled("sev-1", 0), labeled("drill", 9)), True),
        (thread(labeled("sev-1", 0), labeled("drill", 9), unlabeled("drill", 12)), False),
        (thread(labeled("fire-drill", 0)), False),
    ],
)
def test_a_drill_bears_the_label_or_bore_it_when_it_was_opened(of: Thread, expected: bool) -> None:  # a table's cell
    """Taking the label off half-way makes no real incident of a game; taking off what was put on later does."""
    assert is_drill(of) is expected
    assert incident_in(of, 20).drill is expected


def test_a_drill_owes_no_post_mortem() -> None:
    """Its card has no such clock, however bad it was; the same thread in earnest has one."""
    game, earnest = opened(*PLAYED, severity=1), incident_thread(*PLAYED)
    assert Promise.POSTMORTEM not in {clock.promise for clock in clocks(incident_in(game, 31), TEAM)}
    assert Promise.POSTMORTEM in {clock.promise for clock in clocks(incident_in(earnest, 31), TEAM)}


def test_nothing_is_owed_for_a_drill() -> None:
    """No row on the dashboard, no reminder and no line in the note for a hand-over comes of it."""
    game, earnest = opened(*PLAYED, severity=1), incident_thread(*PLAYED)
    assert commitments_of(case(game, 31)) == ()
    assert commitments_of(case(earnest, 31)) != ()
    assert happened(incident_in(game, 31), TEAM, START) is None
    assert happened(incident_in(earnest, 31), TEAM, START) is not None


def test_the_label_on_a_real_incident_stops_what_was_owed_and_gives_it_back() -> None:
    """Whoever puts it on by mistake takes it off again, and everything is as before."""
    items = (labeled("sev-1", 0), *PLAYED)
    wrong = thread(*items, labeled("drill", 31))
    mended = thread(*items, labeled("drill", 31), unlabeled("drill", 33), closed(34))
    assert commitments_of(case(wrong, 35)) == ()
    assert commitments_of(case(mended, 35)) == commitments_of(case(thread(*items, closed(34)), 35)) != ()


def test_what_the_scenario_says_is_no_sign_of_the_team() -> None:
    """Whoever plays the world from a laptop may be one of the team: their inputs do not acknowledge anything."""
    quiet = opened(comment(1, "alex", "/ack", 2), author="alex")
    loud = replace(quiet, items=(*quiet.items, shown(2, "input", 1, 4, by="alex")))
    assert last_sign(incident_in(loud, 9), loud) == last_sign(incident_in(quiet, 9), quiet)


def test_a_runbook_is_not_proven_by_a_game() -> None:
    """Nothing was mended by it: it grows no younger."""
    used = Use("roll-back", "jordan", START, worked=True)
    earnest = replace(incident_in(incident_thread(), 5), uses=(used,))
    assert list(worked_in(earnest, TEAM.calendar)) == ["roll-back"]
    assert worked_in(replace(earnest, drill=True), TEAM.calendar) == {}
