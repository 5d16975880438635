"""The dashboard: one issue with everything that is open, and what became of the rest. It carries its own memory.

Its body is the bot's own: it is rewritten only when something in it changes, so it holds no day's date of its own,
and ages in whole weeks.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from stanch.core.clock import local_date
from stanch.core.commitment import Commitment, Owed, row_of
from stanch.core.config import Config
from stanch.core.following import Ending
from stanch.core.keeping import ODD, readable_by_key
from stanch.core.marker import hidden, marker_of, revealed
from stanch.core.reminding import stage
from stanch.core.runbooks.freshness import Days, at_most, newest
from stanch.core.thread import Thread

LABEL = "incident-dashboard"
KEY = "0/dashboard"
"""The dashboard belongs to the repository itself, which is thread 0."""

SHOWN = 100
"""Open things that are listed; the rest is counted."""

KEPT = timedelta(weeks=13)
"""How long it is remembered what ended, and what the completion rate looks back on."""

MOST_ENDED = 300
"""Ended things that are remembered, the newest ones."""

MOST_THREADS = 2_000
"""Threads with something open that are remembered."""

MOST_RUNBOOKS = 100
"""Runbooks of which it is remembered when they worked, the newest ones."""

TEXTS = (80, 20, 0)
"""Characters of an ended thing's words that are remembered: as many as there is room for."""

ROOM = 24_000
"""Bytes of the memory, which stands in the body beside what people read."""


_PLACE = re.compile(r"[1-9][0-9]{0,9}(?:\.[A-Za-z0-9]{1,6})?")


@dataclass(frozen=True, slots=True)
class Past:
    """Something that ended: how, on which day, by whom and why, as far as that is known."""

    how: Ending
    day: date
    text: str
    by: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Memory:
    """`threads` held something open at the last sweep; `ended` is by place; `reviewed` is when it was walked through.

    `told` are the reminders of the last day on which there were any, `absent` who could not be reached on which day,
    `week` is that of the last digest, and `pinned` says that pinning was tried, once. `worked` is when each runbook
    last worked, `stale` since when each was overdue to be read when its owner was told of it.
    """

    threads: tuple[int, ...] = ()
    ended: Mapping[str, Past] = field(default_factory=dict)
    reviewed: datetime | None = None
    told: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    week: str = ""
    pinned: bool = False
    worked: Days = field(default_factory=dict)
    stale: Days = field(default_factory=dict)


def is_dashboard(thread: Thread) -> bool:
    """Whether a thread is the dashboard that Stanch opened."""
    marker = marker_of(thread.body) if thread.ours else None
    return marker is not None and marker.key == KEY


def memory_of(thread: Thread) -> Memory:
    """What a dashboard's body remembers; where somebody else wrote in it, only what it costs nobody to believe."""
    kept = revealed(thread.body) if thread.ours else None
    whole = _memory(kept) if isinstance(kept, dict) else Memory()
    own = thread.edited_at is None or (thread.editor is not None and thread.editor == thread.author)
    return whole if own else Memory(whole.threads, whole.ended, pinned=whole.pinned)


def _memory(kept: Mapping[str, object]) -> Memory:
    numbers, ended, reviewed = kept.get("threads"), kept.get("ended"), kept.get("reviewed")
    rows = ended if isinstance(ended, dict) else {}
    return Memory(
        threads=tuple(one for one in numbers if type(one) is int and one > 0) if isinstance(numbers, list) else (),
        ended=readable_by_key(((str(place), row) for place, row in rows.items()), _past),
        reviewed=_instant(reviewed),
        told=_texts(kept.get("told")),
        absent=_texts(kept.get("absent")),
        week=str(kept.get("week") or "")[:10],
        pinned=kept.get("pinned") is True,
        worked=_days(kept.get("worked")),
        stale=_days(kept.get("stale")),
    )


def _days(value: object) -> dict[str, date]:
    rows = value if isinstance(value, dict) else {}
    return readable_by_key(
        ((str(name), day) for name, day in rows.items()), lambda _, day: date.fromisoformat(str(day))
    )


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()


def _instant(value: object) -> datetime | None:
    """None for what is no moment, or one of no zone."""
    try:
        at = datetime.fromisoformat(str(value)) if value else None
    except ODD:
        return None
    return at if at is not None and at.tzinfo is not None else None


def _past(place: str, row: object) -> Past:
    if not isinstance(row, list) or not _PLACE.fullmatch(place):
        raise TypeError("what ended is kept as a list, by its place")
    how, day, text, by, why = row
    return Past(Ending(how), date.fromisoformat(day), str(text), str(by), str(why))


