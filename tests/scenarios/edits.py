"""Post-mortems that people edit at random for months, and a plain reckoning of who has to be reminded of what.

The reckoning knows which item is which because it makes the edits itself, and counts working days by hand: it shares
nothing with what it checks.
"""

import random
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from stanch.app.road import carry
from stanch.app.stage import Stage, stage
from stanch.app.sweep import sweep
from stanch.core.marker import marker_of
from stanch.sandbox.rights import BOT
from stanch.sandbox.world import World

PEOPLE = ("alex", "jordan", "morgan", "sam")
LEAD = "jordan"
VERBS = ("Add", "Write", "Extend", "Review", "Automate", "Document")
WHAT = ("alert", "test", "runbook", "dashboard", "limit", "backup")
OF = ("payments", "logins", "exports", "queues", "caches", "mails", "imports", "invoices", "searches", "uploads")
WHEN = ("nights", "weekends", "deployments", "peaks", "restarts", "failovers", "migrations", "upgrades")
START = "2026-03-16T07:30:00Z"
SWEEPS = (7.5, 9.5, 13.0, 17.0)
"""Hours of the day (UTC) at which a sweep comes by; the first one is before nine."""

ROW = re.compile(r"- (?:@\S+: |`\S+`: )?item (\d+)(?: of #(\d+))?: (.*?) \(")
REPORT = re.compile(r"- (?:@\S+: |`\S+`: )?(?:this post-mortem \(|the post-mortem #(\d+), )")


@dataclass(frozen=True)
class Thing:
    """One action item. `id` is its own, whatever becomes of its words."""

    id: int
    text: str
    owner: str = ""
    due: date | None = None
    done: bool = False
    said: date | None = None
    """A due date by command, which holds until the text's own changes."""

    @property
    def line(self) -> str:
        owner, due = f" — Owner: @{self.owner}" if self.owner else "", f" — Due: {self.due}" if self.due else ""
        return f"- [{'x' if self.done else ' '}] {self.text}{owner}{due}"


@dataclass
class Report:
    """One post-mortem as it stands: its items in their order."""

    number: int
    opened: date
    things: list[Thing] = field(default_factory=list)
    open: bool = True

    @property
    def body(self) -> str:
        return "\n".join(["# What happened", "", "## Action items", "", *(thing.line for thing in self.things), ""])


def working(day: date) -> bool:
    return day.weekday() < 5


def following(day: date) -> date:
    """This day if it is a working day, else the next one."""
    while not working(day):
        day += timedelta(days=1)
    return day


def after(day: date, count: int) -> date:
    """So many working days later."""
    for _ in range(count):
        day = following(day + timedelta(days=1))
    return day


def lateness(due: date | None, today: date) -> int | None:
    """Working days since it was due: -1 on the eve, 0 on the day; None while it is too early, or undated."""
    if due is None:
        return None
    due = following(due)
    if today >= due:
        return sum(working(due + timedelta(days=n)) for n in range(1, (today - due).days + 1))
    return -1 if after(today, 1) == due else None


