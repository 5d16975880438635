"""A SEV-1 at 02:14 in Berlin on a night when clocks change: the first in turn sleeps, the second answers."""

import pytest

from stanch.core.marker import marker_of
from stanch.sandbox.clock import seconds
from tests.scenarios.burning import CONFIG, Fire, kindle
from tests.scenarios.clockwork import Clockwork, Sky, clockwork
from tests.scenarios.reckoning import Fact

pytestmark = pytest.mark.unmeasured

MINUTE = 60
SKY = Sky(dispatch=(30, 30), installs=(5, 5), event=(20, 20), request=(0, 0), answer=(0, 0), skew=600)
"""Runners that come after half a minute, and whose clocks are ten minutes wrong."""

ACTS = (
    (0, "alex", "label", "declares", 1, False),
    (7, "morgan", "/ack", "acks", 0, False),
    (20, "morgan", "/update! We know the cause. More soon.", "tells", 0, True),
    (68, "morgan", "/status mitigated Payments go through.", "fine", 0, True),
    (80, "morgan", "closes", "closes", 0, False),
)
SAID = ("0:25 call", "5:00 escalate 1", "15:00 update 1", "50:00 update 1", "65:00 update 2")
"""Minutes and seconds after the declaration: whoever is second is asked when the first has not answered for five
minutes; the first word is due after fifteen; the next half an hour after the one that was given, and once more.
"""

NIGHTS = {
    # The clock shows 02:14 twice; between 02:59 and the second 02:00 no minute is lost or counted twice.
    "2026-10-25T00:14:00Z": (
        "00:14 UTC (02:14 Europe/Berlin)",
        "00:19 UTC (02:19 Europe/Berlin)",
        "00:29 UTC (02:29 Europe/Berlin)",
        "01:04 UTC (02:04 Europe/Berlin)",
        "01:04 UTC (02:04 Europe/Berlin)",
    ),
    "2026-10-25T01:14:00Z": (
        "01:14 UTC (02:14 Europe/Berlin)",
        "01:19 UTC (02:19 Europe/Berlin)",
        "01:29 UTC (02:29 Europe/Berlin)",
        "02:04 UTC (03:04 Europe/Berlin)",
        "02:04 UTC (03:04 Europe/Berlin)",
    ),
    # There is no 02:14 in this night: six minutes after 01:54 it is 03:00.
    "2026-03-29T00:54:00Z": (
        "00:54 UTC (01:54 Europe/Berlin)",
        "00:59 UTC (01:59 Europe/Berlin)",
        "01:09 UTC (03:09 Europe/Berlin)",
        "01:44 UTC (03:44 Europe/Berlin)",
        "01:44 UTC (03:44 Europe/Berlin)",
    ),
    "2026-03-29T01:14:00Z": (
        "01:14 UTC (03:14 Europe/Berlin)",
        "01:19 UTC (03:19 Europe/Berlin)",
        "01:29 UTC (03:29 Europe/Berlin)",
        "02:04 UTC (04:04 Europe/Berlin)",
        "02:04 UTC (04:04 Europe/Berlin)",
    ),
}


def said(rig: Clockwork, start: int) -> list[tuple[str, str]]:
    """Each notice on the incident: how long after its declaration, and its text."""
    found = []
    for comment in rig.world.issue(1).comments:
        mark = marker_of(comment.body)
        kind = mark.key.split("/") if mark else ["", ""]
        if kind[1] in {"call", "escalate", "update"}:
            after, nth = comment.at - start, f" {kind[-1]}" if kind[1] != "call" else ""
            found.append((f"{after // MINUTE}:{after % MINUTE:02} {kind[1]}{nth}", comment.body))
    return found


@pytest.mark.parametrize(("night", "told"), NIGHTS.items(), ids=NIGHTS)
def test_every_notice_comes_at_its_second_whatever_clocks_do(night: str, told: tuple[str, ...]) -> None:
    """The wall clock jumps; deadlines do not, and each text tells both clocks."""
    start = seconds(night)
    acts = [
        (start + at * MINUTE, who, text, Fact(start + at * MINUTE, who, does, n, word))
        for at, who, text, does, n, word in ACTS
    ]
    with clockwork(start - MINUTE, CONFIG, SKY) as rig:
        kindle(rig, Fire(acts))
        rig.loom.run(start + 90 * MINUTE)
        found = said(rig, start)
        assert [when for when, _ in found] == list(SAID)
        assert [due for due, (_, body) in zip(told, found, strict=True) if due not in body] == []
        (escalated,) = [body for when, body in found if "escalate" in when]
        assert "@morgan" in escalated
        assert "@jordan" not in escalated
