"""The ways out of the repository: one file for each service, one row here, and what they have in common."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from stanch.adapters.notices.delivery import Delivery, Posts
from stanch.adapters.notices.pagerduty import PagerDuty
from stanch.adapters.notices.slack import Delivered, SlackBot, SlackWebhook
from stanch.adapters.notices.webhook import Webhook
from stanch.core.channels import Channel
from stanch.core.errors import Refused
from stanch.core.writes import Send

__all__ = ["SECRETS", "Delivered", "Sender", "connect"]

SECRETS = (
    "STANCH_SLACK_WEBHOOK",
    "STANCH_SLACK_TOKEN",
    "STANCH_PAGERDUTY_KEY",
    "STANCH_WEBHOOK_URL",
    "STANCH_WEBHOOK_SECRET",
)
"""The variables that connect a channel. They come from secrets of the workflow, never from a file."""


class Service(Protocol):
    """One way out. Raises Refused, RateLimited (nothing was applied) or UnknownOutcome."""

    def send(self, write: Send) -> Delivered: ...


@dataclass(frozen=True)
class Sender:
    """The services that are connected."""

    services: Mapping[Channel, Service]

    @property
    def channels(self) -> frozenset[Channel]:
        return frozenset(self.services)

    def send(self, write: Send) -> Delivered:
        """Send one notice, once, on its channel. Raises what the service raises."""
        service = self.services.get(write.channel)
        if service is None:
            raise Refused(f"{write.channel} is not connected")
        return service.send(write)


def connect(secrets: Mapping[str, str], clock: Callable[[], int], delivery: Posts | None = None) -> Sender:
    """The services whose secrets are set. Nothing is sent or checked yet: a wrong secret costs its own notices only."""
    through = delivery or Delivery()
    told = {name: secrets.get(name, "").strip() for name in SECRETS}
    found: dict[Channel, Service] = {}
    if told["STANCH_SLACK_WEBHOOK"]:
        found[Channel.SLACK] = SlackWebhook(through, told["STANCH_SLACK_WEBHOOK"])
    if told["STANCH_SLACK_TOKEN"]:
        found[Channel.SLACK_BOT] = SlackBot(through, told["STANCH_SLACK_TOKEN"])
    if told["STANCH_PAGERDUTY_KEY"]:
        found[Channel.PAGERDUTY] = PagerDuty(through, told["STANCH_PAGERDUTY_KEY"])
    if told["STANCH_WEBHOOK_URL"]:
        found[Channel.WEBHOOK] = Webhook(through, told["STANCH_WEBHOOK_URL"], told["STANCH_WEBHOOK_SECRET"], clock)
    return Sender(found)
