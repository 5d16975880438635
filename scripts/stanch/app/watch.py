"""`stanch watch`: while an incident burns, look at it whenever something falls due, and hand over in time.

A watcher keeps one successor waiting in its concurrency group. So one that is killed is replaced as soon as a runner
starts, the hand-over needs nothing but its own end, and what is said while the last one ends is seen by the next.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from stanch.adapters.answer import TooMuch
from stanch.adapters.round import Watch
from stanch.app.desk import Desk
from stanch.app.road import Found, Outcome, carry, latest, not_carried, owed, rules
from stanch.app.vigil import Vigil
from stanch.core.config import DEFAULTS, Config
from stanch.core.config_watch import Until
from stanch.core.errors import Forbidden, GitHubError, Moved, NoSuchThread, NotReadable, StanchError, UnknownOutcome
from stanch.core.thread import Repository
from stanch.core.wanted import Text
from stanch.core.watchers import WORKFLOW
from stanch.core.writes import StartWorkflow
from stanch.render.words import Words


@dataclass(frozen=True, slots=True)
class Pace:
    """How long a watcher works and sleeps. `shift`: after this it hands over; a job on the cheapest runner ends after
    fifteen minutes. It sleeps until the next deadline, `shortest` at least, and `longest` at most: so it hears of what
    nobody could foresee. A hand-over takes up to `calm`, until the successor has a runner: from `looking` before the
    end of its shift on a watcher waits for a gap between two deadlines, as long a one at first, and a shorter one the
    later it gets. At `grace` beyond its shift it hands over whatever is due.
    """

    shift: timedelta = timedelta(minutes=12)
    shortest: timedelta = timedelta(seconds=20)
    longest: timedelta = timedelta(seconds=60)
    calm: timedelta = timedelta(seconds=150)
    looking: timedelta = timedelta(minutes=3)
    grace: timedelta = timedelta(seconds=75)

    def sleeps(self, gap: timedelta | None) -> timedelta:
        """How long it sleeps before a deadline, so that none is left that is too short; None: none is known."""
        wanted = self.longest if gap is None else gap
        if self.longest < wanted < self.longest + self.shortest:
            wanted -= self.shortest
        return min(max(wanted, self.shortest), self.longest)

    def ends(self, left: timedelta, gap: timedelta | None) -> bool:
        """Whether it hands over when so much is `left` until it has to, in so long a gap before the next deadline.

        While something cannot be read no gap is known: then at the end of its shift.
        """
        if gap is None:
            return left <= self.grace
        whole = self.looking + self.grace
        return left <= whole and gap >= self.calm * (left / whole)


USUAL = Pace()


@dataclass(frozen=True, slots=True)
class Nap:
    """The watcher sleeps for `length`. It wakes up for `next_due` (UTC); None: to ask again what it could not read."""

    length: timedelta
    next_due: datetime | None


@dataclass(frozen=True, slots=True)
class Ended:
    """The watcher ends: because nothing needs it any more (`done`), or with its shift, with another one (`handed_over`)
    or without one after it.
    """

    at: datetime
    handed_over: bool
    done: bool = False


Event = Outcome | Nap | Ended


def watch(open_desk: Callable[[], Desk], pace: Pace = USUAL) -> Iterator[Event]:
    """Look, say what is due, sleep, and again. Whoever iterates sleeps through each `Nap`.

    `open_desk` gives a desk with the time of that moment. Raises Forbidden where the token may not read at all.

    A watcher that saw no deadline in its whole shift, only what it could not read, calls no successor: nobody can tell
    whether that burns, nor when its minutes are used up.
    """
    shift = Shift(open_desk, pace)
    while True:
        outcomes = list(shift.look())
        yield from outcomes
        due = min((one.next_due for one in outcomes if one.next_due is not None), default=None)
        if due is None and not any(one.uncertain for one in outcomes):
            yield Ended(shift.now, handed_over=False, done=True)
            return
        shift.needed = shift.needed or due is not None
        yield from shift.call_successor()
        if shift.may_end(due):
            yield from shift.call_successor(again=True)
            if shift.provided:
                yield Ended(shift.now, handed_over=shift.followed)
                return
        yield shift.nap(due)


class Shift:
    """One watcher, from its first look to its end. `needed`: it has seen a deadline. `followed`: a successor waits."""

    def __init__(self, open_desk: Callable[[], Desk], pace: Pace) -> None:
        self._open_desk, self._pace = open_desk, pace
        self._desk = replace(open_desk(), by_watcher=True)
        self._began = self._desk.now
        self._known: Sequence[int] = ()
        self._most_known = MOST_KNOWN
        self._branch: str | None = None
        self._asked = False
        self.needed = self.followed = False

    @property
    def now(self) -> datetime:
        """By GitHub's clock (UTC), as its last answer told."""
        return self._desk.instant

    def look(self) -> Iterator[Outcome]:
        """Carry every open incident that may have to be watched; one that cannot be read is told, and asked again.

        One read, once its incidents are known. Raises Forbidden until something could be read.
        """
        self._desk = replace(self._open_desk(), by_watcher=True, vigil=Vigil())
        unread: list[Outcome] = []
        needed: list[int] = []
        try:
            for found in self._found(lambda number, problem: unread.append(not_carried(number, problem))):
                outcome = self._carried(found)
                needed += [found[1].number] if outcome.next_due or outcome.uncertain else []
                yield outcome
        except GitHubError as problem:
            if isinstance(problem, Forbidden) and self._branch is None:
                raise
            debt = f"look at the incidents that burn: {problem.told}"
            unread.append(Outcome(None, owed=(debt,), uncertain=True))
            needed = sorted({*needed, *self._known})
            if isinstance(problem, TooMuch) and self._known:
                self._most_known = len(self._known) // 2
        self._known = needed[: self._most_known]
        yield from unread

    def _found(self, unread: Callable[[int, GitHubError], None]) -> Iterator[Found]:
        def of_this_team(repository: Repository) -> tuple[Watch, ...]:
            self._branch = repository.default_branch
            return watches(rules(repository.config, repository.config_alternative).config)

        yield from self._desk.reader.threads(
            watches(DEFAULTS), of_this_team, unread, lambda _repository, _thread: (), self._known
        )

    def _carried(self, found: Found) -> Outcome:
        try:
            return carry(self._desk, found[1].number, found)
        except (NoSuchThread, Moved, NotReadable) as problem:
            return not_carried(found[1].number, problem)

    def call_successor(self, *, again: bool = False) -> Iterator[Outcome]:
        """Have one watcher wait for its turn, unless one does already: asked once, and `again` before this one ends.

        An unclear answer is made clear next time.
        """
        if not self.needed or not self._branch or (self._asked and not again):
            return
        self._asked = self.followed = self._desk.vigil.watchers(self._desk.reader).waiting
        if self.followed:
            return
        write = StartWorkflow(0, WORKFLOW, self._branch)
        try:
            self._desk.writer.apply(write)
        except UnknownOutcome:
            return
        except StanchError as refusal:
            yield Outcome(None, owed=(owed(write, refusal),))
        else:
            self._desk.vigil.started()
            self.followed = True
            yield Outcome(None, writes=(write,))
        self._asked = True

    @property
    def _left(self) -> timedelta:
        """Until it has to hand over whatever is due."""
        return self._began + self._pace.shift + self._pace.grace - self._desk.now

    @property
    def provided(self) -> bool:
        """Whether nothing more is to be tried for a successor: it waits, is not to be had or needed, or time is up."""
        return self._asked or not self.needed or self._left <= timedelta(0)

    def may_end(self, due: datetime | None) -> bool:
        """Whether it is time to hand over."""
        return self._pace.ends(self._left, None if due is None else due - self.now)

    def nap(self, due: datetime | None) -> Nap:
        """Until the next deadline, within the bounds of a nap."""
        return Nap(self._pace.sleeps(None if due is None else due - self.now), due)


