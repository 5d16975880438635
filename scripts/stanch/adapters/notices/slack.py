"""Slack: an incoming webhook, which can only post, or a bot, which keeps one message up to date.

https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks,
https://docs.slack.dev/reference/methods/chat.postMessage, https://docs.slack.dev/reference/methods/chat.update.
Neither knows a second copy from a first, so whoever calls this writes the intent down before.
"""

import json
import re
from dataclasses import dataclass
from typing import Any

from stanch.adapters.notices.delivery import Parcel, Posts
from stanch.adapters.notices.slack_blocks import message
from stanch.core.channels import Kind
from stanch.core.errors import RateLimited, Refused, UnknownOutcome
from stanch.core.writes import Send

WEBHOOK_HOSTS = ("hooks.slack.com",)
API = "https://slack.com/api"
API_HOSTS = ("slack.com",)
QUIET = {"unfurl_links": False, "unfurl_media": False}
PERHAPS = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable"})
"""Errors after which some of it may have been done: Slack says so of the first two."""

GONE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})
"""There is no message any more that could be brought up to date: what people took away is not posted again."""

BROADCAST = frozenset({Kind.DECLARED, Kind.ESCALATED})
"""What the whole channel has to see, although it hangs beneath the message."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """What a service said of what it took: the name of the message, and where it stands."""

    ts: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class SlackWebhook:
    """Posts to the channel that the address of the webhook stands for."""

    delivery: Posts
    url: str

    def send(self, write: Send) -> Delivered:
        """Raises Refused, RateLimited or UnknownOutcome."""
        self.delivery.post(_parcel(self.url, message(write.text, write.incident, write.url), WEBHOOK_HOSTS))
        return Delivered()


@dataclass(frozen=True, slots=True)
class SlackBot:
    """Posts and edits in the channel that the config names."""

    delivery: Posts
    token: str
    api: str = API

    def send(self, write: Send) -> Delivered:
        """Raises Refused, RateLimited or UnknownOutcome."""
        if not re.fullmatch(r"[A-Za-z0-9-]{10,400}", self.token):
            raise Refused("STANCH_SLACK_TOKEN is no token such as xoxb-…")
        return self._edited(write) if write.edits else self._posted(write)

    def _posted(self, write: Send) -> Delivered:
        body = message(write.text, write.incident, write.url) | QUIET | {"channel": "".join(write.to[:1])}
        if write.ts:
            body |= {"channel": write.place, "thread_ts": write.ts, "reply_broadcast": write.kind in BROADCAST}
        answer = self._asked("chat.postMessage", body)
        ts, place = answer.get("ts"), answer.get("channel")
        if not isinstance(ts, str) or not isinstance(place, str):
            raise UnknownOutcome("Slack took a message without saying what it is called")
        return Delivered(ts, place)

    def _edited(self, write: Send) -> Delivered:
        body = message(write.text, write.incident, write.url) | {"channel": write.place, "ts": write.ts}
        try:
            self._asked("chat.update", body)
        except Refused as refusal:
            if str(refusal).rpartition(" ")[2] not in GONE:
                raise
        return Delivered(write.ts, write.place)

    def _asked(self, method: str, body: dict[str, object]) -> dict[str, Any]:
        parcel = _parcel(f"{self.api}/{method}", body, API_HOSTS, {"Authorization": f"Bearer {self.token}"})
        answer = self.delivery.post(parcel)
        told = answer.json()
        if not isinstance(told, dict):
            raise UnknownOutcome("Slack answered with something else than JSON")
        if told.get("ok") is True:
            return told
        error = str(told.get("error", ""))
        code = error if re.fullmatch(r"[a-z_]{1,60}", error) else "unnamed"
        if code in {"ratelimited", "rate_limited"}:
            raise RateLimited("Slack wants fewer notices for now", 429, answer.wait)
        if code in PERHAPS or told.get("ok") is not False:
            raise UnknownOutcome(f"Slack answered {code}")
        raise Refused(f"Slack answered {code}")


def _parcel(url: str, body: dict[str, object], hosts: tuple[str, ...], headers: dict[str, str] | None = None) -> Parcel:
    kind = {"Content-Type": "application/json; charset=utf-8"}
    secret = "" if headers else "STANCH_SLACK_WEBHOOK"
    return Parcel("Slack", url, json.dumps(body).encode(), kind | (headers or {}), hosts, secret)
