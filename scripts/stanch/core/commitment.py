"""What somebody owes: an action item, a post-mortem, a containment, a root cause, a review. All follow one clock."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from stanch.core.following import Deferral, Ended


class Kind(StrEnum):
    """What a commitment is."""

    ITEM = "item"
    POSTMORTEM = "post-mortem"
    CONTAINMENT = "containment"
    ROOT_CAUSE = "root-cause"
    REVIEW = "review-owed"


_CONTAINMENT = re.compile(r"\bC[0-9]{1,3}\b")


@dataclass(frozen=True, slots=True)
class Commitment:
    """One thing that is owed on thread `number`; `part` is the item's number or the containment's id, else empty.

    It waits on `owners`, and `lead` is who is asked where they do not answer. `due` is a day of the team's, `since`
    (UTC) when it was first owed. `ended` is None while it is open. `incident` is that of an item's post-mortem.
    """

    kind: Kind
    number: int
    text: str
    url: str
    since: datetime
    part: str = ""
    owners: tuple[str, ...] = ()
    lead: str = ""
    due: date | None = None
    deferrals: tuple[Deferral, ...] = ()
    ended: Ended | None = None
    incident: int = 0

    @property
    def place(self) -> str:
        """Where it stands, as people write it down: `41.2`, `12.C1`, `50`."""
        return f"{self.number}.{self.part}" if self.part else str(self.number)

    @property
    def open(self) -> bool:
        return self.ended is None

    @property
    def age_key(self) -> tuple[date, int, int, str]:
        """Sorts by what is due first; what has no date comes last."""
        return self.due or date.max, self.number, int(self.part) if self.part.isdigit() else 0, self.part


def row_of(one: Commitment) -> dict[str, object]:
    """What `comments/_commitment` tells of it, wherever it is told, and how it stands with its date (ISO)."""
    return {
        "kind": one.kind.value,
        "number": one.number,
        "part": one.part,
        "text": one.text,
        "due": one.due.isoformat() if one.due else "",
        "deferred": len(one.deferrals),
    }


@dataclass(frozen=True, slots=True)
class Owed:
    """Everything that is owed in a repository, as one sweep saw it on the threads `seen`.

    `reminded` holds the keys of the reminders that were sent for today, or for a day after it. `absent` are logins that
    cannot be reached here, in lower case. `unknown` are threads that could not be read, `gone` those that held
    something and are no longer there. `worked` is when each runbook last worked.
    `dashboard` is the number of the dashboard's issue, 0 while there is none.
    """

    commitments: tuple[Commitment, ...] = ()
    reminded: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()
    seen: frozenset[int] = frozenset()
    dashboard: int = 0
    unknown: frozenset[int] = frozenset()
    gone: frozenset[int] = frozenset()
    worked: Mapping[str, date] = field(default_factory=dict)

    @property
    def open(self) -> tuple[Commitment, ...]:
        """What is open, by due date. A containment that an item with owner and date names is that item."""
        standing = [one for one in self.commitments if one.open]
        sure = (one for one in standing if one.incident and one.due and one.owners)
        named = {(one.incident, part) for one in sure for part in _CONTAINMENT.findall(one.text)}
        apart = (one for one in standing if one.kind is not Kind.CONTAINMENT or (one.number, one.part) not in named)
        return tuple(sorted(apart, key=lambda one: one.age_key))
