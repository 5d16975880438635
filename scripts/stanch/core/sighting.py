"""What was seen of each action item in the text, look by look: the memory behind the numbers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from stanch.core.action_list import ActionItem
from stanch.core.likeness import paired

MOST = 500
"""Items of one text that are followed; the card says how many more there are."""

MOST_GONE = 100
"""Items that are no longer in the text and are still remembered, the newest ones."""

MOST_DUES = 12
"""Due dates of one item that are remembered, the newest ones."""

LONGEST = 120
"""Characters of an item's text that are kept."""


@dataclass(frozen=True, slots=True)
class Sighted:
    """One item as its text told of it. `dues` are its dates, oldest first, each with when it was changed to that.

    `place` counts from 1 within the text and is 0 once the item is gone from it. `box_at`, `owners_at` and `gone_at`
    are when that last changed since it was first seen (UTC). `owners` are None when there was no room to keep them.
    `links` are those that the text has now.
    """

    number: int
    fingerprint: str
    text: str
    owners: tuple[str, ...] | None
    dues: tuple[tuple[datetime, date | None], ...]
    ticked: bool
    since: datetime
    place: int = 0
    line: int = 0
    box_at: datetime | None = None
    owners_at: datetime | None = None
    gone_at: datetime | None = None
    links: tuple[str, ...] = ()

    @property
    def due(self) -> date | None:
        """The date that the text names, or last named."""
        return self.dues[-1][1]


def sight(known: Sequence[Sighted], items: Sequence[ActionItem], at: datetime) -> tuple[Sighted, ...]:
    """What is known after a look at the text as it was last changed `at` (UTC), by rising number.

    An item keeps its number when its words, its place, its owner or its date change; one that is put back gets its
    old number; no number is given twice.
    """
    listed = items[:MOST]
    pairs = paired(known, listed)
    last = max((one.number for one in known), default=0)
    found: dict[int, Sighted] = {}
    for place, item in enumerate(listed, start=1):
        if place - 1 in pairs:
            one = _again(known[pairs[place - 1]], item, place, at)
        else:
            last += 1
            one = _new(last, item, place, at)
        found[one.number] = one
    gone = [_gone(one, at) for one in known if one.number not in found]
    return tuple(sorted((*found.values(), *_kept(gone, last)), key=lambda one: one.number))


def _new(number: int, item: ActionItem, place: int, at: datetime) -> Sighted:
    return Sighted(
        number=number,
        fingerprint=item.fingerprint,
        text=item.text,
        owners=item.owners,
        dues=((at, item.due),),
        ticked=item.done,
        since=at,
        place=place,
        line=item.line,
        links=item.links,
    )


def _again(one: Sighted, item: ActionItem, place: int, at: datetime) -> Sighted:
    handed = one.owners is not None and people(one.owners) != people(item.owners)
    return replace(
        one,
        fingerprint=item.fingerprint,
        text=item.text,
        owners=item.owners,
        dues=one.dues if one.due == item.due else (*one.dues, (at, item.due))[-MOST_DUES:],
        ticked=item.done,
        place=place,
        line=item.line,
        box_at=one.box_at if one.ticked is item.done else at,
        owners_at=at if handed else one.owners_at,
        gone_at=None,
        links=item.links,
    )


def people(logins: Iterable[str]) -> tuple[str, ...]:
    """Logins as they are compared: GitHub knows no case in them, and their order says nothing."""
    return tuple(sorted(login.lower() for login in logins))


def _gone(one: Sighted, at: datetime) -> Sighted:
    return replace(one, place=0, line=0, gone_at=one.gone_at or at)


def _kept(gone: Sequence[Sighted], last: int) -> Iterable[Sighted]:
    """The items that went last, and always the one with the highest number: it says where counting goes on."""
    newest = sorted(gone, key=lambda one: (one.number == last, one.gone_at or one.since, one.number))
    return newest[-MOST_GONE:]
