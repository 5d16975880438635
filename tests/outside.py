"""What is outside of GitHub, in this process: Slack, PagerDuty and a receiver, which take notices and may go wrong."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from stanch.adapters.notices import Sender, connect
from stanch.adapters.notices.delivery import Answer, Parcel, judged
from stanch.adapters.payload import Trigger
from stanch.app.desk import Desk
from stanch.app.handle import handle
from stanch.app.road import Outcome
from stanch.app.stage import Stage, stage
from stanch.app.sweep import sweep
from stanch.core.errors import UnknownOutcome
from stanch.core.ledger import read
from stanch.core.outbox import Outbox
from stanch.sandbox.faults import Fault, Killed
from stanch.sandbox.world import World
from tests.app.rig import LABELS, REPOSITORY, ROLES, START

ROUTING = "a" * 32
WEBHOOK = {"STANCH_SLACK_WEBHOOK": "https://hooks.slack.com/services/T0/B0/canary-webhook"}
BOT = {"STANCH_SLACK_TOKEN": "xoxb-canary-token-1"}
PAGER = {"STANCH_PAGERDUTY_KEY": ROUTING}
OWN = {
    "STANCH_WEBHOOK_URL": "https://hooks.example.com/sms/canary-path",
    "STANCH_WEBHOOK_SECRET": "canary-secret-of-the-webhook",
}
CANARIES = ("canary-webhook", "canary-token", ROUTING, "canary-path", "canary-secret")
"""Parts of secrets that must never be seen anywhere but on the way out."""

CONFIG = """people: [jordan, morgan]
clients: [kim]
notices:
  slack: {channel: C0123456789}
"""


class No(StrEnum):
    """What only a service outside answers."""

    REFUSED = "403"
    REDIRECT = "302"
    BUSY = "429"


@dataclass
class Outside:
    """Takes parcels. `faults` says what goes wrong with the nth one, from 1; `always` with every one of a service."""

    faults: dict[int, Fault | No] = field(default_factory=dict)
    always: dict[str, Fault | No] = field(default_factory=dict)
    count: int = 0
    taken: list[Parcel] = field(default_factory=list)
    messages: dict[str, dict[str, Any]] = field(default_factory=dict)
    now: int = 0

    def sender(self, *secrets: dict[str, str]) -> Sender:
        whole = {name: value for one in secrets for name, value in one.items()}
        return connect(whole, lambda: self.now, self)

    def post(self, parcel: Parcel) -> Answer:
        self.count += 1
        fault = self.faults.get(self.count) or self.always.get(parcel.service)
        if fault is Fault.KILLED_BEFORE:
            raise Killed
        if isinstance(fault, No):
            return judged(parcel.service, Answer(int(fault.value)))
        answer = self._applied(parcel) if fault is None or fault.applies else Answer(502)
        if fault is Fault.KILLED_AFTER:
            raise Killed
        if fault in {Fault.BAD_GATEWAY_AFTER, Fault.BAD_GATEWAY_BEFORE}:
            return judged(parcel.service, Answer(502))
        if fault is not None:
            raise UnknownOutcome(f"{parcel.service} gave no clear answer (TimeoutError)")
        return judged(parcel.service, answer)

    def _applied(self, parcel: Parcel) -> Answer:
        self.taken.append(parcel)
        if parcel.service != "Slack" or parcel.secret:
            return Answer(202 if parcel.service == "PagerDuty" else 200, b"ok")
        body = json.loads(parcel.body)
        if parcel.url.endswith("chat.update") and body["ts"] not in self.messages:
            return Answer(200, b'{"ok": false, "error": "message_not_found"}')
        ts = body.get("ts") or f"{self.count}.0001"
        self.messages[ts] = body
        return Answer(200, json.dumps({"ok": True, "ts": ts, "channel": body["channel"]}).encode())

    def bodies(self, service: str) -> list[dict[str, Any]]:
        return [json.loads(one.body) for one in self.taken if one.service == service]

    @property
    def slack(self) -> list[str]:
        """The headlines of what was posted to Slack, edits left out."""
        posted = [one for one in self.taken if one.service == "Slack" and not one.url.endswith("chat.update")]
        return [str(json.loads(one.body)["blocks"][0]["text"]["text"]) for one in posted]

    @property
    def edits(self) -> list[str]:
        """The headlines to which Slack's message was changed."""
        edits = [one for one in self.taken if one.url.endswith("chat.update")]
        return [str(json.loads(one.body)["blocks"][0]["text"]["text"]) for one in edits]

    @property
    def pages(self) -> list[str]:
        """What PagerDuty was told: the actions."""
        return [str(one["event_action"]) for one in self.bodies("PagerDuty")]

    @property
    def webhook(self) -> list[str]:
        """The ids that the receiver got."""
        return [one.headers["Stanch-Id"] for one in self.taken if one.service == "the webhook"]


@dataclass
class Scene:
    """A repository, what is outside of it, and looks from the one to the other."""

    world: World
    stage: Stage
    outside: Outside
    sender: Sender
    dry: bool = False

    @property
    def desk(self) -> Desk:
        self.outside.now = int(self.world.clock.now)
        return replace(self.stage.desk(), sender=self.sender)

    def look(self, number: int) -> Outcome:
        """What an event on this thread starts."""
        return next(iter(handle(self.desk, Trigger("issues", "", number))))

    def sweep(self) -> list[Outcome]:
        return list(sweep(self.desk))

    def later(self, minutes: float) -> None:
        self.world.clock.advance(minutes=minutes)

    def opens(self, severity: int = 1, title: str = "Checkout is down") -> int:
        return self.world.person("alex").opens(title, "Every payment fails.", labels=[f"sev-{severity}"])

    def says(self, number: int, text: str, who: str = "jordan") -> Outcome:
        """Somebody comments, and a look follows."""
        self.world.person(who).comments(number, text)
        return self.look(number)

    def card(self, number: int) -> str:
        cards = [one.body for one in self.world.issue(number).comments if f"key={number}/card " in one.body]
        return cards[0] if cards else ""

    def outbox(self, number: int) -> Outbox:
        ledger = read(self.card(number))
        return ledger.outbox if ledger else {}


@contextmanager
def scene(*secrets: dict[str, str], config: str = CONFIG, outside: Outside | None = None) -> Iterator[Scene]:
    """A harbour with its people, and these channels connected."""
    world = World(START)
    world.add_repository(REPOSITORY, labels=LABELS, files={".github/stanch.yml": config})
    for login, role in ROLES.items():
        world.add_person(login, role)
    there = outside or Outside()
    with stage(world) as connected:
        yield Scene(world, connected, there, there.sender(*secrets))
