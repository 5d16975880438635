"""A post-mortem issue, read: when it is due, who writes it, whether it is finished, and what became of its items."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache

from stanch.core.access import Access
from stanch.core.action_list import ActionItem, items
from stanch.core.actions import Reading
from stanch.core.clock import business_days_after, local_date
from stanch.core.commands import Verb
from stanch.core.config import Config
from stanch.core.following import Ended, Ending, Followed, follow
from stanch.core.ledger import Ledger, Record
from stanch.core.links import linked
from stanch.core.lint import Finding, Gravity
from stanch.core.lint.sharing import Shared, is_sharing
from stanch.core.markdown import lines_of
from stanch.core.marker import Marker, instant_of, marker_of
from stanch.core.postmortem_commands import Standing, judged
from stanch.core.postmortem_lint import findings_of, shared_of, unmended
from stanch.core.severity import Severity, hung
from stanch.core.sighting import MOST, Sighted, sight
from stanch.core.snapshot import Snapshot, card_in_sight, ledger_of
from stanch.core.thread import GHOST, CloseReason, EventKind, Thread, home_of

KEY = "postmortem"
FORM, SHORT = "form", "short"
"""What the first line of one says that was opened while the incident ran."""

USUAL_DAYS = 2
"""Business days that a post-mortem without a stated deadline has."""

OPEN_ITEMS = "open-items"
"""The label of a post-mortem of which something is still open; it is how a closed one is found again."""

OLD = timedelta(hours=72)
"""A post-mortem that was closed longer ago than this and was never followed is left alone."""

BELIEVABLE = timedelta(days=3660)
"""How far a deadline may lie from the issue's creation; people may edit the line that states it."""


@dataclass(frozen=True, slots=True)
class PostMortem:
    """`incident` is the number of the issue that it belongs to, None when its first line no longer says so.

    `items` are those in the text as it is, `followed` every one that was ever seen, by number; `unfollowed` counts
    those in the text beyond what can be followed. `sighted` is what the card remembers of them. `records` are the
    commands that were judged. `sev_1` says that its incident was the worst there is, so that clients are told; `shared`
    whether they were, or why not. `reviewed` is the review that counts. `tended` says that it is followed at all: an
    old one that was closed before is left alone. `findings` are what the linter says while it is open. `author` is the
    person who opened it, empty for a bot.
    """

    number: int
    title: str
    url: str
    incident: int | None
    due: datetime
    open: bool
    writers: tuple[str, ...]
    items: tuple[ActionItem, ...]
    labels: tuple[str, ...]
    sighted: tuple[Sighted, ...] = ()
    followed: tuple[Followed, ...] = ()
    unfollowed: int = 0
    records: tuple[Record, ...] = ()
    sev_1: bool = False
    shared: Shared = Shared.ABSENT
    reviewed: Record | None = None
    tended: bool = True
    author: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def lead(self) -> str:
        """Its first assignee, else the person who opened it."""
        return self.writers[0] if self.writers else self.author

    @property
    def own(self) -> frozenset[int]:
        """What every item may name without meaning it as its work."""
        return frozenset({self.number, *((self.incident,) if self.incident else ())})

    @property
    def open_items(self) -> tuple[Followed, ...]:
        return tuple(one for one in self.followed if one.open)

    @property
    def owes_clients(self) -> bool:
        """Whether it waits for a word on whether clients were given it."""
        return self.sev_1 and not self.shared.settled

    @property
    def finished(self) -> bool:
        """Closed, or reviewed; and where clients have to be told, they were or there is a reason."""
        return (not self.open or self.reviewed is not None) and not self.owes_clients


def postmortem_of(snapshot: Snapshot, ledger: Ledger | None = None) -> PostMortem | None:
    """The post-mortem that a thread is: it bears the label, and Stanch opened it or a person did."""
    thread, config = snapshot.thread, snapshot.config
    if thread.is_pull_request or not any(config.is_postmortem(label) for label in thread.labels):
        return None
    marker = marker_of(thread.body) if thread.ours else None
    parent = marker.key.partition("/")[0] if marker else ""
    due = instant_of(marker.stamp.get("due", "")) if marker else None
    if due is not None and not abs(due - thread.at) < BELIEVABLE:
        due = None
    found = listed(thread.body, reading_of(thread, config))
    read = PostMortem(
        number=thread.number,
        title=thread.title,
        url=thread.url,
        incident=int(parent) if parent.isdigit() else None,
        due=due or business_days_after(thread.at, USUAL_DAYS, config.calendar),
        open=thread.open,
        writers=thread.assignees,
        items=found,
        labels=thread.labels,
        unfollowed=max(0, len(found) - MOST),
        sev_1=_sev_1(snapshot, marker),
        shared=shared_of(thread.body),
        tended=_tended(snapshot),
        author="" if thread.author.is_bot or thread.author.login == GHOST else thread.author.login,
    )
    return _followed(snapshot, ledger_of(thread) if ledger is None else ledger, read)


