"""A team that plays a game day in a world: what people do by the minute, and what the workflows do about it."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from stanch.adapters.client import connect
from stanch.adapters.payload import trigger
from stanch.app.handle import handle
from stanch.app.live import Brought, Ended, Event, Nap, Order, begin, going_on, play
from stanch.app.road import Outcome
from stanch.app.stage import Stage, stage
from stanch.core.game import Game
from stanch.core.marker import marker_of
from stanch.render.words import Words
from stanch.sandbox import webhooks
from stanch.sandbox.clock import seconds
from stanch.sandbox.world import World
from tests.app.rig import LABELS, REPOSITORY, ROLES, Mood
from tests.app.watched import START
from tests.games import GAME, minutes

CONFIG = "people: [jordan, morgan]\nclients: [riley]\noncall: {people: [jordan, morgan], starts: 2026-03-16}\n"
QUICK = replace(GAME, lasts=minutes(20), hints=GAME.hints[:1], answer=replace(GAME.answer, hints=1))
"""Two inputs and a hint: a game that costs a second."""

Act = tuple[float, str, str | Callable[[Mood, int], object]]
"""At a minute somebody says something, or does something else with the world and the issue's number."""

WELL: tuple[Act, ...] = (
    (2, "jordan", "/take"),
    (5, "jordan", "/sev 1 revenue has stopped"),
    (6, "jordan", "/contain rollback release 203"),
    (7, "morgan", "/update Card payments fail. Your data is safe. The next update comes by 03:00 UTC."),
    (10, "jordan", "/verify failure neighbours containment"),
    (11, "morgan", "/update Card payments work again. Nothing was lost. We are sorry."),
    (12, "jordan", "/resolve The release sent no currency."),
)


def quiet_world(labels: tuple[str, ...] = (*LABELS, "drill"), config: str = CONFIG, **options: Any) -> Mood:
    world = Mood(seconds(START), **options)
    world.add_repository(REPOSITORY, labels=labels, files={".github/stanch.yml": config})
    for login, role in ROLES.items():
        world.add_person(login, role)
    return world


@dataclass
class Party:
    """The people of one game. `sleep` lets time pass: they act, and workflows answer whatever starts one."""

    world: Mood
    bot: Stage
    acts: list[Act] = field(default_factory=list)
    waiting: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    owed: list[str] = field(default_factory=list)
    began: int = 0
    installed: bool = True

    @property
    def minute(self) -> float:
        return (self.world.clock.now - self.began) / 60

    def sleep(self, length: float) -> None:
        self.workflows()
        end = self.world.clock.now + max(1, round(length))
        while self.acts and self.began + self.acts[0][0] * 60 <= end:
            at, who, does = self.acts.pop(0)
            self.world.clock.set(max(self.world.clock.now, round(self.began + at * 60)))
            self._act(who, does)
            self.workflows()
        self.world.clock.set(max(end, self.world.clock.now))

    def _act(self, who: str, does: str | Callable[[Mood, int], object]) -> None:
        number = max(self.world.repository().issues)
        if callable(does):
            does(self.world, number)
        else:
            self.world.person(who).comments(number, does)

    def workflows(self) -> None:
        """What `stanch-incidents` does about every event that waits."""
        while self.waiting:
            event, payload = self.waiting.pop(0)
            if event in {"issues", "issue_comment"}:
                for outcome in handle(self.bot.desk(), trigger(event, json.dumps(payload))):
                    self.owed += outcome.owed


@contextmanager
def party(world: Mood, *acts: Act) -> Iterator[Party]:
    """A world with a team in it that will do this."""
    with stage(world) as bot:
        one = Party(world, bot, list(acts), began=world.clock.now)

        def hear(event: str, _action: str | None, payload: dict[str, Any], by_bot: bool) -> None:
            if one.installed and webhooks.starts_workflow(event, payload, by_bot=by_bot):
                one.waiting.append((event, payload))

        world.subscribe(hear)
        try:
            yield one
        finally:
            world.unsubscribe(hear)


def seat(team: Party, who: str) -> Stage:
    """Whoever plays the world: a person with a token of their own, or a workflow."""
    token = team.world.token(who) if who else team.world.bot_token
    return Stage(team.world, connect(token, team.world.api_url, pause=lambda _: None), Words.load())


@dataclass
class Ran:
    """One game, from its opening to its end. `brought` is what was put on the thread, with the minute."""

    number: int
    brought: list[tuple[str, int, float]] = field(default_factory=list)
    ended: Ended | None = None
    troubles: list[str] = field(default_factory=list)
    carried: int = 0


def played(team: Party, who: str = "alex", game: Game = QUICK, restarts: bool = False) -> Ran:  # a test's own
    """A whole game. With `restarts` the process is killed after everything that it does, and started again."""
    set_ = seat(team, who)
    order = Order(game, ("jordan",), 1.0, game.lasts, timedelta(minutes=2))
    number, order = begin(set_.desk(), order)
    ran = Ran(number)
    events = play(set_.desk, order, number)
    for _ in range(500):
        event = next(events)
        _noted(ran, event, team)
        if isinstance(event, Ended):
            return ran
        if restarts and team.world.issue(number).state == "open":
            assert going_on(set_.desk(), number, None, lambda _: game) == (game, 1.0)
            events = play(set_.desk, order, number)
    raise AssertionError("the game does not end")


def _noted(ran: Ran, event: Event, team: Party) -> None:
    if isinstance(event, Nap):
        team.sleep(event.length.total_seconds())
    elif isinstance(event, Brought):
        ran.brought.append((event.step.kind, event.step.ordinal, round(team.minute, 2)))
    elif isinstance(event, Ended):
        ran.ended = event
        team.workflows()
    elif isinstance(event, Outcome):
        ran.carried += 1
        team.owed += event.owed
    else:
        ran.troubles.append(event.why)


def keys(world: World, number: int) -> list[str]:
    """The keys of everything under a marker, in order, without the number."""
    found = (marker_of(one.body) for one in world.issue(number).comments)
    return [marker.key.partition("/")[2] for marker in found if marker]
