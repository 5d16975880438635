"""A drill in a sweep: no wake-up of it is counted, and no line of it stands in the note for a hand-over."""

from dataclasses import replace
from datetime import timedelta

import pytest

from stanch.app.handing_over import HandingOver
from stanch.core.handover import Handover, Note
from stanch.core.rota import Layer, Rota
from stanch.core.thread import Thread
from tests.games import opened
from tests.values import START, TEAM, case, incident_thread, notice

WEEK = timedelta(days=7)
NOTE = Note(Handover(START + WEEK, START + 2 * WEEK, "jordan", "morgan", "2026-11-24"), START, START, START, START)
ON_CALL = replace(TEAM, oncall=Rota(layers=(Layer("primary", ("jordan",)),)))
CALL = notice(1, "12/call/sev-1/20261117T020000Z", 0)


@pytest.mark.parametrize(("of", "told"), [(incident_thread(), 1), (opened(severity=1), 0)])
def test_the_note_for_a_hand_over_knows_no_drill(of: Thread, told: int) -> None:
    """Whoever was called at two in the night for a game is not counted as woken, and nothing happened."""
    called = replace(CALL, body=f"{CALL.body} @jordan")
    gathered = HandingOver(NOTE)
    gathered.take_in(case(replace(of, items=(*of.items, called)), 5, ON_CALL))
    assert (len(gathered.happened), len(gathered.wakes)) == (told, told)
