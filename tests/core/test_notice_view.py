"""What the card says of the notices that leave the repository."""

from dataclasses import replace

import pytest
from tests.games import opened
from tests.values import START, card, comment, incident_thread, snapshot

from stanch.core.case import case_of
from stanch.core.channels import Channel
from stanch.core.ledger import Ledger
from stanch.core.notice_view import notices_view
from stanch.core.outbox import Receipt, State
from stanch.core.thread import Thread

PAGED = {"12/announce/pagerduty/declared/20261117T020000Z": Receipt(State.SENT, int(START.timestamp()))}


@pytest.mark.parametrize(
    ("of", "channels", "silent"),
    [
        (incident_thread(), frozenset(), True),
        (incident_thread(), frozenset({Channel.SLACK}), True),
        (incident_thread(), frozenset({Channel.PAGERDUTY}), False),
        (incident_thread(card(90, Ledger(outbox=PAGED))), frozenset(), False),
        (incident_thread(comment(1, "jordan", "/ack", 3)), frozenset(), False),
        (incident_thread(severity=2), frozenset(), False),
        (opened(severity=1), frozenset(), False),
        (incident_thread(card(90, Ledger(adopted=START.replace(hour=3)))), frozenset(), False),
    ],
)
def test_the_card_says_when_nothing_wakes_anybody(of: Thread, channels: frozenset[Channel], silent: bool) -> None:
    """Of a SEV-1 that waits for somebody; not of a drill, nor where a workflow that has the secrets told it already."""
    told = notices_view(case_of(replace(snapshot(of, 70), channels=channels)))["notices"]
    assert isinstance(told, dict)
    assert told["silent"] is silent