def words(item: ActionItem | Sighted) -> str:
    """Its text, and what it links outside of it: behind its owner or its date."""
    return " ".join((item.text, *item.links))


def reading_of(thread: Thread, config: Config) -> Reading:
    """How dates in a post-mortem are read: by the team's order, relative ones from the day on which it was opened."""
    return Reading(config.postmortem.day_first, local_date(thread.at, config.calendar))


@lru_cache(maxsize=4)
def listed(body: str, how: Reading) -> tuple[ActionItem, ...]:
    """The items, without the box that asks whether clients were told; one look meets the same text several times."""
    found = items(body, how)
    lines = lines_of(body) if found else []
    return tuple(item for item in found if not is_sharing(lines[item.line - 1]))


def _tended(snapshot: Snapshot) -> bool:
    """Whether it is open, was closed lately, or is followed already; another one is followed in a duplicate's place."""
    thread = snapshot.thread
    if not thread.open and thread.reason is CloseReason.DUPLICATE:
        return False
    if thread.open or card_in_sight(thread) is not None or hung(OPEN_ITEMS, thread.labels):
        return True
    closed = (event.at for event in thread.events if event.kind is EventKind.CLOSED)
    return any(snapshot.now - at <= OLD for at in closed)


def _sev_1(snapshot: Snapshot, marker: Marker | None) -> bool:
    """As its first line remembers; else by a severity that somebody hung on it."""
    if marker is not None and "sev" in marker.stamp:
        return marker.stamp["sev"] == str(int(Severity.SEV_1))
    return any(snapshot.config.severity_of(label) is Severity.SEV_1 for label in snapshot.thread.labels)


def _followed(snapshot: Snapshot, ledger: Ledger, read: PostMortem) -> PostMortem:
    sighted = sight(ledger.items or (), read.items, _changed(snapshot, ledger))
    by_link = _by_link(snapshot, sighted, read.own)
    heard = follow(sighted, _accepted(ledger.records), by_link)
    over = not read.open or any(one.verb == Verb.REVIEWED for one in _accepted(ledger.records))
    found = () if over else findings_of(snapshot, reading_of(snapshot.thread, snapshot.config))
    faulty = any(one.gravity is Gravity.ERROR for one in unmended(found, heard))
    leads = read.writers or ((read.lead,) if read.lead else snapshot.config.people[:1])
    editors, strangers = tuple(_editors(snapshot.thread)), _strangers(snapshot)
    standing = Standing(sighted, by_link, read.writers, editors, leads, faulty, strangers)
    records = judged(snapshot, ledger, standing)
    followed = follow(sighted, _accepted(records), by_link)
    reviewed = next((one for one in _accepted(records) if one.verb == Verb.REVIEWED), None)
    return replace(
        read,
        sighted=sighted,
        followed=followed,
        records=records,
        reviewed=reviewed,
        findings=unmended(found, followed) if reviewed is None else (),
    )


def _accepted(records: Iterable[Record]) -> tuple[Record, ...]:
    return tuple(record for record in records if record.accepted)


def _changed(snapshot: Snapshot, ledger: Ledger) -> datetime:
    """When the text became what it is, as far as GitHub tells."""
    thread = snapshot.thread
    return min(thread.edited_at or (thread.at if ledger.items is None else snapshot.now), snapshot.now)


def _editors(thread: Thread) -> Iterable[str]:
    """Whose words they are: the author's, where it is a person, and the last editor's."""
    people = (thread.author, *((thread.editor,) if thread.editor else ()))
    return (one.login for one in people if not one.is_bot and one.login != GHOST)


def _strangers(snapshot: Snapshot) -> frozenset[str]:
    """Who was asked about and does not belong to the repository; whoever the team names does."""
    people = {login.lower() for login in snapshot.config.people}
    return frozenset(login.lower() for login, may in snapshot.access.items() if may < Access.TRIAGE) - people


def _by_link(snapshot: Snapshot, sighted: Iterable[Sighted], own: frozenset[int]) -> Mapping[int, Ended]:
    """The items all of whose linked work is done, with when the last of it was."""
    home, finished = home_of(snapshot.thread.url), snapshot.finished
    found: dict[int, Ended] = {}
    for one in sighted if finished else ():
        numbers = [n for n in linked(words(one), home) if n not in own and n in finished] if one.place else []
        ends = [(number, finished[number]) for number in numbers]
        done = [(number, at) for number, at in ends if at is not None]
        if done and len(done) == len(ends):
            at = max(at for _, at in done)
            found[one.number] = Ended(Ending.DONE, at, why=" ".join(f"#{number}" for number, _ in done))
    return found
