"""An incident: what a thread means, once it is read from its first item to its last.

Times are UTC. Nothing here depends on now: two looks at the same thread give the same incident.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from stanch.core.hands import Hand
from stanch.core.hotfix_facts import HotfixMemory
from stanch.core.hotfixes import Hotfix, hotfixes_of
from stanch.core.ledger import Change, Record
from stanch.core.runbooks.use import Use
from stanch.core.runs import Runs
from stanch.core.severity import Severity
from stanch.core.thread import CloseReason
from stanch.core.works import LinkedWork


class Kind(StrEnum):
    """What a thread is to Stanch."""

    INCIDENT = "incident"
    REPORT = "client-report"
    WITHDRAWN = "withdrawn"
    NOT_OURS = "not ours"


class Status(StrEnum):
    """How far an incident has come. The order of the first five is the order of the work."""

    INVESTIGATING = "investigating"
    IDENTIFIED = "identified"
    MITIGATED = "mitigated"
    MONITORING = "monitoring"
    RESOLVED = "resolved"
    FALSE_ALARM = "false alarm"
    DISMISSED = "closed without a cause"

    @property
    def users_are_fine(self) -> bool:
        return self in {Status.MITIGATED, Status.MONITORING, Status.RESOLVED}

    @property
    def over(self) -> bool:
        return self in {Status.RESOLVED, Status.FALSE_ALARM, Status.DISMISSED}


@dataclass(frozen=True, slots=True)
class Deed:
    """Who did something, and when. `url` leads to where it was said, empty where nobody said it or that is gone."""

    by: str
    at: datetime
    url: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Spell:
    """A time during which one severity held; None when every severity label was off."""

    severity: Severity | None
    at: datetime
    by: str
    why: str = ""
    url: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class StatusChange:
    """A new status. `url` leads to the comment that said it, empty once that is gone; None when nobody said it."""

    status: Status
    at: datetime
    by: str
    url: str | None = None

    @property
    def said(self) -> bool:
        """Whether a command said it; else it followed from a `Turn`."""
        return self.url is not None


@dataclass(frozen=True, slots=True)
class Turn:
    """A closing (`reason`) or a reopening, as GitHub recorded it. `status` is what it changed the status to."""

    at: datetime
    by: str
    reopened: bool
    reason: CloseReason | None = None
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class Update:
    """Something that was told: to the clients (`public`) or to the team."""

    text: str
    at: datetime
    by: str
    public: bool
    url: str = ""


@dataclass(frozen=True, slots=True)
class Containment:
    """What stopped the bleeding. It is debt until it is restored; `until` is when it is looked at again.

    `accepted` says why it stays for good where `restored` does not mean that it is gone.
    """

    id: str
    kind: str
    what: str
    by: str
    at: datetime
    until: datetime
    restored: Deed | None = None
    accepted: str = ""
    url: str = field(default="", compare=False)

    @property
    def standing(self) -> bool:
        return self.restored is None


@dataclass(frozen=True, slots=True)
class Note:
    """A line for the timeline that somebody wrote down, at the time that it names."""

    text: str
    at: datetime
    by: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Assignment:
    """Whom a command put on the issue, or took off it again. `place` and `at` are the command's own."""

    login: str
    on: bool
    place: tuple[int, int]
    at: datetime


