"""`stanch drill --live`: a game day on a real issue. The team plays for real, this plays the world.

Opened with somebody's own token, what it writes starts the workflows as anybody's words do. Opened with a workflow's
GITHUB_TOKEN it starts none, so this process carries the issue itself after everything that it brings.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from stanch.adapters.payload import Trigger
from stanch.adapters.round import Watch
from stanch.app.desk import Desk
from stanch.app.handle import handle
from stanch.app.road import Outcome, gather, rules_of
from stanch.app.vigil import Vigil
from stanch.core.case import Case, case_of
from stanch.core.config import Config
from stanch.core.drills import LABEL
from stanch.core.errors import Forbidden, NoSuchThread, NotReadable, RateLimited, Refused, UnknownOutcome, UsageProblem
from stanch.core.game import KEY, Game, begun, head_of, mark
from stanch.core.game_steps import INPUT, Step, falls_silent, is_over, steps
from stanch.core.markdown import BODY, cut
from stanch.core.marker import marker_of
from stanch.core.thread import CloseReason, Comment, Repository, Thread
from stanch.core.traces import ACTIONS_BOT
from stanch.core.wanted import Text
from stanch.core.writes import AddLabels, CloseIssue, CreateComment, CreateIssue
from stanch.practices.scorecard import view

LOOK = timedelta(seconds=15)
"""The longest time between two looks at the thread: so long whoever asks for a hint waits."""

SHORTEST = timedelta(seconds=1)

MOST_FAILURES = 20
"""Looks in a row that may fail: some minutes. After that somebody has to see why."""

ISSUES_OFF = 410
"""What GitHub answers to a new issue where there are none."""

PATIENCE = timedelta(minutes=3)
"""After so long without a card somebody should know that no workflow looks after the issue."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is played: for so long at most, this many times as fast as written, with these people."""

    game: Game
    people: tuple[str, ...] = ()
    speed: float = 1.0
    lasts: timedelta = timedelta(hours=1)
    look: timedelta = LOOK

    @property
    def played(self) -> Game:
        """The scenario as far as there is time for it."""
        return self.game.within(self.lasts)


@dataclass(frozen=True, slots=True)
class Brought:
    """Something was put on the thread."""

    step: Step
    at: datetime


@dataclass(frozen=True, slots=True)
class Nap:
    """Whoever iterates sleeps for so long."""

    length: timedelta


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that somebody should know: `why` in one sentence. `again`: it did not work, and is tried again."""

    why: str
    again: bool = True


@dataclass(frozen=True, slots=True)
class Ended:
    """The world has nothing more to bring. `over`: the team ended it; else the issue is still open."""

    number: int
    over: bool
    scorecard: dict[str, object] = field(default_factory=dict)


Event = Brought | Nap | Trouble | Ended | Outcome

OpenDesk = Callable[[], Desk]


def standing(desk: Desk) -> tuple[Config, tuple[int, ...]]:
    """The team's rules, and the drills that are open: one read. Raises what reading raises."""
    seen: list[Repository] = []

    def noted(repository: Repository) -> tuple[Watch, ...]:
        seen.append(repository)
        return ()

    found = desk.reader.threads((Watch(LABEL),), noted, None, lambda _repository, _thread: ())
    numbers = tuple(thread.number for _, thread in found)
    return rules_of(seen[0]).config, numbers


def invited(config: Config, now: datetime, named: tuple[str, ...]) -> tuple[str, ...]:
    """Who is asked to play: whoever was named, else whoever is on call, else the people of the config."""
    on_call = dict.fromkeys(duty.login for duty in config.oncall.on_call(now))
    return named or tuple(on_call) or config.people


def begin(desk: Desk, order: Order) -> tuple[int, Order]:
    """Open the issue; its number, and the order with whoever is invited. It is a drill before it is an incident.

    Raises UsageProblem while another drill is open, and what reading and writing raise.
    """
    config, running = standing(desk)
    if running:
        raise UsageProblem(
            f"Drill #{running[0]} is still open. End it (/resolve, or close it), "
            f"or go on with it: stanch drill --live --resume {running[0]}."
        )
    number = _opened(desk, order, config.calendar.zone)
    return number, replace(order, people=invited(config, desk.instant, order.people))


def _opened(desk: Desk, order: Order, zone: str) -> int:
    game = order.game
    view = {"alert": game.alert, "ends": desk.instant + order.lasts / order.speed, "zone": zone}
    body = f"{head_of(game, order.speed)}\n{desk.words(Text('issues/game', view))}"
    title = desk.words(Text("issues/game_title", {"title": game.title}))
    try:
        opened = desk.writer.apply(CreateIssue(f"{KEY}/{game.name}", title, body, (LABEL,), ()))
    except Refused as refusal:
        if refusal.status != ISSUES_OFF:
            raise
        raise UsageProblem("Issues are switched off in this repository: switch them on in its settings.") from refusal
    if opened.number is None:
        raise UnknownOutcome("GitHub did not say which issue it opened.")
    if opened.dropped:
        desk.writer.apply(CloseIssue(opened.number, CloseReason.NOT_PLANNED))
        raise Forbidden(f"GitHub did not put the label {LABEL} on #{opened.number}, so it was closed again.")
    return opened.number


