"""`stanch watch`: while an incident burns, look at it whenever something falls due, and hand over in time.

A watcher keeps one successor waiting in its concurrency group. So one that is killed is replaced as soon as a runner
starts, the hand-over needs nothing but its own end, and what is said while the last one ends is seen by the next.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from stanch.adapters.round import Watch
from stanch.app.desk import Desk
from stanch.app.road import Found, Outcome, carry, not_carried, owed, rules
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


USUAL = Pace()


@dataclass(frozen=True, slots=True)
class Nap:
    """The watcher sleeps for `length`. It wakes up for `next_due` (UTC); None: to ask again what it could not read."""

    length: timedelta
    next_due: datetime | None


@dataclass(frozen=True, slots=True)
class Ended:
    """The watcher ends, because its shift does (`handed_over`), or because nothing needs it any more."""

    at: datetime
    handed_over: bool


Event = Outcome | Nap | Ended


def watch(open_desk: Callable[[], Desk], pace: Pace = USUAL) -> Iterator[Event]:
    """Look, say what is due, sleep, and again. Whoever iterates sleeps through each `Nap`.

    `open_desk` gives a desk with the time of that moment. Raises Forbidden where the token may not read at all.
    """
    shift = Shift(open_desk, pace)
    while True:
        outcomes = list(shift.look())
        yield from outcomes
        due = min((one.next_due for one in outcomes if one.next_due is not None), default=None)
        if due is None and not any(one.uncertain for one in outcomes):
            yield Ended(shift.now, handed_over=False)
            return
        yield from shift.call_successor()
        if shift.may_end(due):
            shift.asked = False
            yield from shift.call_successor()
            yield Ended(shift.now, handed_over=True)
            return
        yield shift.nap(due)


class Shift:
    """One watcher, from its first look to its end. `asked`: a successor waits, or cannot be had."""

    def __init__(self, open_desk: Callable[[], Desk], pace: Pace) -> None:
        self._open_desk, self._pace = open_desk, pace
        self._desk = replace(open_desk(), by_watcher=True)
        self._began = self._desk.now
        self._known: Sequence[int] = ()
        self._branch: str | None = None
        self.asked = False

    @property
    def now(self) -> datetime:
        """By GitHub's clock (UTC), as its last answer told."""
        return self._desk.instant

    def look(self) -> Iterator[Outcome]:
        """Carry every open incident that may have to be watched; one that cannot be read is told, and asked again.

        One read, once its incidents are known.
        """
        self._desk = replace(self._open_desk(), by_watcher=True, vigil=Vigil())
        unread: list[Outcome] = []
        needed: list[int] = []
        try:
            for found in self._found(lambda number, problem: unread.append(not_carried(number, problem))):
                outcome = self._carried(found)
                needed += [found[1].number] if outcome.next_due or outcome.uncertain else []
                yield outcome
        except Forbidden:
            raise
        except GitHubError as problem:
            debt = f"look at the incidents that burn: {problem.told}"
            unread.append(Outcome(None, owed=(debt,), uncertain=True))
            needed = sorted({*needed, *self._known})
        self._known = needed[:MOST_KNOWN]
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

    def call_successor(self) -> Iterator[Outcome]:
        """Have one watcher wait for its turn, unless one does already. An unclear answer is made clear next time."""
        self.asked = self.asked or self._desk.vigil.watchers(self._desk.reader).waiting
        if self.asked or not self._branch:
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
            yield Outcome(None, writes=(write,))
        self.asked = True

    def may_end(self, due: datetime | None) -> bool:
        """Whether it is time to hand over: in a gap between two deadlines that is long enough for how late it is."""
        pace = self._pace
        left = self._began + pace.shift + pace.grace - self._desk.now
        if left > pace.looking + pace.grace:
            return False
        return due is None or due - self.now >= pace.calm * (left / (pace.looking + pace.grace))

    def nap(self, due: datetime | None) -> Nap:
        """Until the next deadline, within the bounds of a nap; so that none is left that is too short to sleep."""
        pace = self._pace
        wanted = pace.longest if due is None else due - self.now
        if pace.longest < wanted < pace.longest + pace.shortest:
            wanted -= pace.shortest
        return Nap(min(max(wanted, pace.shortest), pace.longest), due)


MOST_KNOWN = 20
"""Incidents that are read together with the list of what burns; what is more is read after it."""


def watches(config: Config) -> tuple[Watch, ...]:
    """What a watcher reads: open issues with the labels of the severities that are watched here."""
    watched = [severity.label for severity, until in config.watch.until.items() if until is not Until.NEVER]
    return tuple(Watch(name) for label in watched for name in (label, *config.aliases.get(label, ())))


def told(event: Nap | Ended, now: datetime) -> str:
    """One line of the run's log. `now` is UTC."""
    if isinstance(event, Nap):
        view = {"kind": "nap", "at": now, "due": event.next_due, "seconds": int(event.length.total_seconds())}
    else:
        view = {"kind": "handed over" if event.handed_over else "ended", "at": event.at, "due": None, "seconds": 0}
    return Words.load()(Text("summary/watch", view)).strip()
