"""The second half of a sweep: what everybody owes, who is reminded of it, and the dashboard."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from itertools import chain

from stanch.app.desk import Desk
from stanch.app.handing_over import HandingOver, open_issue
from stanch.app.road import (
    Found,
    Look,
    Outcome,
    carry,
    decide,
    gather,
    look,
    look_for_children,
    look_for_watchers,
    not_carried,
    noting,
    opened,
    rules_of,
    shelf_of,
)
from stanch.core.access import Access
from stanch.core.case import Case
from stanch.core.clock import local_date
from stanch.core.commitment import Commitment, Owed
from stanch.core.committing import commitments_of
from stanch.core.config import Config
from stanch.core.dashboard import KEY, Memory, is_dashboard, memory_of, unseen
from stanch.core.errors import Moved, NoSuchThread, NotReadable
from stanch.core.reminding import day_of, in_digest, reminders, said_since, week_of
from stanch.core.runbooks.freshness import Stale, by_person, newest, stale, untold, worked_in
from stanch.core.sent import Sent
from stanch.core.thread import CloseReason, Repository, Thread
from stanch.core.wanted import Want
from stanch.core.writes import CreateComment

MOST_UNSEEN = 50
"""Threads that held something at the last sweep and are looked for one by one."""


@dataclass
class Survey:
    """What a sweep learns of its threads while it passes them; of each thread only what is owed there is kept."""

    owing: dict[int, tuple[Commitment, ...]] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)
    unknown: set[int] = field(default_factory=set)
    gone: set[int] = field(default_factory=set)
    reminded: set[str] = field(default_factory=set)
    boards: dict[int, Found] = field(default_factory=dict)
    memory: Memory = field(default_factory=Memory)
    digests: set[str] = field(default_factory=set)
    last: Case | None = None
    handing_over: HandingOver = field(default_factory=HandingOver)
    worked: dict[str, date] = field(default_factory=dict)

    def note(self, case: Case) -> None:
        """Take in a thread, as its last look left it."""
        thread = case.snapshot.thread
        self.last = case
        self.seen.add(case.number)
        self.owing[case.number] = commitments_of(case)
        self.handing_over.take_in(case)
        if case.incident is not None and case.incident.uses:
            self.worked = newest(self.worked, worked_in(case.incident, case.config.calendar))
        day = day_of(case.now, case.config.calendar)
        self.reminded |= said_since(case.settled, day)
        if is_dashboard(thread) and thread.reason is not CloseReason.DUPLICATE:
            self._board(case, day)

    def _board(self, case: Case, day: date | None) -> None:
        thread = case.snapshot.thread
        self.boards[thread.number] = (case.snapshot.repository, thread)
        self.digests |= {key.rpartition("/")[2] for key in case.settled if "/digest/" in key}
        if thread.number == min(self.boards):
            memory = memory_of(thread)
            # What a closed one remembers grows old: nothing is looked for by it.
            self.memory = memory if thread.open else Memory(told=memory.told, absent=memory.absent)
            self.reminded |= said_since(memory.told, day)

    @property
    def digested(self) -> frozenset[str] | None:
        """The weeks whose digest stands there or stood; None where there is nobody to send one."""
        if self.boards and not self.boards[min(self.boards)][1].open:
            return None
        return frozenset({*self.digests, self.memory.week})

    @property
    def owed(self) -> Owed:
        board = min(self.boards, default=0)
        whole = tuple(chain.from_iterable(self.owing.values()))
        seen, unknown = frozenset(self.seen), frozenset(self.unknown)
        gone = frozenset(self.gone)
        told = frozenset(self.reminded)
        return Owed(whole, told, seen=seen, dashboard=board, unknown=unknown, gone=gone, worked=self.worked)

    def stale(self, repository: Repository, today: date) -> tuple[Stale, ...]:
        """The runbooks that are overdue to be read again, as far as anybody would be told of it."""
        if self.boards and not self.boards[min(self.boards)][1].open:
            return ()
        return stale(shelf_of(repository).runbooks, newest(self.memory.worked, self.worked), today)


def carried(desk: Desk, found: Found, survey: Survey) -> Iterator[Outcome]:
    """Carry one thread of the sweep, and a post-mortem that it opens, and take in what is owed there."""
    outcome = _noted(desk, found[1].number, found, survey)
    yield outcome
    for number in opened(survey.last, outcome):
        yield _noted(desk, number, None, survey)


def _noted(desk: Desk, number: int, found: Found | None, survey: Survey) -> Outcome:
    seen: list[Case] = []
    outcome = carry(desk, number, found, noting(look, seen))
    survey.note(seen[-1])
    return outcome


def follow_through(desk: Desk, survey: Survey, repository: Repository) -> Iterator[Outcome]:
    """Look at what was not seen, remind who is to be reminded, keep the dashboard, and prepare the next hand-over."""
    yield from _look_for(desk, survey)
    if (yield from _followed(desk, survey, rules_of(repository).config, repository)):
        return
    week = survey.handing_over.week(survey.owed)
    if week is not None:
        yield from open_issue(desk, week, repository)


def _followed(desk: Desk, survey: Survey, config: Config, repository: Repository) -> Generator[Outcome, None, bool]:
    """Remind and keep; answers whether GitHub refuses any further write."""
    visited = set[int]()
    absent = _absent(desk, survey, config, repository)
    while hosts := _hosts(survey, absent, config, desk) - visited:
        host = min(hosts)
        visited.add(host)
        outcome = _remind(desk, host, survey, absent)
        yield outcome
        if outcome.limited:
            return True
    owed = replace(survey.owed, absent=absent)
    for number, found in sorted(survey.handing_over.waiting.items()):
        yield carry(desk, number, found, knowing(owed))
    yield from _keep(desk, owed, survey, repository)
    return False


def _hosts(survey: Survey, absent: frozenset[str], config: Config, desk: Desk) -> set[int]:
    """The threads on which somebody is still to be reminded."""
    return {one.host for one in reminders(replace(survey.owed, absent=absent), desk.instant, config)}


def _remind(desk: Desk, host: int, survey: Survey, absent: frozenset[str]) -> Outcome:
    """Say what is to be said on one thread, and take in how it stands now: somebody may have done it meanwhile."""
    seen: list[Case] = []
    try:
        outcome = carry(desk, host, by=noting(knowing(replace(survey.owed, absent=absent)), seen))
    except (NoSuchThread, Moved, NotReadable) as problem:
        return not_carried(host, problem)
    survey.owing[host] = commitments_of(seen[-1])
    survey.reminded |= {
        write.key for write in outcome.writes if isinstance(write, CreateComment) and "/remind/" in write.key
    }
    return outcome


def _look_for(desk: Desk, survey: Survey) -> Iterator[Outcome]:
    """What held something at the last sweep and was not found by its label: ended, unlabelled, deleted or moved."""
    missing = unseen(survey.memory, survey.owed)
    survey.unknown |= set(missing[MOST_UNSEEN:])
    for number in missing[:MOST_UNSEEN]:
        try:
            yield _noted(desk, number, None, survey)
        except (NoSuchThread, Moved):
            survey.seen.add(number)
            survey.gone.add(number)
        except NotReadable as problem:
            survey.unknown.add(number)
            yield not_carried(number, problem)


def _absent(desk: Desk, survey: Survey, config: Config, repository: Repository) -> frozenset[str]:
    """Who cannot be reached here: asked of those alone who would be named now, once a day, until all can be.

    In a public repository everybody may read: only who may triage belongs to it, or is one of `people`.
    """
    day, week = day_of(desk.instant, config.calendar), week_of(desk.instant, config.calendar)
    ours = {login.lower() for login in config.people}
    known = {told.rpartition("/")[0]: False for told in survey.memory.absent if told.endswith(f"/{day}")}
    while True:
        absent = frozenset(login for login, there in known.items() if not there)
        owed = replace(survey.owed, absent=absent)
        named = {one.login for one in reminders(owed, desk.instant, config)}
        if week is not None and survey.digested is not None and week.name not in survey.digested:
            named |= in_digest(owed, desk.instant, config)
        if day is not None:
            due = untold(survey.stale(repository, day), survey.memory.stale)
            named |= {login for login in by_person(due, absent, config) if login}
        people = {login.lower() for login in named} - known.keys()
        if not people:
            return absent
        known |= {login: login in ours or desk.reader.access(login) >= Access.TRIAGE for login in sorted(people)}


def _keep(desk: Desk, owed: Owed, survey: Survey, repository: Repository) -> Iterator[Outcome]:
    for number, found in sorted(survey.boards.items()):
        if found[1].open:
            yield carry(desk, number, found, knowing(owed))
    today = local_date(desk.instant, rules_of(repository).config.calendar)
    if not survey.boards and (owed.open or survey.stale(repository, today)):
        yield from _open(desk, owed, repository)


def _open(desk: Desk, owed: Owed, repository: Repository) -> Iterator[Outcome]:
    """Open the dashboard, whose parent is the repository itself: thread 0, which is not read; then carry it too."""
    seen: list[Case] = []
    itself = (repository, Thread(0, is_pull_request=True))
    outcome = carry(desk, 0, by=noting(partial(_looked, owed, itself), seen))
    yield replace(outcome, number=None)
    number = seen[-1].children.get(KEY, 0)
    if number and not outcome.uncertain:
        yield carry(desk, number, by=knowing(replace(owed, dashboard=number)))


def knowing(owed: Owed) -> Look:
    """A look that knows what is owed everywhere."""
    return partial(_looked, owed, None)


def _looked(
    owed: Owed, itself: Found | None, desk: Desk, number: int, found: Found | None, sent: Sent
) -> tuple[Case, tuple[Want, ...]]:
    snapshot = gather(desk, itself or found or desk.reader.thread(number))
    case, wanted = decide(snapshot, sent, owed)
    return look_for_watchers(desk, look_for_children(desk, case, wanted, sent), wanted), wanted
