"""What Stanch itself left on a thread: since when it speaks there, whom it refused, and what its marks may tell.

GitHub says "you reacted" to every workflow of a repository, so a mark may be another one's: 🚀 is never a
permission, only a hint, where no card can tell, that a comment has been heard. 👎 is a refusal only beside
Stanch's own reply, or where that may have been deleted.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from stanch.core.calls import read
from stanch.core.hotfix_facts import is_told
from stanch.core.ledger import Ledger
from stanch.core.marker import marker_of
from stanch.core.snapshot import Snapshot, delivered, trusted_cards
from stanch.core.thread import Comment, EventKind, Mark, Thread

ADOPTION_AGE = timedelta(hours=72)
"""What is older than this on a thread that Stanch never touched is history: taken in, never acted on."""

ACTIONS_BOT = "github-actions"


@dataclass(frozen=True, slots=True)
class Traces:
    """What one look has to know of the earlier ones; made once, however many comments there are.

    `judged` and `refused` are ids of comments. `spoke` is when Stanch first spoke here, as far as it still shows.
    `heard_from` is where history ends: the same at every look, because it is counted from `spoke`.
    Without a card, `gone` is when words of the bot's were last deleted or overwritten, and up to `marked_until`
    marks tell which comments were heard; both are None where a card can tell.
    """

    judged: frozenset[int]
    refused: frozenset[int]
    spoke: datetime | None
    heard_from: datetime
    gone: datetime | None
    marked_until: datetime | None

    def hears(self, comment: Comment) -> bool:
        """Whether a comment is young enough to be acted on, or seems to have been acted on before."""
        return comment.at > self.heard_from or self.seems_heard(comment)

    def seems_heard(self, comment: Comment) -> bool:
        return bool(comment.marks) and self.marked_until is not None and comment.at <= self.marked_until

    def refuses(self, comment: Comment) -> bool:
        """Whether nothing in a comment was done when it was judged, and it still says what it said then."""
        alone = comment.marks == {Mark.REFUSED} and comment.edited_at is None
        unsure = self.gone is not None and comment.at <= self.gone
        return alone and (unsure or comment.id in self.refused)


def traces_of(snapshot: Snapshot, ledger: Ledger) -> Traces:
    """The traces on a thread whose cards hold this ledger."""
    thread = snapshot.thread
    # An edited card is believed in nothing, but that it stands here.
    spoke = min((one.at for one in thread.comments if _speaks(one)), default=None)
    carded = bool(trusted_cards(thread))
    gone = None if carded else max(_losses(thread), default=None)
    cardless = None if carded else _cardless_until(snapshot)
    return Traces(
        judged=ledger.places,
        refused=frozenset(_refused(thread, ledger)),
        spoke=spoke,
        heard_from=(ledger.adopted or spoke or snapshot.now) - ADOPTION_AGE,
        gone=gone,
        marked_until=max((at for at in (gone, cardless) if at is not None), default=None),
    )


def _speaks(comment: Comment) -> bool:
    """Whether a comment shows that Stanch was on this thread: one that was left by the look at another does not."""
    marker = marker_of(comment.body) if comment.ours else None
    return marker is not None and not is_told(marker.key)


def untouched(snapshot: Snapshot) -> bool:
    """Whether Stanch never wrote on this thread: no marker of ours and, where only marks can tell, no marked command.

    They alone can tell where a severity without a card came first, or where words of the bot's are gone. Any other
    thread that Stanch was on has a card, so there a mark is another workflow's.
    """
    traces = traces_of(snapshot, Ledger())
    heard = (one for one in snapshot.thread.comments if traces.seems_heard(one))
    return traces.spoke is None and not any(read(one.body, one.at, snapshot.config.calendar.zone) for one in heard)


def deletions(thread: Thread) -> list[datetime]:
    """When comments of the bot were deleted, by whomever."""
    own = {comment.author.login for comment in thread.comments if comment.ours} or {ACTIONS_BOT}
    return [e.at for e in thread.events if e.kind is EventKind.COMMENT_DELETED and e.subject in own]


def _losses(thread: Thread) -> list[datetime]:
    overwritten = [one.edited_at for one in thread.comments if one.ours and not one.untouched and one.edited_at]
    return [*deletions(thread), *overwritten]


def _refused(thread: Thread, ledger: Ledger) -> Iterator[int]:
    """The comments that were answered with a refusal, by the keys of the replies."""
    head = f"{thread.number}/refused/"
    for key in delivered(thread) | ledger.delivered.keys():
        if key.startswith(head) and key.removeprefix(head).isdecimal():
            yield int(key.removeprefix(head))


def _cardless_until(snapshot: Snapshot) -> datetime | None:
    """Up to when a severity without a card was the worst that hung here; None when one with a card came first."""
    config, loud, quiet = snapshot.config, [snapshot.now], list[datetime]()
    for event in snapshot.thread.events:
        if event.kind is EventKind.LABELED:
            severity = config.severity_of(event.subject)
            carded = severity is not None and config.promises(severity).card
            if carded or config.is_client_report(event.subject):
                loud.append(event.at)
            elif severity is not None:
                quiet.append(event.at)
    return min(loud) if quiet and min(quiet) < min(loud) else None