def written(memory: Memory) -> str:
    """The memory as one hidden line: with fewer words, and then with fewer ended things, where it would not fit."""
    for room in TEXTS:
        text = hidden(_plain(_shortened(memory, room)))
        if len(text) <= ROOM:
            return text
    ended = dict(list(memory.ended.items())[-len(memory.ended) // 2 :]) if len(memory.ended) > 1 else {}
    return (
        written(replace(memory, ended=ended))
        if ended
        else hidden(_plain(Memory(reviewed=memory.reviewed, pinned=True)))
    )


def _shortened(memory: Memory, room: int) -> Memory:
    ended = {place: replace(past, text=past.text[:room], why=past.why[:room]) for place, past in memory.ended.items()}
    return replace(memory, ended=ended)


def _plain(memory: Memory) -> dict[str, object]:
    return {
        "threads": list(memory.threads),
        "ended": {
            place: [one.how.value, one.day.isoformat(), one.text, one.by, one.why]
            for place, one in memory.ended.items()
        },
        "reviewed": memory.reviewed.isoformat() if memory.reviewed else "",
        "told": list(memory.told),
        "absent": list(memory.absent),
        "week": memory.week,
        "pinned": memory.pinned,
        "worked": {name: day.isoformat() for name, day in memory.worked.items()},
        "stale": {name: day.isoformat() for name, day in memory.stale.items()},
    }


def remembered(memory: Memory, owed: Owed, today: date, config: Config) -> Memory:
    """What is to be remembered after this sweep. Something that is open again has not ended."""
    reopened = {one.place for one in owed.open}
    ended = {place: past for place, past in memory.ended.items() if place not in reopened}
    for one in owed.commitments:
        if one.ended is not None and one.place not in ended:
            day = local_date(one.ended.at, config.calendar)
            ended[one.place] = Past(one.ended.how, day, one.text[: TEXTS[0]], one.ended.by, one.ended.why[: TEXTS[0]])
    for number in sorted(set(memory.threads) & owed.gone):
        ended[str(number)] = Past(Ending.GONE, today, "")
    young = {place: past for place, past in ended.items() if today - past.day <= KEPT}
    kept = sorted(young, key=lambda place: (young[place].day, place))[-MOST_ENDED:]
    unknown = set(memory.threads) & owed.unknown
    return Memory(
        threads=tuple(sorted({one.number for one in owed.open} | unknown)[:MOST_THREADS]),
        ended={place: young[place] for place in kept},
        reviewed=memory.reviewed,
        told=tuple(sorted(owed.reminded)) or memory.told,
        absent=tuple(sorted(f"{login}/{today}" for login in owed.absent)) or memory.absent,
        week=memory.week,
        pinned=memory.pinned,
        worked=at_most(newest(memory.worked, owed.worked), MOST_RUNBOOKS),
        stale=at_most(memory.stale, MOST_RUNBOOKS),
    )


def unseen(memory: Memory, owed: Owed) -> tuple[int, ...]:
    """Threads that held something open at the last sweep and were not seen in this one: what became of them?"""
    return tuple(number for number in memory.threads if number not in owed.seen | owed.unknown)


def view(owed: Owed, memory: Memory, now: datetime, config: Config) -> dict[str, object]:
    """Plain values for `issues/dashboard`. Days are ISO dates of the team's, ages whole weeks."""
    today, rows = local_date(now, config.calendar), owed.open
    since = local_date(memory.reviewed, config.calendar) if memory.reviewed else None
    lately = {place: past for place, past in memory.ended.items() if since is None or past.day >= since}
    done = sum(past.how is Ending.DONE for past in memory.ended.values())
    return {
        "rows": [_row(one, today, config) for one in rows[:SHOWN]],
        "more": max(0, len(rows) - SHOWN),
        "open": len(rows),
        "overdue": sum(_late(one, today, config) for one in rows),
        "done": done,
        "ended": len(memory.ended),
        "weeks": KEPT.days // 7,
        "people": _people(rows, today, config),
        "reviewed": since.isoformat() if since else "",
        "finished": _pasts(lately, {Ending.DONE}),
        "dropped": _pasts(lately, {Ending.DROPPED, Ending.GONE}),
        "slipped": [_row(one, today, config) for one in rows if _slipped(one, since, today, config)][:SHOWN],
    }


def _late(one: Commitment, today: date, config: Config) -> bool:
    return stage(one, today, config.calendar).overdue


def _row(one: Commitment, today: date, config: Config) -> dict[str, object]:
    return {
        **row_of(one),
        "owners": list(one.owners),
        "late": _late(one, today, config),
        "weeks": max(0, (today - local_date(one.since, config.calendar)).days // 7),
    }


def _people(rows: Iterable[Commitment], today: date, config: Config) -> list[dict[str, object]]:
    """Whom what is waiting on: who has most that is overdue first, nobody last."""
    open_, late, names = Counter[str](), Counter[str](), dict[str, str]()
    for one in rows:
        for login in one.owners or ("",):
            names.setdefault(login.lower(), login)
            open_[login.lower()] += 1
            late[login.lower()] += _late(one, today, config)
    order = sorted(open_, key=lambda login: (not login, -late[login], -open_[login], login))
    return [{"login": names[login], "open": open_[login], "overdue": late[login]} for login in order]


def _slipped(one: Commitment, since: date | None, today: date, config: Config) -> bool:
    """Whether it was put off, or became overdue, since the last review."""
    put_off = any(since is None or local_date(moved.at, config.calendar) >= since for moved in one.deferrals)
    missed = one.due is not None and _late(one, today, config) and (since is None or one.due >= since)
    return put_off or missed


def _pasts(ended: Mapping[str, Past], hows: set[Ending]) -> list[dict[str, object]]:
    """The newest first."""
    places = sorted(
        (place for place in ended if ended[place].how in hows), key=lambda p: (ended[p].day, p), reverse=True
    )
    return [
        {
            "number": int(place.partition(".")[0]),
            "part": place.partition(".")[2],
            "text": ended[place].text,
            "gone": ended[place].how is Ending.GONE,
            "by": ended[place].by,
            "why": ended[place].why,
            "day": ended[place].day.isoformat(),
        }
        for place in places[:SHOWN]
    ]
