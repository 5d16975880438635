"""The views of what is owed everywhere: reminders, the dashboard and its digest."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from tests.values import START, TEAM, assigned, comment, labeled, snapshot, thread

from stanch.core.case import Case, case_of
from stanch.core.clock import Calendar
from stanch.core.commitment import Commitment, Kind, Owed
from stanch.core.committing import commitments_of
from stanch.core.dashboard import KEY, Memory, Past, written
from stanch.core.following import Deferral, Ended, Ending
from stanch.core.marker import Marker
from stanch.core.thread import Thread
from stanch.core.wanted import Notice, Text
from stanch.practices.dashboard import dashboard
from stanch.practices.remind import remind

CONFIG = replace(TEAM, calendar=Calendar("Europe/Berlin"))
ITEMS = """{marker}
# Incident 12

## Action items

- [ ] Alert on failed payments — Owner: @morgan — Due: 2026-11-20
- [ ] Test the rollback every month — Owner: @jordan, @sam — Due: 2026-11-23
- [ ] Write the runbook — Due: 2026-11-24
- [ ] Owner: @sam — Due: 2026-11-23
- [ ] Due: 2026-11-20
- [x] Done already — Owner: @alex — Due: 2026-11-20
- [ ] No date yet — Owner: @alex
"""


def postmortem_case(stamp: str, items: str = ITEMS) -> Case:
    """A post-mortem on Monday 2026-11-23 at 09:30 in Berlin."""
    body = items.format(marker=Marker("12/postmortem", stamp={"due": stamp}))
    one = thread(labeled("post-mortem", 1), assigned("jordan", 1), number=13, body=body, author="github-actions")
    return case_of(snapshot(one, START.replace(day=23, hour=8, minute=30), CONFIG))


def said_there(body: str) -> Text:
    """What is answered to a comment on the dashboard."""
    board = thread(comment(1, "sam", body, 5), number=50, body=f"{Marker(KEY)}\n", author="github-actions")
    wanted = dashboard(case_of(snapshot(board, 6, CONFIG)))
    return next(want.text for want in wanted if isinstance(want, Notice))


def owed_seen(case: Case, number: int, *more: Commitment) -> dict[str, Text]:
    """What a sweep says on thread `number` when this post-mortem and `more` are all that is owed."""
    owed = Owed((*commitments_of(case), *more), dashboard=50)
    board = thread(number=50, body=f"{Marker(KEY)}\n{written(REMEMBERED)}\n", author="github-actions")
    seen = case if number == 13 else case_of(snapshot(board, case.now, CONFIG))
    if number == 0:
        seen = case_of(replace(seen.snapshot, thread=Thread(0, is_pull_request=True)))
    seen = replace(seen, owed=owed)
    wanted = (*remind(seen), *dashboard(seen))
    found = [text for want in wanted for text in (getattr(want, "title", None), getattr(want, "text", None)) if text]
    return {text.template: text for text in found if isinstance(text, Text)}


REVIEWED = datetime(2026, 11, 18, 9, tzinfo=UTC)
REMEMBERED = Memory(ended={"40": Past(Ending.GONE, date(2026, 11, 19), "")}, reviewed=REVIEWED)
LATE = Deferral(REVIEWED + timedelta(days=1), date(2026, 11, 19), date(2026, 11, 20), "the vendor is slow")
OTHERS = (
    Commitment(Kind.CONTAINMENT, 12, "new-cart off", "", REVIEWED, "C1", ("morgan",), "jordan", date(2026, 11, 20)),
    Commitment(Kind.ROOT_CAUSE, 46, "Root cause: totals", "", REVIEWED, "", ("morgan",), "", date(2026, 11, 24)),
    Commitment(Kind.REVIEW, 47, "Review of #45", "", REVIEWED, "", (), "", date(2026, 10, 1)),
    Commitment(Kind.ITEM, 44, "Alert | @team", "", REVIEWED, "2", ("morgan", "sam"), "", date(2026, 11, 23), (LATE,)),
    Commitment(Kind.ITEM, 44, "", "", REVIEWED, "3", (), "jordan", None, (LATE, LATE, LATE)),
    Commitment(Kind.ITEM, 44, "Buy time", "", REVIEWED, "4", ended=Ended(Ending.DONE, REVIEWED, "sam")),
    Commitment(Kind.ITEM, 44, "Rewrite it", "", REVIEWED, "5", ended=Ended(Ending.DROPPED, REVIEWED, "sam", "no time")),
    Commitment(Kind.ITEM, 44, "Ask around", "", REVIEWED, "6", ended=Ended(Ending.GONE, REVIEWED)),
)
LONG_AGO = tuple(
    Commitment(Kind.ITEM, 44, f"Due on {day}", "", REVIEWED, str(n), ("sam",), "", day)
    for n, day in enumerate((date(1970, 1, 1), date(2025, 11, 21), date(2025, 11, 24)), start=1)
)
REMINDED, BOARD, DIGEST = "comments/reminder", "issues/dashboard", "comments/digest"
BUSY = postmortem_case("20261120T170000Z")
BARE = postmortem_case("20261124T170000Z", "{marker}\n")
OWED = {
    REMINDED: owed_seen(BUSY, 13, *OTHERS)[REMINDED],
    f"{REMINDED}-long-ago": owed_seen(BUSY, 13, *LONG_AGO)[REMINDED],
    f"{REMINDED}-report-only": owed_seen(BARE, 13)[REMINDED],
    BOARD: owed_seen(BUSY, 50, *OTHERS)[BOARD],
    f"{BOARD}-new": owed_seen(BARE, 0)[BOARD],
    f"{BOARD}_title": owed_seen(BARE, 0)[f"{BOARD}_title"],
    "comments/refused-on-the-dashboard": said_there("/done 3\n/ack\n/done 4"),
    "comments/refused-typo-on-the-dashboard": said_there("/reveiwed\n/done 3"),
    DIGEST: owed_seen(BUSY, 50, *OTHERS)[DIGEST],
}
