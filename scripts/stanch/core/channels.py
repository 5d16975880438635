"""Where notices go beside GitHub, which kinds there are, and what the team has decided about them.

A channel is a row here and a file below `adapters/notices/`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from stanch.core.severity import Severity


class Channel(StrEnum):
    """A way out of the repository. Which are connected, the secrets decide."""

    SLACK = "slack"
    SLACK_BOT = "slack-bot"
    PAGERDUTY = "pagerduty"
    WEBHOOK = "webhook"

    @property
    def service(self) -> str:
        """What keys and the config call it: Slack is one service, whichever way leads there."""
        return "slack" if self is Channel.SLACK_BOT else self.value

    @property
    def noisy(self) -> bool:
        """Whether it can wake somebody."""
        return self in {Channel.PAGERDUTY, Channel.WEBHOOK}

    @property
    def at_most_once(self) -> bool:
        """Whether the service cannot tell a second copy: what may have arrived is never sent again."""
        return self in {Channel.SLACK, Channel.SLACK_BOT}


class Kind(StrEnum):
    """What a notice is about. The last three are no notices of their own: nobody routes them."""

    DECLARED = "declared"
    ESCALATED = "escalated"
    UPDATE_DUE = "update-due"
    PUBLIC_UPDATE = "public-update"
    MITIGATED = "mitigated"
    RESOLVED = "resolved"
    POSTMORTEM_OPENED = "post-mortem-opened"
    OVERDUE = "action-item-overdue"
    ACKNOWLEDGED = "acknowledged"
    MESSAGE = "message"
    TEST = "test"


ROUTED = tuple(kind for kind in Kind if kind not in {Kind.ACKNOWLEDGED, Kind.MESSAGE, Kind.TEST})
PAGED = (Kind.DECLARED, Kind.ESCALATED)
"""What wakes people. PagerDuty takes nothing else; acknowledging and resolving there follow by themselves."""

Kinds = frozenset[Kind]
Routes = Mapping[Severity, Kinds]

LOUD = (Severity.SEV_1, Severity.SEV_2)


def usual(kinds: tuple[Kind, ...]) -> Routes:
    """These kinds for a SEV-1 and a SEV-2, and nothing for what is less bad."""
    return {severity: frozenset(kinds) if severity in LOUD else frozenset() for severity in Severity}


USUAL: Mapping[str, Routes] = {"slack": usual(ROUTED), "pagerduty": usual(PAGED), "webhook": usual(PAGED)}
"""What goes where while nobody has decided otherwise."""


@dataclass(frozen=True, slots=True)
class Notices:
    """What the team decided. `slack_channel` is the id that a bot token posts to, empty without one.

    `region` is where PagerDuty keeps the account, `us` or `eu`; `hosts` are those that the webhook may be at, any
    public one where nobody listed some.
    """

    routes: Mapping[str, Routes] = field(default_factory=lambda: USUAL)
    slack_channel: str = ""
    region: str = "us"
    hosts: tuple[str, ...] = ()

    def kinds(self, channel: Channel, severity: Severity) -> Kinds:
        """What is told there of an incident of this severity."""
        return self.routes[channel.service][severity]

    def noisy(self, severity: Severity) -> frozenset[Channel]:
        """The channels that make a noise when an incident of this severity is declared, if they are connected."""
        return frozenset(one for one in Channel if one.noisy and Kind.DECLARED in self.kinds(one, severity))

    def to(self, channel: Channel) -> tuple[str, ...]:
        """What the config adds to a channel's secret: an id, a region, or the hosts that are allowed."""
        match channel:
            case Channel.SLACK_BOT:
                return (self.slack_channel,)
            case Channel.PAGERDUTY:
                return (self.region,)
            case Channel.WEBHOOK:
                return self.hosts
            case _:
                return ()
