"""Sending one notice: what became of it goes into the run's memory, and from there into the card."""

from stanch.app.desk import Sends
from stanch.core.errors import RateLimited, Refused, StanchError, UnknownOutcome
from stanch.core.naming import named
from stanch.core.outbox import Receipt, State
from stanch.core.sending import MOST_TRIES, addressed, arrived, missed, written_down
from stanch.core.sent import Sent
from stanch.core.writes import Send

AGAIN = "The next event or sweep tries again."
NOT_AGAIN = "It is not sent again: look there whether it arrived."
GIVEN_UP = "It is not tried any more."


def post(sender: Sends, write: Send, sent: Sent) -> tuple[Sent, str]:
    """Send a notice, once, and say what is still owed; nothing is where it arrived.

    Whatever goes wrong here stops nothing else. What may be sent once only leaves when the card holds its intent.
    """
    if write.at_most_once and not written_down(write, sent):
        return sent, f"{named(write)}: the card, which has to know of it first, could not be written. {AGAIN}"
    write = addressed(write, sent)
    try:
        delivered = sender.send(write)
    except (Refused, RateLimited) as problem:
        return _missed(write, sent, problem, definite=True)
    except UnknownOutcome as problem:
        return _missed(write, sent, problem, definite=False)
    return sent.receipted(write, write.key, arrived(write, delivered.ts, delivered.place)), ""


def _missed(write: Send, sent: Sent, problem: StanchError, *, definite: bool) -> tuple[Sent, str]:
    receipt = missed(write, definite=definite)
    debt = f"{named(write)}: {str(problem).rstrip('.')}. {_advice(write, receipt)}"
    return sent.receipted(write, write.key, receipt), debt


def _advice(write: Send, receipt: Receipt) -> str:
    if receipt.state is State.UNKNOWN:
        return NOT_AGAIN
    return GIVEN_UP if write.at_most_once and receipt.tries >= MOST_TRIES else AGAIN
