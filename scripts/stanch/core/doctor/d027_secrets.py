"""D027: what the configuration sends somewhere has the secret that leads there."""

from collections.abc import Iterator

from stanch.core.channels import USUAL, Notices
from stanch.core.doctor.check import Check
from stanch.core.doctor.finding import Finding
from stanch.core.doctor.inspection import Inspection, Unknown

SLACK = ("STANCH_SLACK_WEBHOOK", "STANCH_SLACK_TOKEN")
TOKEN = "STANCH_SLACK_TOKEN"  # noqa: S105 # the name of a secret, not one
KEY, URL, SIGNED = "STANCH_PAGERDUTY_KEY", "STANCH_WEBHOOK_URL", "STANCH_WEBHOOK_SECRET"


class Secrets(Check):
    """A notice without its secret is sent nowhere, and nobody is told."""

    code = "D027"
    place = "settings/secrets/actions"

    def look(self, seen: Inspection) -> Iterator[Finding]:
        if isinstance(seen.secrets, Unknown):
            yield self.untold(seen.secrets)
            return
        notices, there = seen.loaded.config.notices, seen.secrets
        for service, names in _wanted(notices):
            if not there & set(names):
                yield self.found("missing", names[0], service=service, names=list(names))
        if URL in there and SIGNED not in there:
            yield self.found("unsigned", SIGNED, name=SIGNED, url=URL)
        if TOKEN in there and not notices.slack_channel:
            yield self.found("channel", TOKEN, name=TOKEN)


def _wanted(notices: Notices) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The services about which the team decided anything, each with the secrets of which it needs one."""
    if notices.slack_channel:
        yield "Slack", (TOKEN,)
    elif notices.routes["slack"] != USUAL["slack"]:
        yield "Slack", SLACK
    if notices.routes["pagerduty"] != USUAL["pagerduty"] or notices.region != "us":
        yield "PagerDuty", (KEY,)
    if notices.routes["webhook"] != USUAL["webhook"] or notices.hosts:
        yield "the webhook", (URL,)
