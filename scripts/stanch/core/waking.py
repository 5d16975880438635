"""Wake-ups: how often whoever is on call was called outside working hours, because more than two a week cost more."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby, pairwise

from stanch.core.config import Config
from stanch.core.handover import is_at_work
from stanch.core.marker import trusted_marker
from stanch.core.rota import Rota
from stanch.core.thread import Comment, Thread

CALLING = frozenset({"call", "escalate", "shift"})
"""The kinds of notices that wake somebody."""

ONE_NIGHT = timedelta(hours=1)
"""Calls for one incident that follow each other within this time are one wake-up."""

LIMIT = 2
"""Wake-ups a week that go without saying."""

WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Wake:
    """Somebody on call was called for incident `number` outside working hours, at `at` (UTC)."""

    login: str
    number: int
    at: datetime


def wakes_on(thread: Thread, config: Config, since: datetime) -> tuple[Wake, ...]:
    """The wake-ups for one incident since an instant, oldest first."""
    called = sorted(_called(thread, config, since), key=lambda one: (one.login, one.at))
    by_login = (tuple(calls) for _, calls in groupby(called, key=lambda one: one.login))
    return tuple(sorted((wake for calls in by_login for wake in _apart(calls)), key=lambda one: (one.at, one.login)))


def _called(thread: Thread, config: Config, since: datetime) -> Iterator[Wake]:
    for comment in thread.comments:
        if comment.at >= since and _calls(thread, comment) and not is_at_work(comment.at, config.calendar):
            for login in _on_call(config.oncall, comment.at):
                if re.search(rf"(?<![\w@/-])@{re.escape(login)}(?![\w-])", comment.body, re.IGNORECASE):
                    yield Wake(login, thread.number, comment.at)


def _calls(thread: Thread, comment: Comment) -> bool:
    marker = trusted_marker(comment)
    number, _, rest = marker.key.partition("/") if marker else ("", "", "")
    return number == str(thread.number) and rest.partition("/")[0] in CALLING


def _on_call(rota: Rota, at: datetime) -> tuple[str, ...]:
    """Each person once, whatever layers are theirs."""
    return tuple({duty.login.lower(): duty.login for duty in rota.on_call(at)}.values())


def _apart(calls: tuple[Wake, ...]) -> Iterator[Wake]:
    """The first of calls that follow each other closely: one person is awake then."""
    yield from calls[:1]
    yield from (later for earlier, later in pairwise(calls) if later.at - earlier.at > ONE_NIGHT)


def too_many(wakes: Iterable[Wake], start: datetime) -> bool:
    """Whether a week of a turn that began at `start` held more wake-ups than go without saying."""
    weeks = sorted((one.at - start) // WEEK for one in wakes)
    return any(len(tuple(same)) > LIMIT for _, same in groupby(weeks))
