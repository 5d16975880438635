"""Which notices leave the repository in this pass, and what the card has to remember of them.

A service that cannot tell a second copy gets each notice at most once: its intent is in the card before it leaves,
and what an earlier run was still trying may have arrived. The others get it until they say that they have it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from hashlib import sha256

from stanch.core.case import Case
from stanch.core.channels import Channel
from stanch.core.keeping import seconds
from stanch.core.ledger import read
from stanch.core.outbox import Receipt, State, newest, passed, settled
from stanch.core.sent import Sent
from stanch.core.snapshot import card_key
from stanch.core.wanted import Announce, Card, Text, Want
from stanch.core.writes import CreateComment, EditComment, Send

Words = Callable[[Text], str]

MOST_TRIES = 5
"""Definite noes after which a notice that has to be written down first is given up: each try is two edits of a card."""


def known(case: Case, sent: Sent) -> dict[str, Receipt]:
    """What became of every notice of this thread, this run's among them."""
    return newest({**settled(case.ledger.outbox), **sent.receipts})


def outgoing(case: Case, wants: Iterable[Want], sent: Sent) -> Iterator[Announce]:
    """What leaves for the first time, or once more after a no. Without a card nothing could be remembered."""
    wants, receipts = tuple(wants), known(case, sent)
    if not any(isinstance(want, Card) for want in wants):
        return
    for want in wants:
        if isinstance(want, Announce) and want.key not in sent.receipts and not passed(want.key, receipts):
            receipt = receipts.get(want.key)
            if want.doubtful and receipt is None:
                continue
            if receipt is None or (receipt.state is State.OWED and not _given_up(want, receipt)):
                yield want


def _given_up(want: Announce, receipt: Receipt) -> bool:
    return want.at_most_once and receipt.tries >= MOST_TRIES


def posted(case: Case, wants: Iterable[Want], sent: Sent) -> dict[str, Receipt]:
    """The outbox that belongs into the card now: with every intent that has to stand there before it is carried out."""
    wants, receipts = tuple(wants), known(case, sent)
    for want in wants:
        if isinstance(want, Announce) and want.doubtful:
            receipts.setdefault(want.key, Receipt(State.UNKNOWN, seconds(case.now)))
    for want in outgoing(case, wants, sent):
        if want.at_most_once:
            before = receipts.get(want.key, Receipt(State.TRYING, seconds(case.now)))
            receipts[want.key] = replace(before, state=State.TRYING)
    return newest(receipts)


def sends(case: Case, wants: Iterable[Want], words: Words, sent: Sent) -> Iterator[Send]:
    """The notices that leave in this pass, and living messages that say something else by now."""
    wants, receipts = tuple(wants), known(case, sent)
    yield from (_send(case, one, words, receipts) for one in outgoing(case, wants, sent))
    for want in wants:
        receipt = receipts.get(want.key) if isinstance(want, Announce) and want.living else None
        if isinstance(want, Announce) and receipt is not None and receipt.state is State.SENT and receipt.ts:
            send = replace(_send(case, want, words, receipts), edits=True, ts=receipt.ts, place=receipt.place)
            if receipt.words != fingerprint(send.text):
                yield send


def _send(case: Case, want: Announce, words: Words, receipts: dict[str, Receipt]) -> Send:
    thread, before = case.snapshot.thread, receipts.get(want.key)
    above = receipts.get(want.under)
    return Send(
        number=case.number,
        key=want.key,
        channel=want.channel,
        kind=want.kind,
        text=words(want.text),
        severity=want.severity,
        incident=f"{case.snapshot.repository.full_name}#{thread.number}",
        url=thread.url,
        due=want.due.strftime("%Y-%m-%dT%H:%M:%SZ"),
        at=before.at if before else seconds(case.now),
        to=case.config.notices.to(want.channel),
        living=want.living,
        under=want.under,
        ts=above.ts if above else "",
        place=above.place if above else "",
        tries=before.tries if before else 0,
        drill=want.drill,
    )


def fingerprint(text: str) -> str:
    """A few characters that tell one text from another."""
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:12]


def addressed(write: Send, sent: Sent) -> Send:
    """The notice with the message that it hangs beneath, if that was posted only now."""
    above = sent.receipts.get(write.under)
    return replace(write, ts=above.ts, place=above.place) if above and not write.ts else write


def written_down(write: Send, sent: Sent) -> bool:
    """Whether this run has put into the card that the notice is about to leave."""
    for one in reversed(sent.writes):
        if isinstance(one, CreateComment | EditComment) and one.number == write.number:
            ledger = read(one.body) if f"key={card_key(write.number)} " in one.body.split("\n", 1)[0] else None
            if ledger is not None:
                receipt = ledger.outbox.get(write.key)
                return receipt is not None and receipt.state is State.TRYING
    return False


def arrived(write: Send, ts: str, place: str) -> Receipt:
    """The receipt of a notice that the service has taken."""
    words = fingerprint(write.text) if write.living else ""
    return Receipt(State.SENT, write.at, ts if write.living else "", place if write.living else "", words)


def missed(write: Send, *, definite: bool) -> Receipt:
    """The receipt of a notice that was refused (`definite`), or of which nobody knows whether it arrived."""
    if write.edits:
        return Receipt(State.SENT, write.at, write.ts, write.place)
    if write.at_most_once and not definite:
        return Receipt(State.UNKNOWN, write.at)
    return Receipt(State.OWED, write.at, tries=write.tries + 1 if write.at_most_once else 0)


def connected(case: Case) -> tuple[Channel, ...]:
    """The ways out that are used here: a bot with a channel to write in stands before Slack's webhook."""
    channels = case.snapshot.channels
    bot = Channel.SLACK_BOT in channels and bool(case.config.notices.slack_channel)
    unused = Channel.SLACK if bot else Channel.SLACK_BOT
    return tuple(one for one in Channel if one in channels and one is not unused)
