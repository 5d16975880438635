"""The section `watch:` of the config: which incidents have their clocks kept to the minute, and for how long."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import Field, PlainValidator, WithJsonSchema

from stanch.core.config_section import Section
from stanch.core.config_values import number, one_of
from stanch.core.severity import Severity


class Until(StrEnum):
    """Until when an incident is watched."""

    ACKNOWLEDGED = "acknowledged"
    MITIGATED = "mitigated"
    NEVER = "never"


LEAST_MINUTES, MOST_MINUTES = 1, 10_000

AnyUntil = Annotated[Until, PlainValidator(one_of(Until)), WithJsonSchema({"enum": [one.value for one in Until]})]
Minutes = Annotated[
    int,
    PlainValidator(number(LEAST_MINUTES, MOST_MINUTES)),
    WithJsonSchema({"type": "integer", "minimum": LEAST_MINUTES, "maximum": MOST_MINUTES}),
]


class Watch(Section):
    """Whose clocks a running job keeps to the minute. Everything else waits for the next event or sweep."""

    sev_1: AnyUntil = Field(
        Until.MITIGATED,
        description="Until when a sev-1 is watched: acknowledged, mitigated or never. Default: mitigated.",
    )
    sev_2: AnyUntil = Field(Until.ACKNOWLEDGED, description="The same of a sev-2. Default: acknowledged.")
    sev_3: AnyUntil = Field(Until.NEVER, description="The same of a sev-3. Default: never.")
    minutes: Minutes = Field(
        240, description="The most minutes that one incident is watched, each a runner's. Default: 240."
    )


USUALLY: Mapping[Severity, Until] = {
    Severity.SEV_1: Until.MITIGATED,
    Severity.SEV_2: Until.ACKNOWLEDGED,
    Severity.SEV_3: Until.NEVER,
}


@dataclass(frozen=True, slots=True)
class WatchRules:
    """What the team decided. `most` is counted anew when the severity is set again or the incident is reopened."""

    until: Mapping[Severity, Until] = field(default_factory=lambda: USUALLY)
    most: timedelta = timedelta(minutes=240)

    def ends(self, severity: Severity | None) -> Until:
        """Until when an incident of this severity is watched."""
        return self.until.get(severity, Until.NEVER) if severity is not None else Until.NEVER


def decided(written: Watch) -> WatchRules:
    """What was written, with the defaults in place."""
    until = dict(zip(USUALLY, (written.sev_1, written.sev_2, written.sev_3), strict=True))
    return WatchRules(until, timedelta(minutes=written.minutes))
