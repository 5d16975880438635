"""What is known of a thread so far, while it is read from its first item to its last."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from stanch.core.clock import Calendar
from stanch.core.hands import Hand
from stanch.core.hotfix_facts import Merged
from stanch.core.incident import (
    Assignment,
    Containment,
    Deed,
    Note,
    Spell,
    Status,
    StatusChange,
    Turn,
    Update,
)
from stanch.core.ledger import Record
from stanch.core.runbooks.model import Shelf
from stanch.core.runbooks.use import Use
from stanch.core.severity import Severity
from stanch.core.thread import GHOST
from stanch.core.traces import ACTIONS_BOT
from stanch.core.works import LinkedWork

LONGEST_ON_SEV_1 = timedelta(hours=1)
"""For how long the next word on a SEV-1 may be put off."""

AT_OPENING = timedelta(seconds=5)
"""So soon after an issue was opened a label came with it: a template's, or one that was picked beside the text."""


@dataclass
class State:
    """What is known so far. It lives only while one thread is folded.

    `people` are logins that are known, `chased` the severities of which clients are told at intervals.
    """

    number: int
    detected_at: datetime
    calendar: Calendar
    opened_at: datetime | None = None
    home: str = ""
    card_since: datetime | None = None
    severity: Severity | None = None
    confirmed: bool = False
    spells: list[Spell] = field(default_factory=list)
    labelled: Spell | None = None
    commanded: set[Severity] = field(default_factory=set)
    on: dict[str, Severity] = field(default_factory=dict)
    stray: dict[str, Severity] = field(default_factory=dict)
    outsider: bool = False
    misjudged: bool = False
    weighed_from: int = 0
    reported_at: datetime | None = None
    ever_reported: bool = False
    report: bool = False
    status: Status = Status.INVESTIGATING
    history: list[StatusChange] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    acknowledged: Deed | None = None
    mitigated: Deed | None = None
    resolved: Deed | None = None
    closed: Deed | None = None
    closed_as: Status = Status.RESOLVED
    reopened_at: datetime | None = None
    ordered_closed: bool = False
    lead: str = ""
    comms: str = ""
    crew: list[str] = field(default_factory=list)
    assignments: dict[str, Assignment] = field(default_factory=dict)
    hands: list[Hand] = field(default_factory=list)
    updates: list[Update] = field(default_factory=list)
    snoozed_at: datetime | None = None
    snoozed_until: datetime | None = None
    containments: list[Containment] = field(default_factory=list)
    reserved: frozenset[str] = frozenset()
    undone: dict[int, str] = field(default_factory=dict)
    verified: dict[str, Deed] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    works: dict[int, LinkedWork] = field(default_factory=dict)
    uses: dict[tuple[str, str], Use] = field(default_factory=dict)
    records: list[Record] = field(default_factory=list)
    calendar_expiry: timedelta = timedelta(days=7)
    people: frozenset[str] = frozenset()
    chased: frozenset[Severity] = frozenset()
    shelf: Shelf = field(default_factory=Shelf)

    @property
    def live(self) -> bool:
        return self.severity is not None or self.report or self.outsider

    @property
    def put_off_until(self) -> datetime | None:
        """Until when the next word was put off; what became a SEV-1 since then was put off for no longer than one."""
        if self.snoozed_at is None or self.snoozed_until is None or self.severity is not Severity.SEV_1:
            return self.snoozed_until
        return min(self.snoozed_until, self.snoozed_at + LONGEST_ON_SEV_1)

    def was_one(self, at: datetime) -> bool:
        """Whether this thread had been an incident by then: a card tells it too, should its labels mean nothing now."""
        return bool(self.spells) or (self.card_since is not None and self.card_since <= at)

    def assign(self, login: str, record: Record, *, on: bool) -> None:
        """Order that somebody is put on the issue or taken off it; of each person the newest order counts."""
        self.assignments.pop(login.lower(), None)
        self.assignments[login.lower()] = Assignment(login, on, record.place, record.at)

    @property
    def ending(self) -> bool:
        """Whether the issue is closed, or was ordered closed, which a run that broke may still owe."""
        return self.closed is not None or self.ordered_closed

    @property
    def next_containment(self) -> str:
        """The first free id: neither in use, nor one that a merged hotfix has had since an earlier look."""
        taken = {one.id for one in self.containments} | self.reserved
        return next(name for n in count(1) if (name := f"C{n}") not in taken)

    def undo(self, what: Merged) -> None:
        """A revert or a flag flip was merged: that is contained as if whoever merged it had written `/contain`."""
        used = {one.id for one in self.containments}
        name = what.contained if what.contained and what.contained not in used else self.next_containment
        self.undone[what.pull] = name
        until, words = what.at + self.calendar_expiry, f"#{what.pull} {what.title}"
        url = f"{self.home}/pull/{what.pull}"
        self.containments.append(Containment(name, what.contains, words, what.by, what.at, until, url=url))
        if self.acknowledged is None and not what.by.endswith("[bot]") and what.by not in {GHOST, ACTIONS_BOT}:
            self.acknowledged = Deed(what.by, what.at, url)

    def move(self, status: Status, at: datetime, by: str, url: str | None = None) -> None:
        """Change the status, and the milestones that follow from it. A command has a `url`, if only an empty one."""
        if status is not self.status:
            self.history.append(StatusChange(status, at, by, url))
        self.status = status
        if not status.over:
            self.resolved, self.ordered_closed = None, False
        if status.users_are_fine and self.mitigated is None:
            self.mitigated = Deed(by, at)
        if not status.users_are_fine and status is not Status.DISMISSED:
            self.mitigated = None
        if status is Status.FALSE_ALARM:
            self.resolved = None
        if status is Status.RESOLVED and self.resolved is None:
            self.resolved = Deed(by, at)

    def reopen(self, at: datetime, by: str) -> None:
        """It is broken again: nothing that was reached, checked or put off before holds; who has seen it stays."""
        self.move(Status.INVESTIGATING, at, by)
        self.closed, self.reopened_at, self.snoozed_until = None, at, None
        self.verified.clear()

    def came_with_it(self, at: datetime) -> bool:
        """Whether something was set as the issue was opened."""
        return self.opened_at is not None and at - self.opened_at <= AT_OPENING

    def rate(self, severity: Severity | None, deed: Deed, why: str = "") -> None:
        """Let a severity hold from now on."""
        if severity is self.severity:
            return
        self.severity = severity
        self.spells.append(Spell(severity, deed.at, deed.by, why, deed.url))
