"""PagerDuty's Events API v2: https://developer.pagerduty.com/docs/send-alert-event.

The incident's name is the `dedup_key`: however often an event is sent, it is one alert. An acknowledgement or an end
of something that PagerDuty does not know is dropped there.
"""

import json
import re
from dataclasses import dataclass

from stanch.adapters.notices.delivery import Parcel, Posts
from stanch.adapters.notices.slack import Delivered
from stanch.core.channels import Kind
from stanch.core.errors import Refused
from stanch.core.markdown import bare, legible
from stanch.core.writes import Send

PLACES = {"us": "https://events.pagerduty.com", "eu": "https://events.eu.pagerduty.com"}
HOSTS = ("events.pagerduty.com", "events.eu.pagerduty.com")
ACTIONS = {
    Kind.DECLARED: "trigger",
    Kind.ESCALATED: "trigger",
    Kind.TEST: "trigger",
    Kind.ACKNOWLEDGED: "acknowledge",
    Kind.RESOLVED: "resolve",
}
SEVERITIES = {1: "critical", 2: "error", 3: "warning", 4: "info"}
SUMMARY, KEY, DETAIL = 1_024, 255, 4_000


@dataclass(frozen=True, slots=True)
class PagerDuty:
    """Sends events to the service that the key stands for. `place` is used instead of PagerDuty's own in tests."""

    delivery: Posts
    key: str
    place: str = ""

    def send(self, write: Send) -> Delivered:
        """Raises Refused, RateLimited or UnknownOutcome."""
        if not re.fullmatch(r"[A-Za-z0-9]{32}", self.key):
            raise Refused("STANCH_PAGERDUTY_KEY is no integration key: it has 32 letters and digits")
        place = self.place or PLACES["eu" if write.to[:1] == ("eu",) else "us"]
        body = json.dumps(event(write, self.key)).encode()
        headers = {"Content-Type": "application/json"}
        self.delivery.post(Parcel("PagerDuty", f"{place}/v2/enqueue", body, headers, HOSTS, "STANCH_PAGERDUTY_KEY"))
        return Delivered()


def event(write: Send, key: str) -> dict[str, object]:
    """The event that a notice is. Raises Refused for a kind that PagerDuty has no word for."""
    if write.kind not in ACTIONS:
        raise Refused(f"PagerDuty has no word for {write.kind}")
    head: dict[str, object] = {"routing_key": key, "event_action": ACTIONS[write.kind]}
    head |= {"dedup_key": write.incident[:KEY]}
    if head["event_action"] != "trigger":
        return head
    title, _, rest = write.text.strip().partition("\n")
    payload = {
        "summary": bare(title, SUMMARY) or write.incident,
        "source": write.incident.partition("#")[0],
        "severity": SEVERITIES[write.severity],
        "timestamp": write.due,
        "class": write.kind.value,
        "custom_details": {"text": legible(rest, DETAIL)},
    }
    links = [{"href": write.url, "text": write.incident}]
    return head | {"payload": payload, "links": links, "client": "Stanch", "client_url": write.url}