class Desk:
    """Reports in a world, the edits that are made to them, and what has been said about them."""

    def __init__(self, seed: int, set_: Stage) -> None:
        self.random = random.Random(seed)  # noqa: S311 # a play, not a secret
        self.stage, self.world = set_, set_.world
        self.reports: list[Report] = []
        self.made = 0
        self.numbers: dict[tuple[int, int], int] = {}
        self.told: dict[tuple[str, int, date | None], int] = {}
        self.seen: set[str] = set()
        self.comments = 0
        self.wrong: list[str] = []

    @property
    def now(self) -> datetime:
        return datetime.fromtimestamp(self.world.clock.now, UTC)

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def spoken(self) -> date | None:
        """The working day whose reminders are said now: today's, and before nine yesterday's."""
        day = self.today if self.now.hour >= 9 else self.today - timedelta(days=1)
        return day if working(day) else None

    def text(self) -> str:
        r = self.random
        return f"{r.choice(VERBS)} the {r.choice(WHAT)} of {r.choice(OF)} for {r.choice(WHEN)}"

    def thing(self) -> Thing:
        """A new item, whose text no other one of the world has."""
        used = {thing.text for report in self.reports for thing in report.things}
        text = next(text for text in iter(self.text, "") if text not in used)
        self.made += 1
        return Thing(self.made, text, self.random.choice(("", *PEOPLE)), self.day())

    def day(self) -> date | None:
        """A due date between a week ago and a month from now, or none."""
        return None if self.random.random() < 0.1 else self.today + timedelta(days=self.random.randint(-7, 30))

    def opens(self) -> None:
        report = Report(0, self.today)
        for _ in range(self.random.randint(1, 5)):
            report.things.append(self.thing())
        report.number = self.world.person(LEAD).opens("Post-mortem", report.body, ["post-mortem"], [LEAD])
        self.reports.append(report)
        self.look(report)

    def look(self, report: Report) -> None:
        carry(self.stage.desk(), report.number)

    def edit(self) -> None:
        """One random edit by one person, or two by two people at once; now and then nobody's event is heard."""
        report = self.random.choice(self.reports)
        before = list(report.things)
        kinds = [one for one in EDITS if self.random.random() < EDITS[one]] or [ticks]
        kind = self.random.choice(kinds)
        kind(self, report)
        heard = kind in ALWAYS_HEARD or self.random.random() < 0.8
        self.saves(report, heard=heard)
        if self.random.random() < 0.1 and kind is not says:
            # Somebody else had the old text before him: what was seen in between is a word too, and so is its end.
            dates = {thing.id: thing.due for thing in report.things} if heard else {}
            report.things = [replace(t, said=t.said if dates.get(t.id, t.due) == t.due else None) for t in before]
            self.random.choice((ticks, moves, adds))(self, report)
            self.saves(report, heard=True)

    def saves(self, report: Report, *, heard: bool) -> None:
        self.world.clock.advance(minutes=self.random.randint(1, 5))
        self.world.person(self.random.choice(PEOPLE)).edits_body(report.number, report.body)
        if heard:
            self.look(report)

    def sweeps(self) -> None:
        """A sweep, and what it says held against what had to be said."""
        due = {who: rows for who in PEOPLE if (rows := self.expected(who)) and f"{who}/{self.spoken}" not in self.seen}
        for outcome in sweep(self.stage.desk()):
            self.wrong += [f"{self.now}: {owed}" for owed in outcome.owed]
        said = dict(self.listens())
        if said != due:
            self.wrong.append(f"{self.now}: said {said}, due {due}")

    def expected(self, who: str) -> frozenset[int]:
        """The items, and as negative numbers the reports, that somebody is told about today; empty if about none."""
        if self.spoken is None:
            return frozenset()
        rows = {key: late for key, owners, late in self.owed() if late is not None and who in self.asked(owners, late)}
        return frozenset(rows) if any(late <= 3 for late in rows.values()) else frozenset()

    def owed(self) -> Iterator[tuple[int, tuple[str, ...], int | None]]:
        for report in self.reports:
            if report.open:
                yield -report.number, (LEAD,), lateness(after(report.opened, 2), self.spoken or self.today)
            for thing in report.things:
                if not thing.done:
                    owners = (thing.owner,) if thing.owner else ()
                    yield thing.id, owners, lateness(thing.said or thing.due, self.spoken or self.today)

    def asked(self, owners: tuple[str, ...], late: int) -> tuple[str, ...]:
        return (*owners, LEAD) if late in {2, 3} or not owners else owners

    def listens(self) -> Iterator[tuple[str, frozenset[int]]]:
        """Who was told what since the last sweep."""
        for issue in list(self.world.repository().issues.values()):
            for comment in issue.comments:
                marker = marker_of(comment.body) if comment.author == BOT else None
                _, found, rest = marker.key.partition("/remind/") if marker else ("", "", "")
                if found and rest not in self.seen:
                    self.seen.add(rest)
                    self.comments += 1
                    yield rest.partition("/")[0], frozenset(self.rows(issue.number, rest, comment.body))

    def rows(self, host: int, told: str, body: str) -> Iterator[int]:
        for number, elsewhere, text in ROW.findall(body):
            report = next(one for one in self.reports if one.number == int(elsewhere or host))
            thing = next((one for one in report.things if one.text == text), None)
            if thing is None:
                self.wrong.append(f"{told}: {text!r} is no item of #{report.number}")
                continue
            if self.numbers.setdefault((report.number, thing.id), int(number)) != int(number):
                self.wrong.append(f"{told}: {text!r} was {self.numbers[report.number, thing.id]}, is {number}")
            yield thing.id
        for elsewhere in REPORT.findall(body):
            yield -int(elsewhere or host)


