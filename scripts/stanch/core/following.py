"""What is followed of a post-mortem: each action item under a number that it keeps, whatever happens to its words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from itertools import chain

from stanch.core.commands import Verb
from stanch.core.ledger import Record
from stanch.core.sighting import Sighted


class Ending(StrEnum):
    """How an item ended. Gone: somebody took it out of the text."""

    DONE = "done"
    DROPPED = "dropped"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Ended:
    """How, when (UTC) and, where it is known, by whom and why."""

    how: Ending
    at: datetime
    by: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Deferral:
    """A due date that was moved later, by a command (`why`) or in the text. `at` is UTC."""

    at: datetime
    before: date
    after: date
    why: str = ""


@dataclass(frozen=True, slots=True)
class Followed:
    """One action item under its number, which no other item of the post-mortem ever gets.

    `owners` and `due` are what holds now: the text's, or a later command's. `since` is when it was first seen (UTC).
    `line` is 0 once it is no longer in the text.
    """

    number: int
    text: str
    owners: tuple[str, ...]
    due: date | None
    since: datetime
    deferrals: tuple[Deferral, ...] = ()
    ended: Ended | None = None
    line: int = 0

    @property
    def open(self) -> bool:
        return self.ended is None


NO_LINKS: Mapping[int, Ended] = {}


def follow(
    sighted: Sequence[Sighted], records: Iterable[Record], by_link: Mapping[int, Ended] = NO_LINKS
) -> tuple[Followed, ...]:
    """Every item with what holds now: of what its text, a command and its linked work say, the newest word wins.

    `records` are the accepted commands, `by_link` says which items have their linked work done, by number. What the
    text said when it was first seen is older than every command: nobody knows when it was written.
    """
    said: dict[int, list[Record]] = {}
    for record in sorted(records, key=lambda one: (one.at, one.place)):
        for number in numbers_of(record):
            said.setdefault(number, []).append(record)
    return tuple(_followed(one, said.get(one.number, []), by_link.get(one.number)) for one in sighted)


def as_of(one: Sighted, at: datetime) -> Sighted:
    """An item without what its text told after an instant: what it said before that is not known, so it is open."""
    later_box = (one.box_at or one.since) > at
    back = one.gone_at is not None and one.gone_at > at
    return replace(
        one,
        ticked=one.ticked and not later_box,
        box_at=None if later_box else one.box_at,
        place=one.place or int(back),
        dues=(one.dues[0], *(word for word in one.dues[1:] if word[0] <= at)),
    )


def numbers_of(record: Record) -> tuple[int, ...]:
    """The items that a command names."""
    return tuple(int(word) for word in record.arguments.get("items", "").split() if word.isdecimal())


def _followed(one: Sighted, said: Sequence[Record], linked: Ended | None) -> Followed:
    due, deferrals = _dues(one, said)
    whole = Followed(one.number, one.text, _owners(one, said), due, one.since, deferrals, line=one.line)
    ended = _ended(one, said, linked)
    if ended is None and not one.place:
        ended = Ended(Ending.GONE, one.gone_at or one.since)
    return replace(whole, ended=ended)


def _owners(one: Sighted, said: Sequence[Record]) -> tuple[str, ...]:
    given = [record for record in said if record.verb == Verb.ASSIGN]
    if not given or (one.owners_at is not None and one.owners_at > given[-1].at):
        return one.owners or ()
    return (given[-1].arguments["login"],)


def _dues(one: Sighted, said: Sequence[Record]) -> tuple[date | None, tuple[Deferral, ...]]:
    """The date that holds, and each time that it was moved later."""
    written = [(at, day, "") for at, day in one.dues[1:]]
    commanded = [
        (record.at, date.fromisoformat(record.arguments["until"]), record.arguments.get("text", ""))
        for record in said
        if record.verb == Verb.DEFER
    ]
    due = last = one.dues[0][1]
    found: list[Deferral] = []
    for at, day, why in sorted(chain(written, commanded), key=lambda word: word[0]):
        if day and last and day > last:
            found.append(Deferral(at, last, day, why))
        due, last = day, day or last
    return due, tuple(found)


def _ended(one: Sighted, said: Sequence[Record], linked: Ended | None) -> Ended | None:
    """The newest of: a box that changed, a command, linked work that was done; None while it is open."""
    words: list[tuple[datetime, Ended | None]] = [(linked.at, linked)] if linked else []
    if one.ticked:
        ticked = one.box_at or one.since
        words.append((ticked, Ended(Ending.DONE, ticked)))
    elif one.box_at:
        words.append((one.box_at, None))
    words += [(record.at, _end(record)) for record in said]
    return sorted(words, key=lambda word: word[0])[-1][1] if words else None


def _end(record: Record) -> Ended | None:
    """How a command ends an item; one that goes on with it opens what only a link had ended."""
    endings = {Verb.DONE: Ending.DONE, Verb.DROP: Ending.DROPPED}
    how = next((ending for verb, ending in endings.items() if record.verb == verb), None)
    return Ended(how, record.at, record.by, record.arguments.get("text", "")) if how else None
