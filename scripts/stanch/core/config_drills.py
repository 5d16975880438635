"""The section `drills:` of the config: whether a game day is told outside of GitHub."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from pydantic import Field, PlainValidator, WithJsonSchema

from stanch.core.config_section import Section
from stanch.core.config_values import one_of


class Told(StrEnum):
    """Whether notices of a drill leave the repository."""

    NONE = "none"
    MARKED = "marked"


AnyTold = Annotated[Told, PlainValidator(one_of(Told)), WithJsonSchema({"enum": [one.value for one in Told]})]


class Drills(Section):
    """Game days. A drill never pages, and clients never hear of one."""

    notices: AnyTold = Field(
        Told.NONE,
        description="Whether Slack and the webhook hear of a drill: none, or marked as one. Default: none.",
    )


@dataclass(frozen=True, slots=True)
class DrillRules:
    """What the team decided. `marked`: its notices go to Slack and to the webhook, and say that it is a drill."""

    marked: bool = False


def decided(written: Drills | None) -> DrillRules:
    """What was written, with the defaults in place."""
    return DrillRules(written is not None and written.notices is Told.MARKED)
