"""Hundreds of edits and commands in virtual time, beside somebody who knows which item is which."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.values import World, assigned, case, comment, labeled, person, thread

from stanch.core.following import Followed
from stanch.core.marker import Marker

BEGAN = datetime(2026, 11, 17, 9, tzinfo=UTC)
PEOPLE = ("alex", "jordan", "morgan", "sam")
MOST_LISTED = 30
MOST_TAKEN_OUT = 40


@dataclass
class Item:
    """One item as its author thinks of it: `words` are its text, the rest is what should hold."""

    words: list[str]
    owner: str
    due: date
    ticked: bool = False
    written_owner: str = ""
    written_due: date = date.min
    number: int = 0
    state: str = "open"
    deferred: int = 0

    @property
    def line(self) -> str:
        box = "x" if self.ticked else " "
        return f"- [{box}] {' '.join(self.words)} — Owner: @{self.written_owner} — Due: {self.written_due}\n"


@dataclass
class Walk:
    """The oracle: a list, what was taken out of it, and everything that ever was, by the order of first sight."""

    chance: random.Random
    day: date = date.min
    listed: list[Item] = field(default_factory=list)
    out: list[Item] = field(default_factory=list)
    every: list[Item] = field(default_factory=list)
    fresh: int = 0
    said: list[str] = field(default_factory=list)
    touched: list[Item] = field(default_factory=list)

    def word(self) -> str:
        self.fresh += 1
        return f"{self.chance.choice(('alert', 'rollback', 'gateway', 'runbook', 'queue'))}{self.fresh}"

    def pick(self, fits: Callable[[Item], bool] = lambda _: True) -> Item | None:
        """An item of the list that nothing was done to since the last look."""
        free = [one for one in self.listed if fits(one) and one not in self.touched]
        found = self.chance.choice(free) if free else None
        self.touched += [found] if found else []
        return found

    def body(self) -> str:
        return "## Action items\n\n" + "".join(one.line for one in self.listed)

    def looked(self) -> None:
        """What is new gets the next numbers, in the order of the text."""
        for one in self.listed:
            if not one.number:
                self.every.append(one)
                one.number = len(self.every)
        self.said, self.touched = [], []


def adds(walk: Walk) -> None:
    if len(walk.listed) < MOST_LISTED:
        owner, due = walk.chance.choice(PEOPLE), walk.day + timedelta(days=walk.chance.randint(1, 60))
        made = Item([walk.word() for _ in range(6)], owner, due, written_owner=owner, written_due=due)
        walk.listed.insert(walk.chance.randint(0, len(walk.listed)), made)
        walk.touched.append(made)


def ticks(walk: Walk) -> None:
    one = walk.pick(lambda one: not one.ticked)
    if one:
        one.ticked, one.state = True, "done"


def unticks(walk: Walk) -> None:
    one = walk.pick(lambda one: one.ticked)
    if one:
        one.ticked, one.state = False, "open"


def rewords(walk: Walk) -> None:
    one = walk.pick()
    if one:
        for place in walk.chance.sample(range(len(one.words)), 2):
            one.words[place] = walk.word()
        walk.chance.shuffle(one.words)


def reorders(walk: Walk) -> None:
    walk.chance.shuffle(walk.listed)


def takes_out(walk: Walk) -> None:
    one = walk.pick()
    if one and one.number and len(walk.out) < MOST_TAKEN_OUT:
        walk.listed.remove(one)
        walk.out.append(one)
        one.state = "gone" if one.state == "open" else one.state


def puts_back(walk: Walk) -> None:
    free = [one for one in walk.out if one not in walk.touched]
    if free:
        one = walk.chance.choice(free)
        walk.out.remove(one)
        walk.listed.insert(walk.chance.randint(0, len(walk.listed)), one)
        walk.touched.append(one)
        one.state = "open" if one.state == "gone" else one.state


def redates(walk: Walk) -> None:
    one = walk.pick()
    if one:
        after = walk.day + timedelta(days=walk.chance.randint(-5, 90))
        if after != one.written_due:
            one.deferred += after > one.due
            one.written_due = one.due = after


def hands_on(walk: Walk) -> None:
    one = walk.pick()
    if one:
        after = walk.chance.choice(PEOPLE)
        if after != one.written_owner:
            one.written_owner = one.owner = after


def is_open(one: Item) -> bool:
    return one.state == "open" and bool(one.number)


def says_done(walk: Walk) -> None:
    one = walk.pick(is_open)
    if one:
        walk.said.append(f"/done {one.number} it is live")
        one.state = "done"


def drops(walk: Walk) -> None:
    one = walk.pick(is_open)
    if one:
        walk.said.append(f"/drop {one.number} nobody needs it")
        one.state = "dropped"


def defers(walk: Walk) -> None:
    one = walk.pick(is_open)
    if one:
        after = walk.day + timedelta(days=walk.chance.randint(1, 90))
        walk.said.append(f"/defer {one.number} {after} it waits")
        one.deferred += after > one.due
        one.due = after


def assigns(walk: Walk) -> None:
    one = walk.pick(is_open)
    if one:
        one.owner = walk.chance.choice(PEOPLE)
        walk.said.append(f"/assign {one.number} @{one.owner}")


EDITS = (adds, adds, ticks, unticks, rewords, rewords, reorders, takes_out, puts_back, redates, hands_on)
COMMANDS = (says_done, drops, defers, assigns)
APART = ({takes_out, adds}, {takes_out, puts_back})
"""Done in one go, the first in the other's place, nobody could tell these from a rewording."""


