"""Remind: what somebody committed to is asked about until it is done, in one comment a person and day.

Only the end of a sweep knows what everybody owes, so only a sweep reminds.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from stanch.core.case import Case
from stanch.core.commitment import Commitment, Owed, row_of
from stanch.core.committing import commitments_of
from stanch.core.config import Config
from stanch.core.reminding import FAR, Reminder, morning_of, reminders, working_day
from stanch.core.wanted import Notice, Text, Want

MOST = 25
"""Things that one comment names; how many more there are is said."""


def remind(case: Case) -> Iterator[Want]:
    if case.owed is None or not case.number:
        return
    for one in reminders(_fresh(case, case.owed), case.now, case.config):
        if one.host == case.number:
            yield _notice(case, one)


def _fresh(case: Case, owed: Owed) -> Owed:
    """What is owed, with what this thread says now: it has just been read again."""
    others = tuple(one for one in owed.commitments if one.number != case.number)
    return replace(owed, commitments=(*others, *commitments_of(case)))


def _notice(case: Case, reminder: Reminder) -> Notice:
    rows = [_row(one, reminder, case.config) for one in reminder.commitments]
    view = {"login": reminder.login, "here": case.number, "rows": rows[:MOST], "more": max(0, len(rows) - MOST)}
    return Notice(reminder.key, Text("comments/reminder", view), morning_of(reminder.day, case.config.calendar))


def _row(one: Commitment, reminder: Reminder, config: Config) -> dict[str, object]:
    return {
        **row_of(one),
        "days": _days(one, reminder.day, config),
        "others": [login for login in one.owners if login.lower() != reminder.login.lower()],
        "theirs": reminder.login.lower() in {login.lower() for login in one.owners},
    }


def _days(one: Commitment, today: date, config: Config) -> int:
    """Days until it is due: what falls due on a day off is due on the next working day, unless it is far away."""
    if one.due is None:
        return 0
    far = abs(one.due - today) > FAR
    return ((one.due if far else working_day(one.due, config.calendar)) - today).days
