"""Views of what is said about runbooks: on the card, in refusals, in the issue of one that failed, in a report."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import chain

from tests.shelves import SHELF, book, shelved
from tests.values import BOT, TEAM, card, closed, comment, incident_thread, snapshot, thread

from stanch.core.case import case_of
from stanch.core.clock import Calendar
from stanch.core.commitment import Owed
from stanch.core.dashboard import KEY, Memory, written
from stanch.core.ledger import Ledger
from stanch.core.marker import Marker
from stanch.core.runbooks.model import Shelf
from stanch.core.thread import Item, Thread
from stanch.core.wanted import Body, ChildIssue, Notice, Text
from stanch.practices import PRACTICES
from stanch.practices.dashboard import dashboard

CONFIG = replace(TEAM, calendar=Calendar("Europe/Berlin"))
GONE = "/runbook queue-backlog failed the dashboard that it begins with is gone"
FOLLOWED: tuple[Item, ...] = (
    comment(1, "jordan", "/runbook database-connections worked", 20),
    comment(2, "morgan", GONE, 25),
    comment(3, "morgan", "/runbook disk-full failed <b>it</b> speaks of @victim's disk | only", 30),
)
WRONG = """/runbook
/runbook queue-backlog
/runbook queue-backlog failed
/runbook db-connections worked
/runbook lunch worked"""


def texts(of: Thread, now: float, shelf: Shelf = SHELF, key: str = "") -> dict[str, Text]:
    """What every practice wants to be said, by template; of several children the one with this key."""
    case = case_of(snapshot(of, now, CONFIG, shelf=shelf))
    found: dict[str, Text] = {}
    for want in chain.from_iterable(practice(case) for practice in PRACTICES):
        text = getattr(want, "text", None)
        if isinstance(want, ChildIssue) and key and not want.key.endswith(key):
            continue
        if isinstance(want, ChildIssue):
            found[want.title.template] = want.title
        if isinstance(text, Text):
            found[text.template] = Text(text.template, text.view)
    return found


def failed(name: str) -> Text:
    """The text of the issue of one runbook."""
    of = incident_thread(comment(1, "jordan", f"/runbook {name} failed its second step is wrong", 20))
    return texts(of, 21)["issues/runbook"]


def again(*, still_open: bool) -> Text:
    """What is added to the issue of a runbook that failed before."""
    text = texts(incident_thread(*FOLLOWED), 31)["comments/runbook_failed"]
    return Text(text.template, {**text.view, "open": still_open})


BOOKS = shelved(
    *SHELF.runbooks,
    book(
        "checkout-slow",
        "Checkout <b>slow</b> | @victim",
        symptoms=("paying takes | `minutes`, ask @victim <!-- x -->",),
        services=("checkout",),
    ),
    book("pool-settings", "Connection pool settings"),
)
"""With one whose front matter is hostile, and one that lists no symptoms."""

ALERTED = "[FIRING:1] PostgresConnectionsHigh: sorry, too many clients already, connection pool full, paying takes ages"


def night(*items: Item) -> Thread:
    """An incident whose title is what a monitor wrote."""
    return replace(incident_thread(*items), title=ALERTED, labels=("sev-1", "service: checkout"))


RESOLVED = (comment(1, "jordan", "/take", 3), comment(2, "jordan", "/resolve", 40), closed(41))
ISSUED = incident_thread(card(9, Ledger(children={"12/runbook/queue-backlog": 31}), 2), *FOLLOWED)
LONG_AGO = shelved(*(replace(one, last_reviewed=date(2026, 8, 1)) for one in SHELF.runbooks))
"""Due to be read again on 2026-10-30; one has no owner, so nobody is asked about it."""

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


def board(memory: Memory, absent: frozenset[str] = frozenset(), shelf: Shelf = LONG_AGO) -> dict[str, Text]:
    """What the dashboard says on a Monday about runbooks that nobody has read for long."""
    of = thread(number=50, body=f"{Marker(KEY)}\n{written(memory)}\n", author=BOT.login)
    case = case_of(snapshot(of, MONDAY, CONFIG, shelf=shelf))
    wanted = dashboard(replace(case, owed=Owed(dashboard=50, absent=absent)))
    return {want.text.template: want.text for want in wanted if isinstance(want, Notice | Body)}


TOLD = Memory(stale={one.name: date(2026, 10, 30) for one in LONG_AGO.runbooks})
ONE = shelved(LONG_AGO.runbooks[0])
NAMED = {"title": "Queue backlog", "path": "runbooks/queue-backlog.md", "why": "words", "names": "", "service": ""}
SUGGESTIONS = {
    "comments/runbook_stale": board(Memory(), shelf=shelved(*LONG_AGO.runbooks[:2]))["comments/runbook_stale"],
    "comments/runbook_stale-one": board(Memory(), frozenset({"sam", "alex"}), ONE)["comments/runbook_stale"],
    "comments/digest-runbooks": board(TOLD)["comments/digest"],
    "issues/dashboard-runbooks": board(TOLD)["issues/dashboard"],
    "summary/runbook_suggested": Text(
        "summary/runbook_suggested", {"suggested": [{**NAMED, "met": ["queue", "jobs"]}], "count": 19}
    ),
    "summary/runbook_suggested-none": Text("summary/runbook_suggested", {"suggested": [], "count": 19}),
    "summary/runbook_suggested-empty": Text("summary/runbook_suggested", {"suggested": [], "count": 0}),
    "comments/card-runbooks-suggested": texts(night(), 2, BOOKS)["comments/card"],
    "comments/card-runbooks-words": texts(night(), 2, shelved(book("pool-settings", "Connection pool settings")))[
        "comments/card"
    ],
    "comments/card-runbooks-asked": texts(night(*RESOLVED), 42, BOOKS)["comments/card"],
    "comments/card-runbooks-followed": texts(ISSUED, 31)["comments/card"],
    "comments/refused-runbook": texts(incident_thread(comment(1, "jordan", WRONG, 3)), 4)["comments/refused"],
    "comments/refused-no-runbooks": texts(incident_thread(comment(1, "jordan", GONE, 3)), 4, Shelf())[
        "comments/refused"
    ],
    "comments/runbook_failed": again(still_open=True),
    "comments/runbook_failed-closed": again(still_open=False),
    "issues/runbook": texts(incident_thread(*FOLLOWED), 31, key="queue-backlog")["issues/runbook"],
    "issues/runbook-owned": failed("certificate-expired"),
    "issues/runbook-left": failed("roll-back"),
    "issues/runbook-unread": failed("disk-full"),
    "issues/runbook_title": texts(incident_thread(*FOLLOWED), 31, key="queue-backlog")["issues/runbook_title"],
    "postmortem/default-runbooks": texts(incident_thread(*FOLLOWED, closed(60)), 61, key="postmortem")[
        "postmortem/default"
    ],
}
