"""The card of a post-mortem in its states, and what is answered to its commands."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from tests.postmortems import FINISHED
from tests.values import (
    TEAM,
    World,
    assigned,
    closed,
    comment,
    incident_thread,
    labeled,
    person,
    snapshot,
    thread,
)

from stanch.core.case import case_of
from stanch.core.clock import Calendar
from stanch.core.marker import Marker
from stanch.core.snapshot import Snapshot
from stanch.core.thread import Item, Thread
from stanch.core.wanted import Card, Notice, Text
from stanch.practices import PRACTICES

CONFIG = replace(TEAM, calendar=Calendar("Europe/Berlin"))
ITEMS = """
## Action items

- [ ] Alert on failed payments — Owner: @morgan — Due: 2026-11-20
- [ ] Test the rollback every month — Owner: @jordan, @sam — Due: 2026-11-23
- [ ] Write the runbook — Due: 2026-11-24
- [ ] Drop the old gateway, see #31 and #32 — Owner: @sam
- [x] Say it in the changelog — Owner: @alex — Due: 2026-11-20
- [ ] Buy a second alarm clock
"""
SHARED = "\n- [ ] Shared with the client\n"
SAID: tuple[Item, ...] = (
    comment(1, "morgan", "/done 1 it rang in the drill", 3000),
    comment(2, "jordan", "/defer 2 2026-11-30 the gateway's team is away\n/assign 3 @kim", 3010),
    comment(3, "sam", "/defer 2 2026-12-15 they are still away", 3020),
    comment(4, "jordan", "/drop 6 the one we have is loud enough", 3030),
)
WRONG = """/done
/done 9
/done 1
/done 5
/defer 2 tomorrow
/defer 2 2020-01-01 x
/defer 2 2026-12-01
/drop 2
/assign 2
/ack
/reviewed"""


def report(*items: Item, body: str = ITEMS, sev: int = 2) -> Thread:
    """A post-mortem that is due on Friday, 2026-11-20 at 18:00 in Berlin."""
    first = Marker("12/postmortem", stamp={"due": "20261120T170000Z", "sev": str(sev)})
    opening = (labeled("post-mortem", 1), assigned("jordan", 1))
    return thread(*opening, *items, number=13, body=f"{first}{body}", author="github-actions")


def seen(of: Thread, **known: object) -> Snapshot:
    return replace(snapshot(of, datetime(2026, 11, 20, 8, 30, tzinfo=UTC), CONFIG), **known)  # type: ignore[arg-type] # fields by name


def card(one: Snapshot) -> Text:
    """The card that a look would write."""
    return next(want.text for want in _wants(one) if isinstance(want, Card))


def reply(one: Snapshot, kind: str) -> Text:
    """What a look would answer."""
    return next(want.text for want in _wants(one) if isinstance(want, Notice) and f"/{kind}/" in want.key)


def _wants(one: Snapshot) -> list[object]:
    case = case_of(one)
    return [want for practice in PRACTICES for want in practice(case)]


def reworded() -> Snapshot:
    """A second look: words, order and a date changed, and a line was taken out."""
    before = World(report(), config=CONFIG).looked_at(datetime(2026, 11, 18, 8, tzinfo=UTC)).thread
    body = (
        before.body.replace("- [ ] Buy a second alarm clock\n", "")
        .replace("Write the runbook — Due: 2026-11-24", "Write the short runbook — Due: 2026-12-24")
        .replace("- [x] Say it in the changelog — Owner: @alex — Due: 2026-11-20\n", "")
    )
    return seen(replace(before, body=body, edited_at=datetime(2026, 11, 19, tzinfo=UTC), editor=person("jordan")))


LINKED: Mapping[int, datetime | None] = {31: datetime(2026, 11, 18, tzinfo=UTC), 32: datetime(2026, 11, 19, tzinfo=UTC)}
MANY = "\n## Action items\n\n" + "".join(f"- [ ] Thing number {n}\n" for n in range(1, 520))
CARD = "comments/postmortem_card"
FOLLOWING: dict[str, Text] = {
    CARD: card(seen(report())),
    f"{CARD}-commanded": card(seen(report(*SAID))),
    f"{CARD}-put-off": card(seen(report(*SAID, comment(5, "sam", "/defer 2 2026-12-20 one more week", 3040)))),
    f"{CARD}-linked": card(seen(report(), finished=LINKED)),
    f"{CARD}-reworded": card(reworded()),
    f"{CARD}-empty": card(seen(report(body="\n"))),
    f"{CARD}-many": card(seen(report(body=MANY))),
    f"{CARD}-sev-1": card(seen(report(body=ITEMS + SHARED, sev=1))),
    f"{CARD}-sev-1-closed": card(seen(report(closed(3000), sev=1))),
    f"{CARD}-sev-1-no-reason": card(seen(report(closed(3000), body=ITEMS + "\nNot shared: secret\n", sev=1))),
    f"{CARD}-finished": card(seen(report(closed(3000)))),
    f"{CARD}-complete": card(seen(report(body=FINISHED))),
    f"{CARD}-reviewed": card(seen(report(comment(1, "sam", "/reviewed", 3000), body=FINISHED))),
    f"{CARD}-problems": card(seen(report(), problems=('.github/stanch.yml:12:5: unknown key "serv"',))),
    "comments/help-post-mortem": reply(seen(report(comment(1, "sam", "/help", 3000))), "help"),
    "comments/refused-post-mortem": reply(seen(report(comment(1, "jordan", WRONG, 3000))), "refused"),
    "comments/refused-not-yours": reply(
        seen(report(*SAID, comment(9, "sam", "/drop 4 x\n/drop 1 x\n/drop 3 y", 3040))), "refused"
    ),
    "comments/refused-on-the-post-mortem": reply(
        snapshot(incident_thread(comment(1, "jordan", "/done 3", 3)), 4), "refused"
    ),
}
