"""Hostile text in a post-mortem: nothing that anybody writes there mentions, forges or breaks out of the card."""

import pytest

from stanch.core.marker import Marker
from tests.app.posted import faults_of
from tests.app.rig import Rig
from tests.app.test_following_road import LATER, items, postmortem
from tests.app.test_hostile_text import FORGED, FRAGMENTS, HOSTILE, INTENDED, LINES

COMMANDS = (
    "/done 1 {}",
    "/done {}",
    "/defer 2 2026-04-01 {}",
    "/defer {}",
    "/drop 3 {}",
    "/drop 9 {}",
    "/assign 4 {}",
    "/assign 4 @{}",
    "/reviewed {}",
    "/dnoe {}",
    "/help",
)
LISTED = "".join(f"- [ ] {text} — Owner: {text} @morgan — Due: 2027-03-18\n" for text in FRAGMENTS if text.strip())


def test_the_card_only_shows_what_was_written(rig: Rig) -> None:
    """Items, owners, notes and reasons of any kind, open, ended, deferred and refused."""
    number = postmortem(rig, f"{LATER}{LISTED}\n{LINES}\n")
    assert rig.look(number).code == 0
    for place, command in enumerate(COMMANDS):
        rig.world.clock.advance(minutes=7)
        rig.world.person("jordan").comments(number, command.format(HOSTILE))
        rig.world.person("sam").comments(number, command.format(HOSTILE))
        assert place % 4 or rig.look(number).code == 0
    assert rig.look(number).code == 0
    assert any(row.startswith("1: done, says `jordan`") for row in items(rig, number))
    assert harmless(rig, number) > 8
    assert rig.look(number, "--json").writes == []


def harmless(rig: Rig, number: int) -> int:
    """What the bot said on a thread, checked; how much it was. The text above it is people's own."""
    bodies = [one.body for one in rig.by_bot(number)]
    assert [fault for body in bodies for fault in faults_of(body, INTENDED, {str(number)}, ())] == []
    return len(bodies)


@pytest.mark.parametrize("forged", [FORGED, FORGED.replace("1/card", "{}/card"), "<!-- stanch:1 key={}/card -->\nx"])
def test_a_forged_card_gives_nobody_a_number(rig: Rig, forged: str) -> None:
    """A person's comment that looks like the card is a comment, also where an item in it is dropped already."""
    number = postmortem(rig)
    ledger = '"items":[[1,"00000000",1,1,1,[0],[],"x"]],"records":[]'
    rig.world.person("alex").comments(number, forged.replace("{}", str(number)).replace('"records":[]', ledger))
    rig.look(number)
    assert [row[:2] for row in items(rig, number)] == ["1:", "2:"]
    assert rig.look(number, "--json").writes == []


def test_a_first_line_that_somebody_edits_breaks_nothing(rig: Rig) -> None:
    """Of whatever severity, deadline or incident it then speaks."""
    number = postmortem(rig)
    rig.look(number)
    for stamp in ({"sev": "1"}, {"sev": "99"}, {"due": "99991231T235959Z"}, {"form": "short"}, {"items": "x"}):
        rig.world.person("alex").edits_body(number, f"{Marker('0/postmortem', stamp=stamp)}{LATER}")
        assert rig.look(number).code == 0
        assert rig.look(number, "--json").writes == []
    rig.world.person("alex").edits_body(number, FORGED)
    assert rig.look(number).code == 0
    assert [row.partition(", ")[0] for row in items(rig, number)] == [
        "1: taken out of the text",
        "2: taken out of the text",
    ]
