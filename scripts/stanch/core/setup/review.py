"""The day in a page of the runbooks: nobody here read it before it came, so it says the day on which it came."""

import re
from collections.abc import Iterable
from datetime import date

from stanch.core.setup.manifest import digest

_REVIEWED = re.compile(r"\A(---\r?\n(?:(?!---).*\n)*?last_reviewed: )(\d{4}-\d{2}-\d{2})")
"""In the front matter; what the page says below that is its own."""


def dated(page: str, day: str) -> str:
    """The page as one that was last reviewed on this day (YYYY-MM-DD); one without such a line as it is."""
    return _REVIEWED.sub(rf"\g<1>{day}", page, count=1)


def day_of(page: str) -> str | None:
    """When a page says that it was last reviewed."""
    found = _REVIEWED.match(page)
    return found[2] if found else None


def page_wanted(shipped: str, now: str | None, recorded: str | None, since: Iterable[date], today: date) -> str:
    """A page as it is to stand there: with the day on which it came, or today's where its text is new.

    `now` is what stands there, `recorded` the digest of what came last, `since` the days on which something came.
    """
    known = digest(now) if recorded is None and now is not None else recorded
    days = (day_of(now or ""), *(day.isoformat() for day in since), day_of(shipped))
    as_it_came = (dated(shipped, day) for day in days if day)
    return next((page for page in as_it_came if digest(page) == known), dated(shipped, today.isoformat()))
