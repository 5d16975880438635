"""The section `postmortem:` of the config: which layout a post-mortem has, and how dates in it are read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated

from pydantic import Field, PlainValidator, WithJsonSchema

from stanch.core.config_section import Section
from stanch.core.config_values import one_of
from stanch.core.severity import Severity


class Layout(StrEnum):
    """How a post-mortem is laid out: each is a page below `templates/postmortem/`."""

    DEFAULT = "default"
    SHORT = "short"
    LIST = "list"
    TABLE = "table"


class Dates(StrEnum):
    """Which number of `03/04/2026` is the day."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


AnyLayout = Annotated[Layout, PlainValidator(one_of(Layout)), WithJsonSchema({"enum": [one.value for one in Layout]})]
AnyDates = Annotated[Dates, PlainValidator(one_of(Dates)), WithJsonSchema({"enum": [one.value for one in Dates]})]


class Layouts(Section):
    """The layout by the highest severity that the incident held."""

    sev_1: AnyLayout | None = Field(None, description="The layout after a sev-1.")
    sev_2: AnyLayout | None = Field(None, description="The layout after a sev-2.")
    sev_3: AnyLayout | None = Field(None, description="The layout after a sev-3.")
    sev_4: AnyLayout | None = Field(None, description="The layout after a sev-4.")


class Postmortem(Section):
    """How a post-mortem is laid out and read."""

    layout: AnyLayout = Field(
        Layout.DEFAULT, description="How a post-mortem is laid out: default, short, list or table. Default: default."
    )
    layouts: Layouts | None = Field(None, description="The layout by severity, where it differs.")
    dates: AnyDates | None = Field(
        None, description="Which number of 03/04/2026 is the day: day-first or month-first. Default: not decided."
    )


@dataclass(frozen=True, slots=True)
class PostmortemRules:
    """What the team decided. `day_first` is None where nobody said how a date such as 03/04/2026 is meant."""

    layout: Layout = Layout.DEFAULT
    layouts: Mapping[Severity, Layout] = field(default_factory=dict)
    day_first: bool | None = None

    def layout_of(self, severity: Severity | None) -> Layout:
        """The layout after an incident whose highest severity was this one."""
        return self.layouts.get(severity, self.layout) if severity is not None else self.layout


def decided(written: Postmortem) -> PostmortemRules:
    """What was written, with the defaults in place."""
    named = written.layouts or Layouts()
    chosen = zip(Severity, (named.sev_1, named.sev_2, named.sev_3, named.sev_4), strict=True)
    return PostmortemRules(
        layout=written.layout,
        layouts={severity: layout for severity, layout in chosen if layout is not None},
        day_first=None if written.dates is None else written.dates is Dates.DAY_FIRST,
    )