def pick(desk: Desk, report: Report) -> int | None:
    return desk.random.randrange(len(report.things)) if report.things else None


def change(desk: Desk, report: Report, to: Callable[[Thing], Thing]) -> None:
    place = pick(desk, report)
    if place is not None:
        report.things[place] = to(report.things[place])


def ticks(desk: Desk, report: Report) -> None:
    """Tick a box, or take the tick away."""
    change(desk, report, lambda thing: replace(thing, done=not thing.done))


def rewords(desk: Desk, report: Report) -> None:
    """Other words, one or two of them: it stays the same item."""
    used = {thing.text for one in desk.reports for thing in one.things}

    def reworded(thing: Thing) -> Thing:
        words = thing.text.split()
        words[0] = desk.random.choice(VERBS)
        words[-1] = desk.random.choice(WHEN)
        text = " ".join(words)
        return thing if text in used else replace(thing, text=text)

    change(desk, report, reworded)


def moves(desk: Desk, report: Report) -> None:
    """Another order."""
    desk.random.shuffle(report.things)


def deletes(desk: Desk, report: Report) -> None:
    place = pick(desk, report)
    if place is not None:
        del report.things[place]


def adds(desk: Desk, report: Report) -> None:
    if len(report.things) < 8:
        report.things.insert(desk.random.randint(0, len(report.things)), desk.thing())


def redates(desk: Desk, report: Report) -> None:
    """Another date in the text, which is the newest word."""

    def redated(thing: Thing) -> Thing:
        day = desk.day()
        return replace(thing, due=day, said=None if day != thing.due else thing.said)

    change(desk, report, redated)


def reassigns(desk: Desk, report: Report) -> None:
    change(desk, report, lambda thing: replace(thing, owner=desk.random.choice(("", *PEOPLE))))


def turns(desk: Desk, report: Report) -> None:
    """The report is closed, or opened again: its items are followed all the same."""
    person = desk.world.person(LEAD)
    (person.closes if report.open else person.reopens)(report.number)
    report.open = not report.open


def says(desk: Desk, report: Report) -> None:
    """Put one off by a command, for which its number has to be known."""
    desk.look(report)
    known = [(place, one) for place, one in enumerate(report.things) if (report.number, one.id) in desk.numbers]
    known = [(place, one) for place, one in known if not one.done]
    if known:
        place, thing = desk.random.choice(known)
        day = desk.today + timedelta(days=desk.random.randint(1, 20))
        number = desk.numbers[report.number, thing.id]
        desk.world.person("alex").comments(report.number, f"/defer {number} {day} we wait for a part")
        report.things[place] = replace(thing, said=day)
        desk.look(report)


EDITS: dict[Callable[[Desk, Report], None], float] = {
    ticks: 0.8,
    rewords: 0.8,
    moves: 0.5,
    deletes: 0.4,
    adds: 0.6,
    redates: 0.9,
    reassigns: 0.9,
    turns: 0.2,
    says: 0.5,
}
ALWAYS_HEARD = frozenset({rewords, moves, deletes, adds, says})
"""Edits of which each is seen by itself: several in one breath may leave nothing by which an item could be known."""


def played(seed: int, edits: int, a_day: int = 20) -> Desk:
    """So many edits, `a_day` on each working day, with four sweeps a day."""
    with _world() as set_:
        desk, left = Desk(seed, set_), edits
        for _ in range(4):
            desk.opens()
        while left > 0:
            for hour in SWEEPS:
                midnight = datetime.combine(desk.today, datetime.min.time(), UTC).timestamp()
                desk.world.clock.set(max(desk.world.clock.now, int(midnight + hour * 3600)))
                desk.sweeps()
                for _ in range(a_day // len(SWEEPS) if working(desk.today) else 0):
                    desk.edit()
                    left -= 1
            desk.world.clock.set(int(midnight) + 86_400)
            if desk.random.random() < 0.1 and len(desk.reports) < 12:
                desk.opens()
        return desk


@contextmanager
def _world() -> Iterator[Stage]:
    world = World(START)
    config = f"people: [{LEAD}, alex, morgan, sam]\nclients: none\n"
    labels = ("sev-1", "post-mortem", "overdue", "open-items", "incident-dashboard")
    world.add_repository("harbour/checkout", labels=labels, files={".github/stanch.yml": config})
    for login in PEOPLE:
        world.add_person(login, "write")
    with stage(world) as set_:
        yield set_
