"""The single values that a config file may hold: how each is written, read and described.

Each kind stands in one table with its JSON Schema, so that an editor and the loader agree. A reader
takes a plain value and raises ValueError with a sentence that says what would be right.
"""

import re
from collections.abc import Callable
from datetime import date, time, timedelta
from enum import StrEnum
from typing import Annotated, TypeVar
from zoneinfo import available_timezones

from pydantic import PlainValidator, WithJsonSchema

from stanch.core.clock import (
    BUSINESS_DAYS,
    DURATION,
    NOTHING,
    SAME_BUSINESS_DAY,
    WEEKDAYS,
    Promise,
    parse_duration,
    parse_promise,
    zone_named,
)
from stanch.core.config_problems import did_you_mean, kind_of
from stanch.core.login import LOGIN, is_login


class Call(StrEnum):
    """Whom an incident calls."""

    EVERYONE = "everyone"
    ONE = "one"
    ASSIGNEE = "assignee"
    NOBODY = "nobody"


Choice = TypeVar("Choice", bound=StrEnum)

LINE_MOST = 200
PROSE_MOST = 2000

ZONE = r"[A-Za-z][A-Za-z0-9+_/-]{1,63}"
URL = r"https?://[^\s<>]{1,500}"
HOURS = r"(?P<open>[0-2]?[0-9]:[0-5][0-9]) ?[-\u2013] ?(?P<close>[0-2]?[0-9]:[0-5][0-9])"
DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
ANY_PROMISE = f"{DURATION}|{SAME_BUSINESS_DAY}|{BUSINESS_DAYS}|{'|'.join(NOTHING)}"
DURATION_OR_NONE = f"{DURATION}|none"


def pattern(regex: str) -> dict[str, object]:
    """A JSON Schema for text that matches as a whole, in the regular expressions of ECMA-262."""
    return {"type": "string", "pattern": f"^(?:{re.sub(r'[(][?]P<[a-z]+>', '(', regex)})$"}


def _wrong(value: object, expected: str) -> ValueError:
    said = "is empty" if value is None else f"is {kind_of(value)}"
    return ValueError(f"{said}; {expected}")


def read_line(value: object) -> str:
    """Text on one line; a whole number counts as the text that it is written with."""
    match value:
        case bool() | None | list() | dict():
            raise _wrong(value, "write a text, in quotes if it could be taken for something else")
    text = str(value)
    if not text.strip() or "\n" in text or len(text) > LINE_MOST:
        raise ValueError(f"must be one line of text, at most {LINE_MOST} characters")
    return text.strip()


def read_prose(value: object) -> str:
    """Text of any number of lines."""
    if not isinstance(value, str) or not value.strip():
        raise _wrong(value, "write a text")
    if len(value) > PROSE_MOST:
        raise ValueError(f"is too long; at most {PROSE_MOST} characters")
    return value.strip()


