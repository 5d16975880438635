"""The moments of a timeline: lines that begin with a time of day."""

import re
from dataclasses import dataclass
from datetime import date

_LEAD = r"[\s|*+•_`\[(~#-]{0,12}"
_NUMBERED = r"(?:[0-9]{1,2}[.)]\s+)?[\s*_`\[(~]{0,6}"
_GAP = r"[T ,:|*_`-]{1,6}"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_WEEKDAY = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?"
_NTH = r"[0-9]{1,2}(?:st|nd|rd|th)?"
_ISO = r"([0-9]{4})-([0-9]{2})-([0-9]{2})"
_SPOKEN = rf"(?:{_MONTH} {_NTH}|{_NTH} {_MONTH}|[0-9]{{1,2}}[/.][0-9]{{1,2}}(?:[/.][0-9]{{2,4}})?)(?:,? [0-9]{{4}})?"
_CLOCK = r"([0-9]{1,2})[:h]([0-9]{2})(?::[0-9]{2})?(?![0-9])[ ]?([ap]\.?m\b)?"
_TIME = re.compile(
    rf"{_LEAD}{_NUMBERED}(?:{_ISO}{_GAP})?((?:(?:{_WEEKDAY},? )?{_SPOKEN}{_GAP}(?:at )?)?){_CLOCK}", re.IGNORECASE
)
_SOON = re.compile(r"[^0-9]{0,60}[0-9]")
"""Where no digit comes soon, no time does."""
_DAY_ALONE = re.compile(rf"{_LEAD}(?:{_ISO}|{_WEEKDAY}(?!\w)|(?:the )?next day|day [0-9]|{_SPOKEN})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Moment:
    """`minutes` since midnight; `day` where it is written as ISO, `other_day` where it is written in another way."""

    line: int
    indent: int
    minutes: int
    text: str
    day: date | None
    other_day: str


def time_led(line: str) -> bool:
    """Whether a line begins with a time of day."""
    return moment_of(line, 0) is not None


def moment_of(line: str, number: int) -> Moment | None:
    """The moment that a line begins with, None for any other line."""
    found = _TIME.match(line[:200]) if _SOON.match(line) else None
    if not found:
        return None
    hour, minute = int(found[5]), int(found[6])
    half = (found[7] or "").lower().replace(".", "")
    if hour > 23 or minute > 59 or (half and not 1 <= hour <= 12):
        return None
    hour = hour % 12 + 12 * (half == "pm") if half else hour
    indent = len(line) - len(line.lstrip())
    return Moment(number, indent, hour * 60 + minute, f"{hour:02}:{minute:02}", _day(found), found[4].strip(" ,:|*_`-"))


def names_a_day(line: str) -> bool:
    """Whether a line begins with a day and no time, so that the clock starts again below it."""
    return bool(_DAY_ALONE.match(line[:200])) and not time_led(line)


def _day(found: re.Match[str]) -> date | None:
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found[1] else None
    except ValueError:
        return None
