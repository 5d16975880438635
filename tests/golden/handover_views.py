"""The views of a hand-over: its issue after a busy and after a quiet week, the answers on it, and its end."""

from dataclasses import replace
from datetime import date

from tests.handovers import FRIDAY, MONDAY, NEXT, issue, looked, note, on, taken
from tests.values import closed, comment

from stanch.core.case import Case, case_of
from stanch.core.commitment import Commitment, Kind, Owed
from stanch.core.following import Deferral
from stanch.core.incident import Status
from stanch.core.thread import Item, Thread
from stanch.core.waking import Wake
from stanch.core.wanted import Notice, Text
from stanch.core.week import Happened, Week
from stanch.practices.handover import handover

SINCE = on(17, 1, 14)
LATE = Deferral(SINCE, date(2026, 11, 19), date(2026, 11, 24), "the vendor is slow")
HAPPENED = (
    Happened(
        12, "Checkout fails", 1, Status.RESOLVED, SINCE, on(17, 1, 56), True, reopened=True, services=("checkout",)
    ),
    Happened(14, "Search is slow | @team", 2, Status.MITIGATED, on(18), on(18, 11, 12), True, False, True, ("search",)),
    Happened(
        15, "Search is empty", 2, Status.INVESTIGATING, on(20, 6), None, True, services=("search",), waiting=(45,)
    ),
    Happened(16, "All red", 1, Status.FALSE_ALARM, on(18), on(18, 10, 5), True),
    Happened(9, "Old and quiet", 3, Status.MONITORING, on(2), on(3), False),
    Happened(17, "Broken, they say", 0, Status.INVESTIGATING, on(19), None, True),
)
OWED = (
    Commitment(Kind.CONTAINMENT, 14, "the old index", "", SINCE, "C1", ("jordan",), "", date(2026, 11, 25)),
    Commitment(Kind.ROOT_CAUSE, 46, "Root cause: totals", "", SINCE, "", (), "", date(2026, 12, 24), (LATE,)),
    Commitment(Kind.POSTMORTEM, 13, "Checkout fails", "", SINCE, "", ("alex",), "", date(2026, 11, 19)),
    Commitment(Kind.ITEM, 13, "Alert on failures", "", SINCE, "1", ("morgan", "sam"), "", date(2026, 11, 24)),
    Commitment(Kind.ITEM, 13, "Write a runbook", "", SINCE, "2"),
)
WAKES = (
    Wake("alex", 12, SINCE),
    Wake("alex", 14, on(18, 22)),
    Wake("alex", 15, on(20, 6)),
    Wake("jordan", 14, on(18, 22)),
    Wake("morgan", 9, on(14, 3)),
)
BUSY = Week(note(), HAPPENED, WAKES, Owed(OWED, dashboard=50, unknown=frozenset({3})))


def of_week(week: Week) -> dict[str, Text]:
    """What opens the issue after such a week."""
    nobody = replace(issue(), number=0, is_pull_request=True)
    opening = replace(case_of(looked(nobody, FRIDAY)), week=week)
    return texts_of(opening)


def texts_of(case: Case) -> dict[str, Text]:
    wants = [want for want in handover(case) if getattr(want, "text", None)]
    found = [text for want in wants for text in (getattr(want, "title", None), getattr(want, "text", None))]
    return {text.template: text for text in found if isinstance(text, Text)}


def said(*items: Item) -> Text:
    """The last answer on the issue of a hand-over."""
    notices = [want for want in handover(case_of(looked(issue(*items), on(20)))) if isinstance(want, Notice)]
    return notices[-1].text


def at_end(one: Thread) -> Text:
    case = case_of(looked(one, NEXT))
    return next(want.text for want in handover(case) if isinstance(want, Notice) and "handed" in want.key)


def unclosed() -> Text:
    case = replace(case_of(looked(issue(), on(24, 9))), owed=Owed())
    return next(want.text for want in handover(case) if isinstance(want, Notice))


TAKEN = (comment(1, "morgan", "/take", on(20, 9)), taken(2, "morgan", on(20, 9)))
HANDOVERS = {
    "issues/handover": of_week(BUSY)["issues/handover"],
    "issues/handover-quiet": of_week(Week(note()))["issues/handover"],
    "issues/handover_title": of_week(BUSY)["issues/handover_title"],
    "comments/swap": said(comment(1, "morgan", "/take", on(20, 9))),
    "comments/swap-back": said(*TAKEN, comment(3, "jordan", "/take", on(20, 10))),
    "comments/refused-on-the-handover": said(comment(1, "jordan", "/take\n/ack\n/resolve", on(20, 9))),
    "comments/handed_over": at_end(issue(closed(MONDAY))),
    "comments/handed_over-early": at_end(issue(*TAKEN, closed(FRIDAY))),
    "comments/handover_open": unclosed(),
}
