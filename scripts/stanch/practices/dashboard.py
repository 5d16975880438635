"""Dashboard: one issue with everything that is open, to be walked through in a meeting, and a digest once a week.

It is opened with the first thing that is owed, pinned where the token may, and rewritten only when it changes.
Whoever closes it switches it off, and the digest with it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from stanch.core.calls import Call
from stanch.core.case import Case
from stanch.core.clock import local_date
from stanch.core.commitment import Commitment, Owed, row_of
from stanch.core.config import Config
from stanch.core.dashboard import KEY, LABEL, Memory, is_dashboard, memory_of, remembered, view, written
from stanch.core.hearing import Said, answered
from stanch.core.reminding import (
    Week,
    asked,
    day_of,
    for_digest,
    morning_of,
    reminders,
    stage,
    told_since,
    week_of,
    working_day,
)
from stanch.core.reviewing import accepted, reviews, strays
from stanch.core.runbooks.freshness import Stale, by_person, newest, stale, untold
from stanch.core.runbooks.view import address
from stanch.core.thread import CloseReason, Mark
from stanch.core.wanted import Body, ChildIssue, Closed, LabelOn, Notice, Pinned, Reacted, Text, Want

MOST = 60
"""Things that a digest names; the rest is on the dashboard."""


def dashboard(case: Case) -> Iterator[Want]:
    owed = case.owed
    if case.number == 0 and owed is not None and (owed.open or _stale(case, owed, Memory())):
        yield _opened(case, owed)
    if is_dashboard(case.snapshot.thread) and case.snapshot.thread.open:
        yield from _marks(case)
        if owed is not None:
            yield from _kept(case, owed)


def _marks(case: Case) -> Iterator[Want]:
    """An answer at once to everything that is said on it; the text follows with the next sweep."""
    for one in reviews(case.snapshot):
        yield Reacted(one.comment.id, Mark.ACCEPTED if accepted(case.snapshot, one) else Mark.REFUSED)
    for stray in strays(case.snapshot):
        yield Reacted(stray.comment.id, Mark.REFUSED)
        if not answered(stray.comment):
            yield _refusal(case, stray)


def _refusal(case: Case, stray: Said) -> Notice:
    """One answer that says where it is to be said; each command is named once."""
    calls = {call.typed: call for call in stray.calls}.values()
    text = Text("comments/refused", {"refusals": [_refused(call) for call in calls]})
    return Notice(case.key("refused", stray.comment.id), text, stray.comment.edited_at or stray.comment.at)


def _refused(call: Call) -> dict[str, object]:
    code = "on-the-dashboard" if call.verb else "unknown"
    return {"typed": "", "verb": call.typed, "code": code, "meant": call.meant}


def _opened(case: Case, owed: Owed) -> ChildIssue:
    rows = {"stale": _rows(case, _stale(case, owed, Memory()))}
    text = Text("issues/dashboard", {**view(owed, Memory(), case.now, case.config), **rows})
    return ChildIssue(KEY, Text("issues/dashboard_title"), text, (LABEL,))


def _kept(case: Case, owed: Owed) -> Iterator[Want]:
    if case.number != owed.dashboard:
        yield Closed(CloseReason.DUPLICATE)
        return
    yield LabelOn(LABEL)
    before = memory_of(case.snapshot.thread)
    memory = remembered(before, owed, local_date(case.now, case.config.calendar), case.config)
    reviewed = [one.at for one in reviews(case.snapshot) if accepted(case.snapshot, one)]
    memory = replace(memory, reviewed=max(reviewed, default=memory.reviewed))
    if not before.pinned:
        yield Pinned()
    overdue = _stale(case, owed, memory)
    asked = _unasked(case, overdue, before)
    yield from _asking(case, owed, asked)
    told = tuple(one for one in overdue if _told(one, before))
    memory = replace(memory, stale={one.runbook.name: one.since for one in (*told, *asked)})
    week, waiting = week_of(case.now, case.config.calendar), for_digest(owed, case.now, case.config)
    known = tuple(one for one in told if week and _morning(one, case) < week.since)
    digest = week if waiting or known else None
    if digest is not None and digest.name != before.week:
        yield _digest(case, owed, digest, waiting, known)
    rows = {"stale": _rows(case, overdue)}
    text = Text("issues/dashboard", {**view(owed, memory, case.now, case.config), **rows})
    yield Body(KEY, text, written(replace(memory, pinned=True, week=digest.name if digest else before.week)))


def _stale(case: Case, owed: Owed, memory: Memory) -> tuple[Stale, ...]:
    """The runbooks that are overdue to be read again, by what is remembered and by what this sweep saw."""
    today = local_date(case.now, case.config.calendar)
    return stale(case.snapshot.shelf.runbooks, newest(memory.worked, owed.worked), today)


def _told(one: Stale, before: Memory) -> bool:
    return before.stale.get(one.runbook.name) == one.since


def _unasked(case: Case, overdue: tuple[Stale, ...], before: Memory) -> tuple[Stale, ...]:
    """What somebody is asked about now: in the morning of a working day, once for each time that it became stale."""
    if day_of(case.now, case.config.calendar) is None:
        return ()
    return untold(overdue, before.stale)


def _asking(case: Case, owed: Owed, asked: tuple[Stale, ...]) -> Iterator[Notice]:
    """One comment for each person, with all of theirs."""
    for login, rows in by_person(asked, owed.absent, case.config).items():
        keys = [case.key(one.key) for one in rows if case.key(one.key) not in case.settled]
        if keys:
            due = max(_morning(one, case) for one in rows)
            text = Text("comments/runbook_stale", {"login": login, "rows": _rows(case, rows)})
            yield Notice(keys[0], text, due, covers=tuple(keys[1:]))


def _morning(one: Stale, case: Case) -> datetime:
    """When it was due to be asked about: 09:00 of the first working day since then (UTC)."""
    return morning_of(working_day(one.since, case.config.calendar), case.config.calendar)


def _rows(case: Case, overdue: Iterable[Stale]) -> list[dict[str, object]]:
    url = case.snapshot.thread.url
    return [
        {
            "name": one.runbook.name,
            "title": one.runbook.title,
            "address": address(url, one.runbook.path) if url else "",
            "owner": one.runbook.owner or "",
            "known": one.known.isoformat(),
            "since": one.since.isoformat(),
        }
        for one in overdue
    ]


def _digest(case: Case, owed: Owed, week: Week, waiting: tuple[Commitment, ...], known: tuple[Stale, ...]) -> Notice:
    """Whoever is reminded today is not mentioned a second time."""
    today = day_of(case.now, case.config.calendar)
    told = told_since(owed.reminded, today)
    quiet = sorted(told | {one.login.lower() for one in reminders(owed, case.now, case.config)})
    rows = [_row(one, owed, case.config, case) for one in waiting]
    view = {"week": week.name, "rows": rows[:MOST], "more": max(0, len(rows) - MOST), "quiet": quiet}
    view |= {"stale": _rows(case, known)}
    return Notice(case.key("digest", week.name), Text("comments/digest", view), week.since)


def _row(one: Commitment, owed: Owed, config: Config, case: Case) -> dict[str, object]:
    today = local_date(case.now, config.calendar)
    return {
        **row_of(one),
        "late": stage(one, today, config.calendar).overdue,
        "owners": list(one.owners),
        "people": list(asked(one, today, config, owed.absent)),
    }
