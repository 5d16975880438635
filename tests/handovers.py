"""A rota of three, its hand-over issue, and what is said on it, in one line each.

The turn of `alex` began on Monday 2026-11-16 at 09:00 in Berlin (08:00 UTC); `jordan` follows on the 23rd.
"""

from dataclasses import replace
from datetime import UTC, date, datetime

from stanch.core.clock import Calendar
from stanch.core.config import Config
from stanch.core.handover import LABEL, Handover, Note, notes
from stanch.core.marker import Marker
from stanch.core.rota import Layer, Rota
from stanch.core.snapshot import Snapshot
from stanch.core.swaps import with_swaps
from stanch.core.thread import Item, Thread
from tests.values import BOT, REPOSITORY, TEAM, comment, labeled, snapshot, thread

PEOPLE = ("alex", "jordan", "morgan")
BERLIN = Calendar("Europe/Berlin")
FIRST = date(2026, 11, 16)
ROTA = Rota(
    (
        Layer("primary", PEOPLE, FIRST, zone="Europe/Berlin"),
        Layer("secondary", (*PEOPLE[1:], PEOPLE[0]), FIRST, zone="Europe/Berlin"),
    )
)
CONFIG = replace(TEAM, calendar=BERLIN, oncall=ROTA)


def on(day: int, hour: int = 10, minute: int = 0) -> datetime:
    """November 2026, UTC; Berlin is one hour ahead."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


FRIDAY, MONDAY, NEXT = on(20, 8), on(23, 8), on(30, 8)
"""When the note opens, when the turn ends, and when the one after it ends."""

HANDOVER = Handover(MONDAY, NEXT, "alex", "jordan", "2026-11-23")


def note(now: datetime = FRIDAY, config: Config = CONFIG) -> Note:
    """The one note that may be written now."""
    (one,) = notes(config.oncall, config.calendar, now)
    return one


def issue(*items: Item, number: int = 70, body: str | None = None, author: str = BOT.login) -> Thread:
    """The hand-over issue of the 23rd, opened on Friday morning, with what happened on it."""
    text = f"{Marker(HANDOVER.key, stamp=HANDOVER.stamp)}\nwords" if body is None else body
    hung = labeled(LABEL, FRIDAY, BOT.login)
    return thread(hung, *items, number=number, body=text, author=author, when=FRIDAY)


def taken(id_: int, login: str, at: datetime, before: str = "jordan", since: datetime = MONDAY) -> Item:
    """The answer to an accepted `/take` of comment `id_ - 1`."""
    stamps = f"{since:%Y%m%dT%H%M%SZ}/{NEXT:%Y%m%dT%H%M%SZ}"
    marker = Marker(f"70/swap/{id_ - 1}", (f"70/covers/{login}/{before}/{stamps}",))
    return comment(id_, BOT.login, f"{marker}\nwords", at)


def looked(one: Thread, now: datetime, config: Config = CONFIG, *others: Thread) -> Snapshot:
    """A look that knows the newest hand-over issues, this one among them, with exactly the permissions to be asked."""
    handovers = (*others, one)
    repository = replace(REPOSITORY, handovers=handovers)
    return snapshot(one, now, with_swaps(config, handovers), repository)