MOST_KNOWN = 20
"""Incidents that are read together with the list of what burns; what is more is read after it. Where GitHub gives up
on that many at once it is half of them, for the rest of a shift.
"""


def watches(config: Config) -> tuple[Watch, ...]:
    """What a watcher reads: open issues with the labels of the severities that are watched here."""
    watched = [severity.label for severity, until in config.watch.until.items() if until is not Until.NEVER]
    return tuple(Watch(name) for label in watched for name in (label, *config.aliases.get(label, ())))


class Tally:
    """What a shift came to, thread by thread: all that was written, and what is owed, as the last look left it."""

    def __init__(self) -> None:
        self._of: dict[int | None, Outcome] = {}

    def take_in(self, outcome: Outcome) -> None:
        before = self._of.get(outcome.number, Outcome(outcome.number))
        now = replace(outcome, writes=(*before.writes, *outcome.writes), late=latest(before, outcome.late))
        if outcome.number is None:  # two things: that a look failed, and what became of the successor
            debts = tuple(dict.fromkeys((*before.owed, *outcome.owed)))
            now = replace(now, owed=debts, uncertain=before.uncertain or outcome.uncertain)
        self._of[outcome.number] = now

    def look_again(self) -> None:
        """Another look begins, which makes clear what was not; what was refused stays owed until its turn comes."""
        for number, one in self._of.items():
            if one.uncertain:
                self._of[number] = replace(one, owed=(), uncertain=False, limited=False)

    @property
    def outcomes(self) -> list[Outcome]:
        """Those that have something to say."""
        return [one for one in self._of.values() if one.says_something]


def told(event: Nap | Ended, now: datetime) -> str:
    """One line of the run's log. `now` is UTC."""
    if isinstance(event, Nap):
        view = {"kind": "nap", "at": now, "due": event.next_due, "seconds": int(event.length.total_seconds())}
    else:
        kind = "ended" if event.done else "handed over" if event.handed_over else "alone"
        view = {"kind": kind, "at": event.at, "due": None, "seconds": 0}
    return Words.load()(Text("summary/watch", view)).strip()