def read_login(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise _wrong(value, "write a GitHub login, such as alex")
    if not is_login(str(value)):
        raise _wrong(value, 'write one person\'s GitHub login, such as alex, without "@"')
    return str(value)


def read_url(value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch(URL, value):
        raise _wrong(value, "write an address that starts with https://")
    return value


def read_zone(value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch(ZONE, value) or zone_named(value) is None:
        hint = did_you_mean(value, sorted(available_timezones())) if isinstance(value, str) else ""
        raise _wrong(value, "write a time zone such as Europe/Berlin" + hint)
    return value


def read_weekday(value: object) -> int:
    """Monday is 0."""
    if value not in WEEKDAYS:
        raise _wrong(value, f"write one of {', '.join(WEEKDAYS)}")
    return WEEKDAYS.index(str(value))


def read_hours(value: object) -> tuple[time, time]:
    found = re.fullmatch(HOURS, value) if isinstance(value, str) else None
    try:
        opening, closing = (_clock(found[name]) for name in ("open", "close")) if found else (None, None)
    except ValueError:
        raise _wrong(value, "the last minute of a day is 23:59") from None
    if opening is None or closing is None:
        raise _wrong(value, "write opening and closing time, such as 09:00-18:00")
    if opening >= closing:
        raise _wrong(value, "the day must open before it closes")
    return opening, closing


def _clock(text: str) -> time:
    hour, minute = text.split(":")
    return time(int(hour), int(minute))


def read_day(value: object) -> date:
    try:
        if isinstance(value, str) and re.fullmatch(DAY, value):
            return date.fromisoformat(value)
    except ValueError:
        raise _wrong(value, "the calendar has no such day") from None
    raise _wrong(value, "write a day as YYYY-MM-DD, such as 2026-12-25")


def read_promise(value: object) -> Promise:
    if isinstance(value, str) and re.fullmatch(ANY_PROMISE, value):
        return parse_promise(value)
    raise _wrong(value, "write a time such as 30m, 2h or 1d, same business day, 2 business days, or none")


def read_interval(value: object) -> timedelta | None:
    if value == "none":
        return None
    if isinstance(value, str) and re.fullmatch(DURATION, value):
        return parse_duration(value)
    raise _wrong(value, "write a time such as 30m, 2h or 1d, or none")


def read_duration(value: object) -> timedelta:
    found = parse_duration(value) if isinstance(value, str) and re.fullmatch(DURATION, value) else None
    if found is None:
        raise _wrong(value, "write a time such as 30m, 2h or 7d")
    return found


def read_switch(value: object) -> bool:
    if not isinstance(value, bool):
        raise _wrong(value, "write true or false")
    return value


def one_of(kind: type[Choice]) -> Callable[[object], Choice]:
    """A reader of one of an enum's words."""

    def read(value: object) -> Choice:
        if isinstance(value, str) and value in list(kind):
            return kind(value)
        hint = did_you_mean(value, list(kind)) if isinstance(value, str) else ""
        raise _wrong(value, f"write one of {', '.join(kind)}{hint}")

    return read


def number(least: int, most: int) -> Callable[[object], int]:
    """A reader of a whole number between two bounds, both included."""

    def read(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise _wrong(value, f"write a whole number from {least} to {most}" if least < most else f"write {least}")
        return value

    return read


LINE_SCHEMA = {"type": ["string", "integer"], "pattern": r"^[^\n]*\S[^\n]*$", "maxLength": LINE_MOST}
PROSE_SCHEMA = {"type": "string", "pattern": r"\S", "maxLength": PROSE_MOST}
LOGIN_SCHEMA = pattern(LOGIN) | {"type": ["string", "integer"], "minimum": 0}

Line = Annotated[str, PlainValidator(read_line), WithJsonSchema(LINE_SCHEMA)]
Prose = Annotated[str, PlainValidator(read_prose), WithJsonSchema(PROSE_SCHEMA)]
Login = Annotated[str, PlainValidator(read_login), WithJsonSchema(LOGIN_SCHEMA)]
Url = Annotated[str, PlainValidator(read_url), WithJsonSchema(pattern(URL))]
Zone = Annotated[str, PlainValidator(read_zone), WithJsonSchema(pattern(ZONE))]
Weekday = Annotated[int, PlainValidator(read_weekday), WithJsonSchema({"enum": list(WEEKDAYS)})]
Hours = Annotated[tuple[time, time], PlainValidator(read_hours), WithJsonSchema(pattern(HOURS))]
Day = Annotated[date, PlainValidator(read_day), WithJsonSchema(pattern(DAY))]
AnyPromise = Annotated[Promise, PlainValidator(read_promise), WithJsonSchema(pattern(ANY_PROMISE))]
Interval = Annotated[timedelta | None, PlainValidator(read_interval), WithJsonSchema(pattern(DURATION_OR_NONE))]
Duration = Annotated[timedelta, PlainValidator(read_duration), WithJsonSchema(pattern(DURATION))]
Switch = Annotated[bool, PlainValidator(read_switch), WithJsonSchema({"type": "boolean"})]
Called = Annotated[Call, PlainValidator(one_of(Call)), WithJsonSchema({"enum": [call.value for call in Call]})]
Version = Annotated[int, PlainValidator(number(1, 1)), WithJsonSchema({"const": 1})]
Factor = Annotated[
    int, PlainValidator(number(1, 100)), WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 100})
]
Mentions = Annotated[
    int, PlainValidator(number(1, 50)), WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 50})
]
