"""The section `oncall:` of the config: who takes turns, when they change, and who covers for whom."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated

from pydantic import Field, PlainValidator, WithJsonSchema

from stanch.core.clock import MORNING, WEEKDAYS, Calendar, from_local
from stanch.core.config_problems import kind_of
from stanch.core.config_section import Section
from stanch.core.config_values import DAY, Line, Login, Switch, Zone, pattern, read_day
from stanch.core.rota import ALWAYS, PRIMARY, SECONDARY, WEEK, Layer, Override, Rota

PERIOD = r"(?P<count>[1-9][0-9]?) ?(?P<unit>d|days?|w|weeks?)"
CLOCK = r"(?P<hour>[01]?[0-9]|2[0-3]):(?P<minute>[0-5][0-9])"
HANDOVER = rf"(?:(?P<day>{'|'.join(WEEKDAYS)}) )?{CLOCK}"
INSTANT = rf"(?P<date>{DAY})(?:[T ]{CLOCK}(?P<utc> ?(?:Z|UTC))?)?"

FIRST_YEAR, LAST_YEAR = 2000, 2099


@dataclass(frozen=True, slots=True)
class Handover:
    """When turns change: a time of the day, and the weekday (Monday is 0) where turns last for weeks."""

    at: time = MORNING
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant as somebody wrote it: a whole day where `at` is None, a local time unless it is in UTC."""

    day: date
    at: time | None = None
    utc: bool = False

    def begins(self, zone: str) -> datetime:
        """The instant that was meant as a beginning, in UTC."""
        if self.utc:
            return datetime.combine(self.day, self.at or time(), UTC)
        return from_local(self.day, self.at or time(), Calendar(zone=zone))

    def ends(self, zone: str) -> datetime:
        """The instant that was meant as an end, in UTC: a whole day is included."""
        if self.at is None:
            return from_local(self.day + timedelta(days=1), time(), Calendar(zone=zone))
        return self.begins(zone)


def read_period(value: object) -> int:
    """Days."""
    found = re.fullmatch(PERIOD, value) if isinstance(value, str) else None
    if not found:
        raise _wrong(value, "write a number of days or weeks, such as 1 week or 3 days")
    return int(found["count"]) * (WEEK if found["unit"].startswith("w") else 1)


def read_handover(value: object) -> Handover:
    found = re.fullmatch(HANDOVER, value) if isinstance(value, str) else None
    if not found:
        raise _wrong(value, "write a weekday and a time, such as mon 09:00, or a time alone")
    weekday = WEEKDAYS.index(found["day"]) if found["day"] else None
    return Handover(_clock(found), weekday)


def read_start(value: object) -> date:
    return _near(read_day(value), value)


def read_instant(value: object) -> Moment:
    found = re.fullmatch(INSTANT, value) if isinstance(value, str) else None
    if not found:
        raise _wrong(
            value, "write a day such as 2026-12-24, or a time such as 2026-12-24 18:00 or 2026-12-24 17:00 UTC"
        )
    day = _near(read_day(found["date"]), value)
    return Moment(day, _clock(found) if found["hour"] else None, utc=bool(found["utc"]))


def _wrong(value: object, expected: str) -> ValueError:
    return ValueError(f"is {kind_of(value) if value is not None else 'empty'}; {expected}")


def _clock(found: re.Match[str]) -> time:
    return time(int(found["hour"]), int(found["minute"]))


def _near(day: date, value: object) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _wrong(value, f"write a day from {FIRST_YEAR} to {LAST_YEAR}")
    return day


Period = Annotated[int, PlainValidator(read_period), WithJsonSchema(pattern(PERIOD))]
AnyHandover = Annotated[Handover, PlainValidator(read_handover), WithJsonSchema(pattern(HANDOVER))]
Start = Annotated[date, PlainValidator(read_start), WithJsonSchema(pattern(DAY))]
Instant = Annotated[Moment, PlainValidator(read_instant), WithJsonSchema(pattern(INSTANT))]