def going_on(desk: Desk, number: int, game: Game | None, named: Callable[[str], Game]) -> tuple[Game, float]:
    """The scenario of a game that was begun, and its speed. `named` reads one that ships.

    Raises UsageProblem where this is no game of this token's, it is over, or another scenario was begun.
    """
    _, thread = desk.reader.thread(number)
    found = begun(thread)
    if found is None:
        raise UsageProblem(f"#{number} was not opened by a game day. Name the issue that one opened.")
    name, digest, speed = found
    if not thread.ours:
        raise UsageProblem(f"#{number} was opened by {thread.author.login}. Only with their token does it go on.")
    if not thread.open:
        raise UsageProblem(f"#{number} is closed: that game is over.")
    try:
        game = game or named(name)
    except UsageProblem as problem:
        raise UsageProblem(f'#{number} plays "{name}": name its file before --resume {number}.') from problem
    if game.digest != digest:
        raise UsageProblem(f'#{number} was begun with another text of "{name}". Name the file as it was then.')
    return game, speed


def play(open_desk: OpenDesk, order: Order, number: int) -> Iterator[Event]:
    """Bring everything in its time, until the game is over or its time is up.

    A look that fails and an answer that is unclear are told, and tried again: the thread says what was brought. Raises
    Forbidden, Refused, NoSuchThread and Moved, and what failed too often.
    """
    table, failed = Table(open_desk, order, number), 0
    while True:
        try:
            case = table.look()
            if is_over(case) or table.is_silent(case):
                yield Ended(number, is_over(case), view(case))
                return
            yield from table.bring(case)
            failed = 0
        except (NotReadable, RateLimited, UnknownOutcome, NoSuchThread) as problem:
            failed += 1
            gone = isinstance(problem, NoSuchThread) and table.seen  # else a read that lags behind the opening
            if gone or failed > MOST_FAILURES:
                raise
            yield Trouble(
                f"{str(problem).rstrip('.')}."
            )  # its advice is for workflows, where the next event reads again
            yield Nap(max(order.look, timedelta(seconds=getattr(problem, "retry_after", 0))))


class Table:
    """One game that is played: what was brought in this run, by kind and ordinal, and who looks after the issue."""

    def __init__(self, open_desk: OpenDesk, order: Order, number: int) -> None:
        self._open_desk, self._order, self._number = open_desk, order, number
        self._desk = open_desk()
        self._brought = set[tuple[str, int]]()
        self._declared = self._warned = self.seen = False

    def look(self) -> Case:
        """The game as the workflows see it."""
        self._desk = self._open_desk()
        repository, thread = self._desk.reader.thread(self._number)
        self.seen = True
        self._carries = thread.ours and thread.author.is_bot and thread.author.login == ACTIONS_BOT
        return case_of(gather(self._desk, (repository, as_the_bot_sees(thread))))

    def is_silent(self, case: Case) -> bool:
        """Whether everything has been said and the time is up."""
        return not any(step.kind == INPUT for step in self._left(case)) and case.now >= self._ends(case)

    def _ends(self, case: Case) -> datetime:
        return falls_silent(self._order.played, case.snapshot.thread, self._order.speed)

    def bring(self, case: Case) -> Iterator[Event]:
        """The one thing that is due, or else a nap until the next one is."""
        if case.incident is not None and not case.incident.spells and not self._declared:
            yield from self._declare(case)
            return
        left = self._left(case)
        if left and left[0].at <= case.now:
            yield from self._put(left[0])
            return
        if not self._warned and not self._carries and case.now - case.snapshot.thread.at > PATIENCE:
            self._warned = True
            if case.incident is not None and not case.incident.has_card:
                yield Trouble(
                    f"#{self._number} has no card yet: is stanch-incidents installed here, and may it run?", again=False
                )
        nearest = min([self._ends(case), *(one.at for one in left)]) - case.now
        yield Nap(min(max(nearest, SHORTEST), self._order.look))

    def _left(self, case: Case) -> list[Step]:
        """What this run has still to bring, though a read that lags behind does not show yet what it brought."""
        coming = steps(self._order.played, case, self._order.people, self._order.speed)
        return [one for one in coming if (one.kind, one.ordinal) not in self._brought]

    def _declare(self, case: Case) -> Iterator[Event]:
        """It bears the label of a drill: only now it becomes an incident."""
        severity = case.config.label_for(self._order.game.severity)
        applied = self._desk.writer.apply(AddLabels(self._number, (severity,)))
        if applied.dropped:
            raise Forbidden(f"GitHub did not put the label {severity} on #{self._number}.")
        self._declared = True
        yield from self._carried(Trigger("issues", "labeled", self._number))

    def _put(self, step: Step) -> Iterator[Event]:
        marker = mark(self._number, step.kind, step.ordinal, step.asked)
        body = cut(f"{marker}\n{self._desk.words(step.text)}", BODY)
        self._desk.writer.apply(CreateComment(self._number, marker.key, body))
        self._brought.add((step.kind, step.ordinal))
        yield Brought(step, self._desk.instant)
        yield from self._carried(Trigger("issue_comment", "created", self._number))

    def _carried(self, trigger: Trigger) -> Iterator[Outcome]:
        """No event tells a workflow of what GITHUB_TOKEN wrote, so the issue is looked at here."""
        if self._carries:
            yield from handle(replace(self._open_desk(), vigil=Vigil()), trigger)


def as_the_bot_sees(thread: Thread) -> Thread:
    """The thread with a bot's words under a marker taken for Stanch's own, whoever's token reads it.

    Nothing is written from this view but what the scenario brings.
    """
    items = tuple(
        replace(item, ours=item.author.is_bot and marker_of(item.body) is not None)
        if isinstance(item, Comment)
        else item
        for item in thread.items
    )
    return replace(thread, items=items, ours=thread.author.is_bot)
