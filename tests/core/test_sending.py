"""What may leave once only: the card has to hold its intent."""

import pytest

from stanch.core.channels import Channel, Kind
from stanch.core.ledger import Ledger, written
from stanch.core.outbox import Outbox, Receipt, State
from stanch.core.sending import written_down
from stanch.core.sent import Sent
from stanch.core.writes import CreateComment, EditComment, Send

KEY = "12/announce/slack/declared/20261117T020000Z"
SEND = Send(12, KEY, Channel.SLACK, Kind.DECLARED, "x", 1, "octo/shop#12", "", "", 0)


def body(outbox: Outbox, key: str = "12/card") -> str:
    return f"<!-- stanch:1 key={key} -->\n{written(Ledger(outbox=outbox))}\n"


TRYING = {KEY: Receipt(State.TRYING, 1)}


@pytest.mark.parametrize(
    ("writes", "held"),
    [
        ((), False),
        ((CreateComment(12, "12/card", body(TRYING)),), True),
        ((EditComment(12, 90, body(TRYING)),), True),
        ((EditComment(12, 90, body({})),), False),
        ((EditComment(12, 90, body({KEY: Receipt(State.UNKNOWN, 1)})),), False),
        ((EditComment(12, 90, body(TRYING)), EditComment(12, 90, body({}))), False),
        ((EditComment(13, 90, body(TRYING)),), False),
        ((CreateComment(12, "12/call/x", body(TRYING, "12/call/x")),), False),
    ],
)
def test_it_leaves_only_when_this_runs_last_card_holds_the_intent(
    writes: tuple[CreateComment | EditComment, ...], held: bool
) -> None:
    """Another thread's card, another comment, or a card that says something else is not enough."""
    assert written_down(SEND, Sent(writes=writes)) is held