@dataclass(frozen=True, slots=True)
class Incident:
    """Everything that practices ask of an incident.

    `spells` is the history of its severity, oldest first; `severity` the one that holds now, None when
    withdrawn or not yet given; `confirmed`: it was said or set since the issue was opened, not only with it. `highest`
    decides whether a post-mortem is due; it first held at `highest_at`. `labels_on` are the severity labels as they
    hang on the issue, `stray_labels` those of somebody who may not. `told` is what its pull requests left here;
    `production_known`: a production deployment was seen, else nothing can be waited for. `unstaged` are the commits of
    `changes` seen to have passed by staging. `runs` are their workflow runs, None unasked; `comms` speaks to clients.
    """

    number: int
    title: str
    url: str
    kind: Kind
    author: str
    opened_at: datetime
    detected_at: datetime
    detected_how: str
    open: bool
    severity: Severity | None
    highest: Severity | None
    misjudged: bool
    spells: tuple[Spell, ...]
    labels: tuple[str, ...]
    labels_on: tuple[tuple[str, Severity], ...]
    stray_labels: tuple[str, ...]
    report_wanted: bool
    reported_at: datetime | None
    status: Status
    history: tuple[StatusChange, ...]
    turns: tuple[Turn, ...]
    acknowledged: Deed | None
    mitigated: Deed | None
    resolved: Deed | None
    closes_itself: bool
    lead: str
    crew: tuple[str, ...]
    assignments: tuple[Assignment, ...]
    assignees: tuple[str, ...]
    updates: tuple[Update, ...]
    snoozed_until: datetime | None
    containments: tuple[Containment, ...]
    verified: dict[str, Deed]
    notes: tuple[Note, ...]
    works: tuple[LinkedWork, ...]
    records: tuple[Record, ...]
    changes: tuple[Change, ...] = ()
    deployed_since: tuple[Change, ...] = ()
    form: dict[str, str] = field(default_factory=dict)
    adopted: datetime | None = None
    has_card: bool = False
    reopened_at: datetime | None = None
    highest_at: datetime | None = None
    told: HotfixMemory = field(default_factory=HotfixMemory)
    production_known: bool = False
    hands: tuple[Hand, ...] = ()
    unstaged: tuple[str, ...] = ()
    runs: Runs | None = None
    comms: str = ""
    confirmed: bool = False
    uses: tuple[Use, ...] = ()

    @property
    def ours(self) -> bool:
        """Whether anything is to be done about it at all."""
        return self.kind in {Kind.INCIDENT, Kind.REPORT}

    @property
    def burning(self) -> bool:
        """Whether clocks run: it is an incident or a report, open, and not over."""
        return self.ours and self.open and not self.status.over

    @property
    def declared(self) -> Spell | None:
        """The moment at which it first became an incident."""
        return next((spell for spell in self.spells if spell.severity is not None), None)

    @property
    def since(self) -> datetime:
        """When the severity that holds now began to count: at detection for the first one, else when it was set."""
        current = self.spells[-1] if self.spells else None
        if current is None or current == self.declared:
            return self.detected_at
        return current.at

    @property
    def promised_from(self) -> datetime:
        """From when its promises count: from when its severity does, or from when it was last reopened since."""
        return max(self.since, self.reopened_at or self.since)

    @property
    def turned_at(self) -> datetime | None:
        """When users were last fine again, or last ceased to be."""
        fine, turned = False, None
        for change in self.history:
            if change.status.users_are_fine is not fine:
                fine, turned = change.status.users_are_fine, change.at
        return turned

    @property
    def hotfixes(self) -> tuple[Hotfix, ...]:
        """What was done to mend it, as far as the gate has seen it, by number."""
        return hotfixes_of(self.told)

    @property
    def fine_at(self) -> datetime | None:
        """When users were fine again: at its mitigation, else at its resolution."""
        deed = self.mitigated or self.resolved
        return deed.at if deed else None

    @property
    def fixed_at(self) -> datetime | None:
        """When users were fine again, or a hotfix was in production: whichever came first since it last broke."""
        ends = [deed.at for deed in (self.mitigated, self.resolved) if deed is not None]
        return min((*ends, *(at for at in self.told.arrived if at >= self.broke_at)), default=None)

    @property
    def broke_at(self) -> datetime:
        """When it last broke: at detection, or as somebody said that it is broken again."""
        fine, broke = False, self.detected_at
        for change in self.history:
            broke = change.at if fine and not change.status.users_are_fine else broke
            fine = change.status.users_are_fine
        return max(broke, self.reopened_at or broke)

    @property
    def taken_in(self) -> bool:
        """Whether what holds now held already when an old thread was adopted: nobody is called, no clock runs."""
        began = self.spells[-1].at if self.spells else (self.reported_at or self.opened_at)
        return self.adopted is not None and began <= self.adopted

    @property
    def standing(self) -> tuple[Containment, ...]:
        """The containment that is still in place."""
        return tuple(one for one in self.containments if one.standing)

    @property
    def leader(self) -> str:
        """Who is responsible for the next word: the lead, else who acknowledged, else who is assigned."""
        acknowledged = self.acknowledged.by if self.acknowledged else ""
        return self.lead or acknowledged or next(iter(self.assignees), "")
