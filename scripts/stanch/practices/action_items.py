"""Action items: a post-mortem is worth what gets done of it.

In an open post-mortem every item with an owner's date is asked about a business day before, on the day, and
weekly once it is overdue, on working days at 09:00 team time, in one comment a day. The post-mortem itself is
chased in the same way.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from stanch.core.action_list import ActionItem
from stanch.core.case import Case
from stanch.core.clock import (
    Calendar,
    at_opening,
    business_days_before,
    local_date,
    morning_has_come,
    newest_weekly_morning,
    next_working_morning,
)
from stanch.core.postmortem import PostMortem
from stanch.core.wanted import Notice, Text, Want

FAR = timedelta(days=366)
LONG_AGO = date(1970, 1, 1)
MOST = 40
"""Things that one comment speaks of, so that its marker can name them all; the rest is said the next morning."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing that is due, and the morning on which it is to be said. `key` is that morning's own.

    `own` says that it is the post-mortem itself, which has no text; an action item may have none either.
    """

    key: str
    text: str
    owners: tuple[str, ...]
    due: date
    at: datetime
    own: bool = False


def action_items(case: Case) -> Iterator[Want]:
    postmortem = case.postmortem
    if postmortem is None or not postmortem.open:
        return
    settled = set(case.settled)
    waiting = [one for one in _reminders(case, postmortem) if one.key not in settled]
    if waiting and morning_has_come(case.now, case.config.calendar):
        yield _notice(case, waiting[:MOST])


def _reminders(case: Case, postmortem: PostMortem) -> Iterator[Reminder]:
    calendar = case.config.calendar
    own_day = local_date(postmortem.due, calendar)
    slot = newest_slot(own_day, calendar, case.now)
    if slot is not None:
        yield Reminder(case.key("due", own_day, _day(slot, calendar)), "", postmortem.writers, own_day, slot, own=True)
    for item in postmortem.items:
        yield from _of_item(case, item)


def _of_item(case: Case, item: ActionItem) -> Iterator[Reminder]:
    if item.done or item.due is None:
        return
    slot = newest_slot(item.due, case.config.calendar, case.now)
    if slot is not None:
        key = case.key("item", item.fingerprint, item.due, _day(slot, case.config.calendar))
        yield Reminder(key, item.text, item.owners, item.due, slot)


def _day(slot: datetime, calendar: Calendar) -> date:
    return local_date(slot, calendar)


def newest_slot(due: date, calendar: Calendar, now: datetime) -> datetime | None:
    """The newest morning, up to now, on which a thing due on this day is to be mentioned."""
    if due - local_date(now, calendar) > FAR:
        return None
    due = max(due, LONG_AGO)
    before = at_opening(business_days_before(due, 1, calendar), calendar)
    on_the_day = next_working_morning(at_opening(due, calendar), calendar)
    return newest_weekly_morning(on_the_day, now, calendar) or (before if before <= now else None)


def _notice(case: Case, waiting: list[Reminder]) -> Notice:
    today = local_date(case.now, case.config.calendar)
    view = {
        "items": [_row(one, today) for one in waiting if not one.own],
        "own": next((_row(one, today) for one in waiting if one.own), None),
        "zone": case.config.calendar.zone,
    }
    return Notice(
        key=case.key("items", today),
        text=Text("comments/items_due", view),
        due=max(one.at for one in waiting),
        covers=tuple(sorted(one.key for one in waiting)),
    )


def _row(one: Reminder, today: date) -> dict[str, object]:
    return {
        "text": one.text,
        "owners": list(one.owners),
        "due": one.due.isoformat(),
        "days": (one.due - today).days,
    }
