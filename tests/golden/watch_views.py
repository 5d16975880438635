"""What is read of the clocks and of who keeps them."""

from dataclasses import replace
from datetime import UTC, datetime

from tests.golden.following_views import card
from tests.values import REPOSITORY, TEAM, comment, incident_thread, snapshot
from tests.values import card as remembered

from stanch.core.ledger import Ledger
from stanch.core.wanted import Text

NOW = datetime(2026, 11, 21, 2, 14, tzinfo=UTC)
DUE = datetime(2026, 11, 21, 2, 19, tzinfo=UTC)
CLOCKS = {"looked_at": NOW, "late": None}
LINE = {"kind": "nap", "at": NOW, "due": DUE, "seconds": 60}
WATCHED = replace(REPOSITORY, has_watcher=True)
ACKNOWLEDGED = incident_thread(comment(1, "jordan", "/ack", 3), severity=2)
REFUSED = incident_thread(remembered(1, Ledger(delivered={"12/watch/refused": -1})))

WATCH_VIEWS: dict[str, Text] = {
    "summary/clocks": Text("summary/clocks", {**CLOCKS, "late": 34}),
    "summary/clocks-late": Text("summary/clocks", {**CLOCKS, "late": 4000}),
    "summary/clocks-nothing-due": Text("summary/clocks", CLOCKS),
    "summary/watch": Text("summary/watch", LINE),
    "summary/watch-blind": Text("summary/watch", {**LINE, "due": None}),
    "summary/watch-handed-over": Text("summary/watch", {**LINE, "kind": "handed over"}),
    "summary/watch-alone": Text("summary/watch", {**LINE, "kind": "alone"}),
    "summary/watch-ended": Text("summary/watch", {**LINE, "kind": "ended"}),
    "comments/card-watch-spent": card(snapshot(incident_thread(), 241, TEAM, WATCHED)),
    "comments/card-watch-missing": card(snapshot(incident_thread(), 2, TEAM, REPOSITORY)),
    "comments/card-watch-refused": card(snapshot(REFUSED, 2, TEAM, WATCHED)),
    "comments/card-watch-acknowledged": card(snapshot(ACKNOWLEDGED, 9, TEAM, WATCHED)),
}
