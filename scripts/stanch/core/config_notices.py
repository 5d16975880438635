"""The section `notices:` of the config: which notice goes where, by severity and kind."""

import re
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Annotated

from pydantic import Field, PlainValidator, WithJsonSchema

from stanch.core.channels import PAGED, ROUTED, USUAL, Kind, Kinds, Notices, Routes
from stanch.core.config_problems import did_you_mean, kind_of
from stanch.core.config_section import Section
from stanch.core.config_values import one_of, pattern
from stanch.core.severity import Severity

SLACK_ID = r"[CG][A-Z0-9]{8,20}"
HOST = r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?){1,9}"


class Region(StrEnum):
    """Where PagerDuty keeps an account."""

    US = "us"
    EU = "eu"


def _kinds(known: Sequence[Kind]) -> Callable[[object], Kinds]:
    """A reader of a list of kinds, or of `all` or `none`."""

    def read(value: object) -> Kinds:
        if value in ("all", "none"):
            return frozenset(known if value == "all" else ())
        items = value if isinstance(value, list) else None
        odd = [item for item in items or () if item not in list(known)]
        if items is not None and not odd:
            return frozenset(Kind(str(item)) for item in items)
        hint = did_you_mean(odd[0], list(known)) if odd and isinstance(odd[0], str) else ""
        said = f"holds {kind_of(odd[0])}" if odd else "is empty" if value is None else f"is {kind_of(value)}"
        raise ValueError(f"{said}; write all, none, or a list of some of {', '.join(known)}{hint}")

    return read


def _schema(known: Sequence[Kind]) -> dict[str, object]:
    listed = {"type": "array", "items": {"enum": [kind.value for kind in known]}}
    return {"anyOf": [{"enum": ["all", "none"]}, listed]}


def _slack_id(value: object) -> str:
    if isinstance(value, str) and re.fullmatch(SLACK_ID, value):
        return value
    said = "is empty" if value is None else f"is {kind_of(value)}"
    raise ValueError(f"{said}; write the channel's id, such as C0123456789: Slack shows it below the channel's details")


def _host(value: object) -> str:
    if isinstance(value, str) and re.fullmatch(HOST, value):
        return value
    said = "is empty" if value is None else f"is {kind_of(value)}"
    raise ValueError(f"{said}; write a host in lower case such as hooks.example.com, without https:// and path")


AnyKinds = Annotated[Kinds | None, PlainValidator(_kinds(ROUTED)), WithJsonSchema(_schema(ROUTED))]
PagedKinds = Annotated[Kinds | None, PlainValidator(_kinds(PAGED)), WithJsonSchema(_schema(PAGED))]
SlackId = Annotated[str, PlainValidator(_slack_id), WithJsonSchema(pattern(SLACK_ID))]
Host = Annotated[str, PlainValidator(_host), WithJsonSchema(pattern(HOST))]
AnyRegion = Annotated[Region, PlainValidator(one_of(Region)), WithJsonSchema({"enum": [one.value for one in Region]})]


class SlackNotices(Section):
    """What Slack is told."""

    channel: SlackId = Field("", description="The id of the channel, where a bot token is used.")
    sev_1: AnyKinds = Field(None, description="What is told of a sev-1. Default: all.")
    sev_2: AnyKinds = Field(None, description="What is told of a sev-2. Default: all.")
    sev_3: AnyKinds = Field(None, description="What is told of a sev-3. Default: none.")
    sev_4: AnyKinds = Field(None, description="What is told of a sev-4. Default: none.")


class PagerDutyNotices(Section):
    """What PagerDuty is told. Acknowledging and resolving follow by themselves."""

    region: AnyRegion = Field(Region.US, description="Where the account is kept: us or eu. Default: us.")
    sev_1: PagedKinds = Field(None, description="What pages for a sev-1. Default: all.")
    sev_2: PagedKinds = Field(None, description="What pages for a sev-2. Default: all.")
    sev_3: PagedKinds = Field(None, description="What pages for a sev-3. Default: none.")
    sev_4: PagedKinds = Field(None, description="What pages for a sev-4. Default: none.")


class WebhookNotices(Section):
    """What a receiver of your own is told."""

    hosts: list[Host] = Field(
        [], min_length=1, description="Hosts that it may be at. Default: the secret's own, any public."
    )
    sev_1: AnyKinds = Field(None, description="What is told of a sev-1. Default: [declared, escalated].")
    sev_2: AnyKinds = Field(None, description="What is told of a sev-2. Default: [declared, escalated].")
    sev_3: AnyKinds = Field(None, description="What is told of a sev-3. Default: none.")
    sev_4: AnyKinds = Field(None, description="What is told of a sev-4. Default: none.")


class NoticesSection(Section):
    """Which notice goes where. Addresses and keys are secrets of the workflow, and never stand here."""

    slack: SlackNotices | None = Field(None, description="What Slack is told.")
    pagerduty: PagerDutyNotices | None = Field(None, description="What PagerDuty is told.")
    webhook: WebhookNotices | None = Field(None, description="What a receiver of your own is told.")


def notices_decided(section: NoticesSection | None) -> Notices:
    """What was written, with the defaults in place."""
    written = section or NoticesSection()
    slack, webhook = written.slack or SlackNotices(), written.webhook or WebhookNotices()
    pagerduty = written.pagerduty or PagerDutyNotices()
    return Notices(
        routes={
            "slack": _routes("slack", slack),
            "pagerduty": _routes("pagerduty", pagerduty),
            "webhook": _routes("webhook", webhook),
        },
        slack_channel=slack.channel,
        region=pagerduty.region.value,
        hosts=tuple(webhook.hosts),
    )


def _routes(service: str, written: SlackNotices | PagerDutyNotices | WebhookNotices) -> Routes:
    stated = zip(Severity, (written.sev_1, written.sev_2, written.sev_3, written.sev_4), strict=True)
    return {severity: USUAL[service][severity] if kinds is None else kinds for severity, kinds in stated}
