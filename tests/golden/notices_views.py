"""The views of what is told outside of GitHub: each kind once, as the practice wants it of a small thread."""

from collections.abc import Iterator
from dataclasses import replace

from tests.values import (
    BOT,
    REPOSITORY,
    START,
    TEAM,
    card,
    closed,
    comment,
    incident_thread,
    labeled,
    mentioned_by,
    notice,
    reopened,
    snapshot,
    thread,
    unlabeled,
)

from stanch.core.case import case_of
from stanch.core.channels import Channel
from stanch.core.clock import Calendar
from stanch.core.config import DEFAULTS, Config
from stanch.core.ledger import Ledger
from stanch.core.outbox import Receipt, State
from stanch.core.thread import CloseReason, Thread
from stanch.core.wanted import Alarm, Announce, Text
from stanch.practices.announce import announce

CONFIG = replace(
    TEAM,
    calendar=Calendar("Europe/Berlin"),
    notices=replace(TEAM.notices, slack_channel="C0123456789"),
)
BEGAN = int(START.timestamp())
HEARD = {
    "12/announce/pagerduty/declared/20261117T020000Z": Receipt(State.SENT, BEGAN),
    "12/announce/slack/message/20261117T020000Z": Receipt(State.SENT, BEGAN, "1.2", "C0123456789", "0"),
}
CARD = card(90, Ledger(outbox=HEARD, children={"12/postmortem": 13}))
UPDATE = "Paying fails for everybody <since two>.\n\nWe roll back; more at https://status.example.com by 03:00."


def announced(of: Thread, now: float, config: Config = CONFIG) -> Iterator[Text]:
    """What the practice wants to be told, Slack's bot and PagerDuty being connected."""
    channels = frozenset({Channel.SLACK_BOT, Channel.PAGERDUTY})
    for want in announce(case_of(replace(snapshot(of, now, config, REPOSITORY), channels=channels))):
        if isinstance(want, Announce | Alarm):
            yield want.text


def of_kind(name: str, of: Thread, now: float, config: Config = CONFIG) -> Text:
    return next(text for text in announced(of, now, config) if text.template.endswith(f"/{name}"))


SAID = (comment(1, "jordan", "/take", 3), comment(2, "jordan", f"/update {UPDATE}", 12))
OVER = (comment(5, "jordan", "/resolve", 95), closed(95, BOT.login), mentioned_by(13, 96))
CASES = {
    "declared": (incident_thread(), 1),
    "declared-late": (incident_thread(), 25),
    "declared-raised": (incident_thread(comment(1, "jordan", "/sev 1 everybody", 9), severity=2), 10),
    "declared-reopened": (incident_thread(CARD, closed(8), reopened(9)), 10),
    "escalated": (incident_thread(CARD, notice(91, "12/escalate/20261117T020000Z/1/1", 5)), 6),
    "escalated-silent": (
        incident_thread(CARD, comment(1, "jordan", "/ack", 3), notice(91, "12/escalate/20261117T020300Z/0", 60)),
        61,
    ),
    "update_due": (incident_thread(CARD, SAID[0], notice(91, "12/update/20261117T020000Z/1", 15)), 16),
    "update_due-nobody": (incident_thread(CARD, notice(91, "12/update/20261117T020000Z/1", 15)), 30),
    "public_update": (incident_thread(CARD, *SAID), 13),
    "acknowledged": (incident_thread(CARD, *SAID), 13),
    "mitigated": (incident_thread(CARD, *SAID, comment(3, "jordan", "/status mitigated", 40)), 41),
    "resolved": (incident_thread(CARD, *SAID, *OVER), 97),
    "resolved-false-alarm": (incident_thread(CARD, comment(1, "jordan", "/false-alarm a test alert", 4)), 5),
    "resolved-withdrawn": (thread(labeled("sev-1", 0), CARD, unlabeled("sev-1", 7)), 8),
    "resolved-closed": (incident_thread(CARD, closed(9, reason=CloseReason.DUPLICATE)), 10),
    "postmortem_opened": (incident_thread(CARD, *SAID, *OVER), 97),
    "message": (incident_thread(), 1),
    "message-resolved": (incident_thread(CARD, *SAID, *OVER), 97),
}
ITEM = {"number": 2, "text": "Alert on failed payments", "owners": ["morgan", "kim"], "due": START.date()}
OVERDUE = {"number": 13, "title": "Post-mortem: Checkout fails", "items": [ITEM], "more": 0}

NOTICES: dict[str, Text] = {
    **{f"notices/{name}": of_kind(name.partition("-")[0], *case) for name, case in CASES.items()},
    "notices/overdue": Text("notices/overdue", OVERDUE),
    "notices/overdue-many": Text(
        "notices/overdue", OVERDUE | {"items": [ITEM, {**ITEM, "number": 3, "owners": []}], "more": 4}
    ),
    "summary/slack_speechless": of_kind("slack_speechless", incident_thread(), 1, replace(DEFAULTS)),
}
