"""The weekly look at the set-up: when it is due, and the one issue that stays open while something is wrong."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from stanch.core.clock import MORNING, Calendar, from_local, local_date
from stanch.core.doctor.finding import Finding, Verdict, row
from stanch.core.labels import SETUP
from stanch.core.marker import child_marker, hidden, marker_of, revealed
from stanch.core.thread import Child, CloseReason, Thread

KIND = "0/setup/"
"""How the keys of these issues begin: they belong to the repository itself, which is thread 0."""

WEEK = timedelta(days=7)


def monday_of(now: datetime, calendar: Calendar) -> datetime:
    """The last Monday, 09:00 team time (UTC)."""
    today = local_date(now, calendar)
    monday = today - timedelta(days=today.weekday())
    at = from_local(monday, MORNING, calendar)
    return at if at <= now else from_local(monday - WEEK, MORNING, calendar)


def is_due(now: datetime, calendar: Calendar, last: datetime | None) -> bool:
    """Whether no sweep has ended well since Monday 09:00. `last` is when the last one that did began (UTC)."""
    return last is None or last < monday_of(now, calendar)


@dataclass(frozen=True)
class SetUp:
    """What the weekly look came to: what is wrong, and the newest issues about it. `url` is the repository's page."""

    findings: tuple[Finding, ...]
    standing: tuple[Child, ...]
    since: datetime
    url: str

    @property
    def key(self) -> str:
        """That of the week's issue: however often it is looked at, one week opens one."""
        year, week, _ = self.since.isocalendar()
        return f"{KIND}{year}-W{week:02}"

    @property
    def faults(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.verdict is Verdict.FAULT)

    @property
    def doubtful(self) -> frozenset[str]:
        """The checks that could not tell."""
        return frozenset(one.code for one in self.findings if one.verdict is Verdict.UNKNOWN)

    @property
    def ours(self) -> tuple[Child, ...]:
        """The issues about it, by rising number."""
        found = (one for one in self.standing if (mark := child_marker(one)) and mark.key.startswith(KIND))
        return tuple(sorted(found, key=lambda one: one.number))

    @property
    def opens(self) -> bool:
        """Whether an issue is to be opened: something is wrong, none is open, none was opened this week, and nobody
        closed the last one as not planned with all of this in it.
        """
        there = self.ours
        if not self.faults or any(one.open for one in there):
            return False
        if any((mark := child_marker(one)) and mark.key == self.key for one in there):
            return False
        last = there[-1] if there else None
        left = frozenset(remembered(last.body)) if last and last.reason is CloseReason.NOT_PLANNED else frozenset()
        return not {one.key for one in self.faults} <= left

    def view(self) -> dict[str, object]:
        """What the issue shows."""
        warnings = tuple(one for one in self.findings if one.verdict is Verdict.WARNING)
        return {"faults": _rows(self.faults, self.url), "warnings": _rows(warnings, self.url)}


def _rows(findings: Iterable[Finding], url: str) -> list[dict[str, object]]:
    return [row(one, url) for one in findings]


def is_about_setup(thread: Thread) -> bool:
    """Whether a thread is one of these issues."""
    marker = marker_of(thread.body) if thread.ours and not thread.is_pull_request else None
    return marker is not None and marker.key.startswith(KIND)


def written(findings: Iterable[Finding]) -> str:
    """What is wrong, as the issue remembers it in its second line."""
    return hidden({"faults": sorted({one.key for one in findings})})


def remembered(body: str) -> tuple[str, ...]:
    """What was wrong when an issue was last written; nothing where nobody can read that."""
    kept = revealed(body)
    faults = kept.get("faults") if isinstance(kept, dict) else None
    return tuple(one for one in faults if isinstance(one, str)) if isinstance(faults, list) else ()


__all__ = ["KIND", "SETUP", "SetUp", "is_about_setup", "is_due", "monday_of", "remembered", "written"]