def step(walk: Walk, world: World, at: datetime) -> World:
    """One or two things happen at once, perhaps by two people, then the thread is looked at."""
    walk.day = at.date()
    done: list[Callable[[Walk], None]] = []
    for _ in range(walk.chance.choice((1, 1, 2))):
        does = walk.chance.choice(EDITS if walk.chance.random() < 0.75 else COMMANDS)
        if not any({does, *done} >= pair for pair in APART):
            does(walk)
            done.append(does)
    body = f"{FIRST}{walk.body()}"
    if body != world.thread.body:
        world = replace(world, thread=replace(world.thread, body=body, edited_at=at, editor=person("morgan")))
    if walk.said:
        world = replace(
            world.then(comment(world.next_id, "jordan", "\n".join(walk.said), at)), next_id=world.next_id + 1
        )
    world = world.looked_at(at + timedelta(minutes=1))
    walk.looked()
    return world


FIRST = f"{Marker('11/postmortem', stamp={'due': '20991231T180000Z'})}\n"


def known(world: World, at: datetime) -> list[tuple[object, ...]]:
    postmortem = case(world.thread, at).postmortem
    assert postmortem is not None
    return [told(one) for one in postmortem.followed]


def told(one: Followed) -> tuple[object, ...]:
    state = one.ended.how.value if one.ended else "open"
    return one.number, one.owners, one.due, state, min(len(one.deferrals), 9)


def meant(one: Item) -> tuple[object, ...]:
    return one.number, (one.owner,), one.due, one.state, min(one.deferred, 9)


def walked(seed: int, count: int) -> World:
    """As many steps, each of them compared with what was meant; the bot's second look writes nothing."""
    walk = Walk(random.Random(seed))  # noqa: S311 # a game that can be played again, no secret
    opening = (labeled("post-mortem", 0), assigned("jordan", 1))
    world = World(thread(*opening, body=FIRST, author="github-actions", when=BEGAN))
    for n in range(count):
        at = BEGAN + timedelta(hours=7 * (n + 1))
        world = step(walk, world, at)
        seen = at + timedelta(minutes=2)
        assert known(world, seen) == [meant(one) for one in walk.every], (seed, n)
        assert world.planned(seen) == (), (seed, n)
    assert not world.bodies("/refused/")
    return world


@pytest.mark.unmeasured
@pytest.mark.parametrize("seed", range(5))
def test_every_item_keeps_its_number_and_its_state(seed: int) -> None:
    """Ticked, unticked, reworded, moved, taken out, put back, redated, handed on, two at once: sixty steps each."""
    assert walked(seed, 60).bodies("/card")


@pytest.mark.long
@pytest.mark.unmeasured
@pytest.mark.parametrize("seed", range(100, 130))
def test_every_item_keeps_its_number_for_a_long_time(seed: int) -> None:
    """The same a hundred steps at a time, thirty times."""
    assert walked(seed, 100).bodies("/card")
