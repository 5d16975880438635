"""The last part of a sweep: the issue for the next hand-over, filled with what the sweep saw of the week."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial

from stanch.app.desk import Desk
from stanch.app.road import Found, Outcome, carry, decide, gather, look_for_children
from stanch.core.case import Case
from stanch.core.commitment import Owed
from stanch.core.handover import Note, asked_at, handover_of
from stanch.core.sent import Sent
from stanch.core.thread import Repository, Thread
from stanch.core.waking import Wake, wakes_on
from stanch.core.wanted import Want
from stanch.core.week import Happened, Week, happened


@dataclass
class HandingOver:
    """What a sweep gathers where a `note` is due, and the issues that nobody closed in time (`waiting`)."""

    note: Note | None = None
    happened: dict[int, Happened] = field(default_factory=dict)
    wakes: dict[int, tuple[Wake, ...]] = field(default_factory=dict)
    waiting: dict[int, Found] = field(default_factory=dict)

    def take_in(self, case: Case) -> None:
        """Take in a thread, as its last look left it."""
        self._wait_for(case)
        if self.note is None or case.incident is None or case.incident.drill:
            return
        found = happened(case.incident, case.config, self.note.told)
        if found is not None:
            self.happened[case.number] = found
        wakes = wakes_on(case.snapshot.thread, case.config, self.note.before)
        if wakes:
            self.wakes[case.number] = wakes

    def _wait_for(self, case: Case) -> None:
        thread, calendar = case.snapshot.thread, case.config.calendar
        here = handover_of(thread, case.config.oncall, calendar)
        if here is not None and thread.open and case.now >= asked_at(here, calendar):
            self.waiting[case.number] = (case.snapshot.repository, thread)

    def week(self, owed: Owed) -> Week | None:
        if self.note is None:
            return None
        wakes = tuple(wake for number in sorted(self.wakes) for wake in self.wakes[number])
        return Week(self.note, tuple(self.happened.values()), wakes, owed)


def open_issue(desk: Desk, week: Week, repository: Repository) -> Iterator[Outcome]:
    """Open it, as the dashboard is opened: its parent is the repository itself, thread 0."""
    itself = (repository, Thread(0, is_pull_request=True))
    yield replace(carry(desk, 0, by=partial(_looked, week, itself)), number=None)


def _looked(
    week: Week,
    itself: Found,
    desk: Desk,
    number: int,  # noqa: ARG001 # it is what a look is given; nobody reads thread 0
    found: Found | None,
    sent: Sent,
) -> tuple[Case, tuple[Want, ...]]:
    case, wanted = decide(gather(desk, found or itself), sent, week=week)
    return look_for_children(desk, case, wanted, sent), wanted
