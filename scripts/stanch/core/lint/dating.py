"""When a document was written, as far as it says so itself."""

import re
from datetime import date

from stanch.core.markdown import lines_of

HEAD = 40
"""Lines from the top in which a document is dated."""

_FIELD = re.compile(
    r"[ \t>|]*(?:[-*+•][ \t]+)?[*_]{0,3}[\"']?(?:date|day|when|incident date|written on)\b[^:|\n]{0,30}[:|](.{1,120})",
    re.IGNORECASE,
)
_TITLE = re.compile(r"(?:#{1,3}[ \t]|title:)(.{1,200})", re.IGNORECASE)
_DAY = re.compile(r"(?<![0-9-])([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9])")


def written_on(body: str, name: str = "") -> date | None:
    """The day in its `Date:`, else in its title, else in the name of its file; None when there is none."""
    head = [line[:400] for line in lines_of(body[:40_000])[:HEAD]]
    places = [found[1] for pattern in (_FIELD, _TITLE) for line in head if (found := pattern.match(line))]
    days = (_day(found) for place in (*places, name) for found in _DAY.finditer(place))
    return next((day for day in days if day), None)


def _day(found: re.Match[str]) -> date | None:
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
