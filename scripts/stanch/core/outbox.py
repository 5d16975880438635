"""What became of each notice that left, or should have left, the repository: kept in the card's ledger.

Only the newest notice of a kind is ever sent, so of each lane (`12/announce/slack/declared`) the newest key is kept
and stands for all before it. Two copies merge in any order: the newer key wins, then the word that says more.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from stanch.core.keeping import is_instant, pairs_of, readable_by_key

NOTHING = 0
"""In place of an instant that nobody kept."""


class State(StrEnum):
    """How far a notice came.

    Owed: a definite no, or, where a second copy does no harm, no clear answer. Trying: written down before it is
    sent. Unknown: it may have arrived, and the service could not tell a second copy.
    """

    OWED = "owed"
    TRYING = "trying"
    UNKNOWN = "unknown"
    SENT = "sent"


SAYS_MORE = tuple(State)


@dataclass(frozen=True, slots=True)
class Receipt:
    """`at` is when it was first tried (UTC seconds), `tries` how often it got a definite no.

    Of a message that is kept up to date: `ts` is its name in `place`, `words` the fingerprint of what it says.
    """

    state: State
    at: int = NOTHING
    ts: str = ""
    place: str = ""
    words: str = ""
    tries: int = 0


Outbox = Mapping[str, Receipt]


def lane(key: str) -> str:
    """The part of a key that all notices of one kind to one service share."""
    return "/".join(key.split("/")[:4])


def channel_of(key: str) -> str:
    """The service in a key; empty where there is none."""
    return "".join(key.split("/")[2:3])


def kind_of(key: str) -> str:
    """The kind in a key; empty where there is none."""
    return "".join(key.split("/")[3:4])


def newest(outbox: Outbox) -> dict[str, Receipt]:
    """The newest of each lane: what comes after the lane in a key sorts by time."""
    last: dict[str, str] = {}
    for key in sorted(outbox):
        last[lane(key)] = key
    return {key: outbox[key] for key in sorted(last.values())}


def passed(key: str, outbox: Outbox) -> bool:
    """Whether something newer of the same kind is known, so that this one is no news any more."""
    return any(lane(other) == lane(key) and other > key for other in outbox)


def is_owed(key: str, outbox: Outbox) -> bool:
    """Whether a notice was tried and has not arrived, as far as is known."""
    return key in outbox and outbox[key].state is State.OWED


def contact(service: str, outbox: Outbox) -> int | None:
    """When a service was first told of this thread, as far as it is remembered (UTC seconds); None if never."""
    return min((one.at for key, one in outbox.items() if channel_of(key) == service and one.at), default=None)


def united(one: Outbox, other: Outbox) -> dict[str, Receipt]:
    """The union of two."""
    whole = dict(one)
    for key, receipt in other.items():
        known = whole.get(key)
        if known is None or SAYS_MORE.index(receipt.state) > SAYS_MORE.index(known.state):
            whole[key] = receipt
    return newest(whole)


def settled(outbox: Outbox) -> dict[str, Receipt]:
    """The same at the beginning of a run: what an earlier one was still trying may have arrived or not."""
    return {key: replace(one, state=State.UNKNOWN) if one.state is State.TRYING else one for key, one in outbox.items()}


def plain(outbox: Outbox) -> dict[str, list[object]]:
    """JSON values, one row for each; what is empty at a row's end is left out."""
    return {key: _row(one) for key, one in outbox.items()}


def _row(one: Receipt) -> list[object]:
    row: list[object] = [one.state.value, one.at, one.ts, one.place, one.words, one.tries]
    while row[-1] in (0, ""):
        row.pop()
    return row


def outbox_of(value: object) -> dict[str, Receipt]:
    """What `plain` wrote; a row that cannot be read is lost alone."""
    return readable_by_key(pairs_of(value), _receipt)


def _receipt(key: str, row: Any) -> Receipt:
    state, at, ts, place, words, tries = [*row, *[NOTHING, "", "", "", 0][len(row) - 1 :]][:6]
    if not is_instant(at) or type(tries) is not int or len(key) > 200:
        raise ValueError(f"{key!r} is no receipt")
    return Receipt(State(state), at, str(ts)[:40], str(place)[:40], str(words)[:40], tries)


def keys_in(outbox: Outbox, state: State) -> Iterable[str]:
    """The keys that stand there, in their order."""
    return (key for key, one in sorted(outbox.items()) if one.state is state)
