"""Dashboard: one issue with everything that is open, to be walked through in a meeting, and a digest once a week.

It is opened with the first thing that is owed, pinned where the token may, and rewritten only when it changes.
Whoever closes it switches it off, and the digest with it.
"""

from collections.abc import Iterator
from dataclasses import replace

from stanch.core.calls import Call
from stanch.core.case import Case
from stanch.core.clock import local_date
from stanch.core.commitment import Commitment, Owed, row_of
from stanch.core.config import Config
from stanch.core.dashboard import KEY, LABEL, Memory, is_dashboard, memory_of, remembered, view, written
from stanch.core.hearing import Said, answered
from stanch.core.reminding import Week, asked, day_of, for_digest, reminders, stage, told_since, week_of
from stanch.core.reviewing import accepted, reviews, strays
from stanch.core.thread import CloseReason, Mark
from stanch.core.wanted import Body, ChildIssue, Closed, LabelOn, Notice, Pinned, Reacted, Text, Want

MOST = 60
"""Things that a digest names; the rest is on the dashboard."""


def dashboard(case: Case) -> Iterator[Want]:
    owed = case.owed
    if case.number == 0 and owed is not None and owed.open:
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
    text = Text("issues/dashboard", view(owed, Memory(), case.now, case.config))
    return ChildIssue(KEY, Text("issues/dashboard_title"), text, (LABEL,))


def _kept(case: Case, owed: Owed) -> Iterator[Want]:
    if case.number != owed.dashboard:
        yield Closed(CloseReason.DUPLICATE)
        return
    yield LabelOn(LABEL)
    before = memory_of(case.snapshot.thread)
    memory = remembered(before, owed, local_date(case.now, case.config.calendar), case.config)
    newest = [one.at for one in reviews(case.snapshot) if accepted(case.snapshot, one)]
    memory = replace(memory, reviewed=max(newest, default=memory.reviewed))
    if not before.pinned:
        yield Pinned()
    week, waiting = week_of(case.now, case.config.calendar), for_digest(owed, case.now, case.config)
    digest = week if waiting else None
    if digest is not None and digest.name != before.week:
        yield _digest(case, owed, digest, waiting)
    text = Text("issues/dashboard", view(owed, memory, case.now, case.config))
    yield Body(KEY, text, written(replace(memory, pinned=True, week=digest.name if digest else before.week)))


def _digest(case: Case, owed: Owed, week: Week, waiting: tuple[Commitment, ...]) -> Notice:
    """Whoever is reminded today is not mentioned a second time."""
    today = day_of(case.now, case.config.calendar)
    told = told_since(owed.reminded, today)
    quiet = sorted(told | {one.login.lower() for one in reminders(owed, case.now, case.config)})
    rows = [_row(one, owed, case.config, case) for one in waiting]
    view = {"week": week.name, "rows": rows[:MOST], "more": max(0, len(rows) - MOST), "quiet": quiet}
    return Notice(case.key("digest", week.name), Text("comments/digest", view), week.since)


def _row(one: Commitment, owed: Owed, config: Config, case: Case) -> dict[str, object]:
    today = local_date(case.now, config.calendar)
    return {
        **row_of(one),
        "late": stage(one, today, config.calendar).overdue,
        "owners": list(one.owners),
        "people": list(asked(one, today, config, owed.absent)),
    }
