"""Hand-over: one issue for each change of the primary, with the week in it; `/take` swaps, closing it hands over.

Only the end of a sweep knows the week, so only a sweep opens one. Its text is written once, and then people's.
"""

from collections.abc import Iterator
from datetime import datetime

from stanch.core.calls import Call
from stanch.core.case import Case
from stanch.core.handover import LABEL, Handover, asked_at, handover_of, is_copy
from stanch.core.hearing import answered
from stanch.core.reminding import day_of, morning_of, told_since
from stanch.core.rota import Override
from stanch.core.swaps import Swap, Take, overrides_of, strays, takes
from stanch.core.thread import CloseReason, EventKind, Mark, Thread
from stanch.core.wanted import Assigned, ChildIssue, Closed, LabelOn, Notice, Reacted, Text, Unassigned, Want
from stanch.core.week import Week, view


def handover(case: Case) -> Iterator[Want]:
    thread, config = case.snapshot.thread, case.config
    if case.week is not None:
        yield _opened(case, case.week)
    here = handover_of(thread, config.oncall, config.calendar)
    if here is None or thread.reason is CloseReason.DUPLICATE:
        return
    if thread.open and is_copy(thread, here, case.snapshot.repository.handovers):
        yield Closed(CloseReason.DUPLICATE)
        return
    swaps = takes(case.snapshot, here)
    accepted = tuple(take for take in swaps if not take.refusal)
    rota = config.oncall
    for take in accepted:
        changed = overrides_of(take.swap, rota)
        yield from _answered(case, take, changed)
        if take.swap.key(case.number) not in case.settled:  # else the rota has it already
            rota = rota.with_overrides(*changed)
    yield from _refused(case, swaps)
    if thread.open:
        yield LabelOn(LABEL)
        yield from _assigned(case, here, accepted)
        yield from _asked(case, here, accepted)
    else:
        yield from _handed_over(case, here)


def _opened(case: Case, week: Week) -> ChildIssue:
    told = view(week, case.now, case.config)
    one = week.note.handover
    title, text = Text("issues/handover_title", told), Text("issues/handover", told)
    return ChildIssue(one.key, title, text, (LABEL,), (one.outgoing, one.incoming), one.stamp)


def _answered(case: Case, take: Take, changed: tuple[Override, ...]) -> Iterator[Want]:
    """The answer is the swap itself, so it comes before its mark."""
    swap, text = take.swap, Text("comments/swap", _swapped(case, take, changed))
    covers = (swap.terms(case.number),)
    yield Notice(swap.key(case.number), text, take.said, covers)
    yield Reacted(take.comment.id, Mark.ACCEPTED)


def _swapped(case: Case, take: Take, changed: tuple[Override, ...]) -> dict[str, object]:
    swap = take.swap
    return {
        "login": swap.login,
        "before": swap.before,
        "since": swap.since,
        "until": swap.until,
        "zone": case.config.calendar.zone,
        "overrides": [
            {"layer": one.layer, "person": one.login, "from": _written(one.since), "to": _written(one.until)}
            for one in changed
        ],
    }


def _written(at: datetime) -> str:
    """An instant as the config reads it."""
    return f"{at:%Y-%m-%d %H:%M} UTC"


def _refused(case: Case, swaps: tuple[Take, ...]) -> Iterator[Want]:
    """One answer to each comment that holds anything else, or a `/take` that does not count."""
    found = {take.comment.id: (take.comment, [_row("take", take.refusal)]) for take in swaps if take.refusal}
    for stray in strays(case.snapshot):
        calls = {call.typed: call for call in stray.calls}.values()
        found.setdefault(stray.comment.id, (stray.comment, []))[1].extend(map(_elsewhere, calls))
    for comment, rows in found.values():
        yield Reacted(comment.id, Mark.REFUSED)
        if not answered(comment):
            text = Text("comments/refused", {"refusals": rows})
            yield Notice(case.key("refused", comment.id), text, comment.edited_at or comment.at)


def _elsewhere(call: Call) -> dict[str, object]:
    return _row(call.typed, "on-the-handover" if call.verb else "unknown", call.meant)


def _row(typed: str, code: str, meant: str = "") -> dict[str, object]:
    return {"typed": "", "verb": typed, "code": code, "meant": meant}


def _assigned(case: Case, here: Handover, swaps: tuple[Take, ...]) -> Iterator[Want]:
    """Whoever has the coming turn now is assigned; whoever had it and gave it away is not, but for who leaves."""
    if not swaps:
        return
    last = swaps[-1]
    yield Assigned(_assignment(case, "assign", last.swap), last.swap.login, last.comment.at)
    kept = {last.swap.login.lower(), here.outgoing.lower()}
    others = {login.lower(): login for login in (here.incoming, *(one.swap.login for one in swaps))}
    for login in sorted(others.keys() - kept):
        yield Unassigned(_assignment(case, f"unassign/{login}", last.swap), others[login], last.comment.at)


def _assignment(case: Case, kind: str, swap: Swap) -> str:
    return case.key(kind, swap.login.lower(), swap.comment)


def _asked(case: Case, here: Handover, accepted: tuple[Take, ...]) -> Iterator[Want]:
    """Whoever left is asked once to close it, on a working day on which no other reminder reached them."""
    day, due = day_of(case.now, case.config.calendar), asked_at(here, case.config.calendar)
    if case.owed is None or day is None or morning_of(day, case.config.calendar) < due:
        return
    asked = any(key.startswith(case.key("remind", "")) for key in case.settled)
    login = here.outgoing
    if not asked and login.lower() not in told_since(case.owed.reminded, day):
        view = {
            "login": login,
            "incoming": accepted[-1].swap.login if accepted else here.incoming,
            "since": here.since,
            "zone": case.config.calendar.zone,
        }
        yield Notice(case.key("remind", login.lower(), day), Text("comments/handover_open", view), due)


def _handed_over(case: Case, here: Handover) -> Iterator[Want]:
    """Who is on call from then on, said once."""
    closed = _closed_at(case.snapshot.thread)
    at = max(closed, here.since) if closed else here.since
    duties = case.config.oncall.on_call(at)
    if closed is None or not duties:
        return
    view = {
        "at": at,
        "later": at > closed,
        "zone": case.config.calendar.zone,
        "duties": [{"role": one.layer, "login": one.login, "until": one.until} for one in duties],
    }
    yield Notice(case.key("handed-over"), Text("comments/handed_over", view), closed)


def _closed_at(thread: Thread) -> datetime | None:
    closings = [event.at for event in thread.events if event.kind is EventKind.CLOSED]
    return closings[-1] if closings else None