class Turns(Section):
    """How turns are taken."""

    period: Period | None = Field(None, description="How long a turn lasts: 1 week, 2 weeks, 1 day. Default: 1 week.")
    handover: AnyHandover | None = Field(
        None, description="When turns change, on the wall clock: mon 09:00. Default: 09:00 on the weekday of starts."
    )
    starts: Start | None = Field(
        None, description="A day of the first person's turn, as YYYY-MM-DD; nobody is on call before that turn."
    )
    zone: Zone | None = Field(None, description="The IANA time zone of hand-over. Default: the team's.")


class OncallLayer(Turns):
    """One layer: the people who take turns in it. What is not written here counts as for all layers."""

    people: list[Login] = Field(min_length=1, description="GitHub logins, in the order of their turns.")


class OncallOverride(Section):
    """Somebody covers a layer for a while, whosever turn it is."""

    person: Login = Field(description="GitHub login of whoever covers.")
    layer: Line | None = Field(None, description="The layer that is covered. Default: the first one.")
    from_: Instant = Field(alias="from", description="From when: a day, a local time, or a time in UTC.")
    to: Instant = Field(description="Until when; a day is included.")


class Oncall(Turns):
    """Who is on call. Without people or layers of its own, those listed under `people` take turns."""

    people: list[Login] | None = Field(
        None, min_length=1, description="Who takes turns as primary; the next in turn is secondary. Default: people."
    )
    layers: dict[Line, OncallLayer] | None = Field(
        None, min_length=1, description="Layers by name, in the order of escalation, instead of people."
    )
    overrides: list[OncallOverride] | None = Field(None, description="Who covers for whom. The later one counts.")
    lead: Login = Field("", description="Who is called last. Default: the first of people who was not called yet.")
    handover_issue: Switch | None = Field(
        None, description="Whether an issue opens for each hand-over. Default: where turns last a week or longer."
    )

    @property
    def takes_turns(self) -> bool:
        """Whether it says more than who leads, and how turns are handed over."""
        return bool(self.model_fields_set - {"lead", "handover_issue"})


def decided(written: Oncall, people: tuple[str, ...], zone: str) -> Rota:
    """What was written, with the team's people and zone where it names none."""
    layers = {layer.name: layer for layer in _layers(written, people, zone)} if written.takes_turns else {}
    overrides = (_override(one, layers) for one in written.overrides or ())
    return Rota(tuple(layers.values()), tuple(filter(None, overrides)), written.lead, written.handover_issue)


def names(written: Oncall, people: tuple[str, ...]) -> tuple[str, ...]:
    """The layers that there are, in the order of escalation."""
    if written.layers:
        return tuple(written.layers)
    return (PRIMARY, SECONDARY)[: len(written.people or people)]


def _layers(written: Oncall, people: tuple[str, ...], zone: str) -> tuple[Layer, ...]:
    if written.layers:
        return tuple(_layer(name, one.people, one, written, zone) for name, one in written.layers.items())
    first = tuple(written.people or people)
    turned = ((name, first[place:] + first[:place]) for place, name in enumerate(names(written, people)))
    return tuple(_layer(name, tuple(order), written, written, zone) for name, order in turned)


def _layer(name: str, people: list[str] | tuple[str, ...], own: Turns, common: Turns, zone: str) -> Layer:
    days = own.period or common.period or WEEK
    handover = own.handover or common.handover or Handover()
    starts = own.starts or common.starts or ALWAYS
    back = (starts.weekday() - handover.weekday) % WEEK if handover.weekday is not None and days % WEEK == 0 else 0
    first = starts - timedelta(days=back)
    return Layer(name, tuple(people), first, days, handover.at, own.zone or common.zone or zone)


def _override(one: OncallOverride, layers: Mapping[str, Layer]) -> Override | None:
    """None where the layer that it covers has no turns."""
    layer = layers.get(one.layer) if one.layer else next(iter(layers.values()), None)
    if layer is None:
        return None
    return Override(layer.name, one.person, one.from_.begins(layer.zone), one.to.ends(layer.zone))
