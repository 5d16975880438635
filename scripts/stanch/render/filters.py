"""What templates may do with a value. Each result is safe to show where its docstring says."""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import quote as percent
from zoneinfo import ZoneInfo

from stanch.core.login import is_login
from stanch.core.markdown import BLOCK, LINE, Safe, bare, legible, plain, quoted

_ADDRESS = re.compile(r"https?://[^\s/?#@]+(?:[/?#]\S*)?")
_KEPT = "/:?#@!$&'*+,;=%~-._"
_SIMPLE = re.compile(r"[A-Za-z0-9 _.,:;/+=!?()'\"*~-]+")

_OFTEN = {1: "once", 2: "twice"}
_NUMBERS = dict(
    enumerate(("three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), start=3)
)


def when(instant: datetime, zone: str = "UTC", since: datetime | Iterable[datetime] = (), *, day: bool = False) -> Safe:
    """`02:14 UTC (03:14 Europe/Berlin)`; with dates when asked for, when the zone has another one, or `since` has.

    `since` is what stands beside it, one instant or several.
    """
    utc, local = instant.astimezone(UTC), instant.astimezone(ZoneInfo(zone))
    shape = "%H:%M"
    dated = f"%Y-%m-%d {shape}"
    differs = utc.date() != local.date()
    beside = (since,) if isinstance(since, datetime) else since
    another = any(_days(one, zone) != (utc.date(), local.date()) for one in beside)
    here = utc.strftime(dated if day or differs or another else shape)
    if zone == "UTC":
        return Safe(f"{here} UTC")
    return Safe(f"{here} UTC ({local.strftime(dated if differs else shape)} {zone})")


def _days(instant: datetime, zone: str) -> tuple[date, date]:
    """The days that an instant has in UTC and in a zone."""
    return instant.astimezone(UTC).date(), instant.astimezone(ZoneInfo(zone)).date()


def day(instant: datetime | date, zone: str = "UTC") -> Safe:
    """`2026-11-21`: the day that an instant has in a zone, or a date itself."""
    if isinstance(instant, datetime):
        instant = instant.astimezone(ZoneInfo(zone)).date()
    return Safe(instant.isoformat())


def span(seconds: float | timedelta) -> Safe:
    """How long, in its two largest units, rounded down: `40 s`, `4 min`, `1 h 12 min`, `2 d 3 h`."""
    total = int(seconds.total_seconds() if isinstance(seconds, timedelta) else seconds)
    if total < 0:
        return Safe(f"-{span(-total)}")
    days, hours, minutes = total // 86_400, total // 3_600 % 24, total // 60 % 60
    if total < 60:
        return Safe(f"{total} s")
    sizes = [(days, "d"), (hours, "h")] if days else [(hours, "h"), (minutes, "min")]
    return Safe(" ".join(f"{size} {unit}" for size, unit in sizes if size))


def times(count: int) -> Safe:
    """How often: `once`, `twice`, `three times` … `twelve times`, `13 times`."""
    return Safe(_OFTEN.get(count) or f"{_NUMBERS.get(count, count)} times")


def at(login: str) -> Safe:
    """`@login`, a mention, if a GitHub login can look like that; any other text only shows."""
    name = login.removeprefix("@")
    return Safe(f"@{name}") if is_login(name) and name != "ghost" else plain(login)


def join_people(logins: Iterable[str], last: str = ", ", *, mention: bool = True) -> Safe:
    """`@alex, @jordan and @sam` with `last=" and "`; without `mention` nobody is notified."""
    names = [at(login) if mention else plain(login) for login in logins]
    if len(names) < 2:
        return Safe("".join(names))
    return Safe(", ".join(names[:-1]) + last + names[-1])


def code(text: str | int, limit: int = LINE) -> Safe:
    """A code span, also inside a table and around any character; empty for an empty text."""
    shown = plain(str(text), limit)
    if not shown:
        return shown
    simple = _SIMPLE.fullmatch(str(text)) and len(str(text)) <= limit and "://" not in str(text)
    return Safe(f"`{str(text).strip()}`" if simple else f"<code>{shown}</code>")


def link(text: str | int, address: str) -> Safe:
    """`[text](address)`; only the text if the address is no http(s) one."""
    shown = plain(str(text))
    if not _ADDRESS.fullmatch(address):
        return shown
    return Safe(f"[{shown}]({percent(address, safe=_KEPT)})")


def quote(text: str, limit: int = BLOCK) -> Safe:
    """People's text of several lines as a quotation; a block of its own, so leave blank lines around it."""
    return quoted(text, limit)


def brief(text: str, limit: int = LINE) -> Safe:
    """One line of visible text where no Markdown is read: in a `.text` template alone."""
    return Safe(bare(text, limit))


def letter(text: str, limit: int = BLOCK) -> Safe:
    """The same for text of several lines."""
    return Safe(legible(text, limit))


def line(text: str, limit: int = LINE) -> Safe:
    """People's text as one line of at most `limit` characters; what `{{ text }}` does, with a limit."""
    return plain(text, limit)


def fenced(text: str, limit: int = LINE) -> Safe:
    """People's text as one line inside a fence, as it was written; it ends no fence and looks like no marker."""
    return Safe(bare(text, limit).replace("`", "'").replace("~~~", "~ ~ ~").replace("<!--", "<! --"))


def paragraph(text: str) -> str:
    """Without blank lines, and without white space around its lines; what was safe stays so."""
    kept = "\n".join(line for part in text.split("\n") if (line := part.strip()))
    return Safe(kept) if isinstance(text, Safe) else kept


def trim(text: str) -> str:
    """Without white space around it; what was safe stays so."""
    return Safe(text.strip()) if isinstance(text, Safe) else text.strip()


ALL: dict[str, Callable[..., Any]] = {
    "at": at,
    "brief": brief,
    "code": code,
    "day": day,
    "fenced": fenced,
    "join_people": join_people,
    "letter": letter,
    "line": line,
    "link": link,
    "paragraph": paragraph,
    "quote": quote,
    "span": span,
    "times": times,
    "trim": trim,
    "when": when,
}
"""Every filter that Stanch adds, by the name that templates use."""
