"""A whole lifecycle in virtual time: people act, events start looks, sweeps come by, and things go wrong.

A look at a thread and a sweep are processes of their own: what stops one stops nothing else.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, cast

from stanch.adapters.payload import Trigger, trigger
from stanch.app.desk import Desk, Reads
from stanch.app.gate_events import react
from stanch.app.handle import handle
from stanch.app.road import Outcome, carry
from stanch.app.stage import Stage, stage
from stanch.app.sweep import sweep
from stanch.core.errors import GitHubError
from stanch.core.own_workflows import GATE_WORKFLOW
from stanch.core.thread import Repository, Thread
from stanch.sandbox import verbs, webhooks
from stanch.sandbox.faults import Fault, Killed
from stanch.sandbox.rights import Refusal
from stanch.sandbox.scenario import Scenario
from stanch.sandbox.world import World
from tests.scenarios import bot
from tests.scenarios.post import Letter, Post

MINUTE, HOUR = 60, 3600
RUNNER = 12
"""Seconds until a run starts: runs of one thread queue, and a runner has to be found."""
STARTS_A_LOOK = frozenset({"issues", "issue_comment"})
STARTS_THE_GATE = frozenset({"pull_request", "pull_request_review", "deployment_status", "workflow_run", "push"})
"""Events of the gate's own workflow."""


@dataclass(frozen=True)
class Weather:
    """What goes wrong: `rate` of all requests, by seed.

    `heals`: the last sweep before each human act meets no faults. `lag`: every read misses the last write.
    `races`: each look is overtaken by a second one between its first read and its first write.
    """

    seed: int | None = None
    rate: float = 0.1
    heals: bool = True
    lag: bool = False
    races: bool = False


CALM = Weather()


@dataclass
class Played:
    """A world after a play. `threads` and `comments` name what the steps made, by number and by id.

    `written` counts how often the bot created each key; `skipped` are the steps that GitHub refused.
    """

    world: World
    weather: Weather
    names: dict[str, int] = field(default_factory=dict)
    threads: dict[int, str] = field(default_factory=dict)
    comments: dict[int, str] = field(default_factory=dict)
    skipped: list[int] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    broken: int = 0
    last_look: tuple[object, ...] = ()


def play(
    scenario: Scenario,
    weather: Weather = CALM,
    post: Post | None = None,
    *,
    sweeps: bool = True,
    at_write: Mapping[int, Fault] | None = None,
) -> Played:
    """Play a scenario to its end, with two calm sweeps after it, and look once more. `sweeps`: between the acts too."""
    world = scenario.world()
    for index, fault in (at_write or {}).items():
        world.faults.at_write(index, fault)
    with stage(world) as connected:
        player = Player(scenario, connected, Played(world, weather), post or Post())
        world.subscribe(player.hear)
        player.play(moments(scenario, sweeps=sweeps, heals=weather.heals), world.clock.now)
    return player.played


@dataclass(frozen=True)
class Moment:
    """A human act or a sweep, `at` seconds after the start. `calm`: nothing goes wrong."""

    at: int
    step: int | None = None
    calm: bool = False


def moments(scenario: Scenario, *, sweeps: bool, heals: bool) -> Iterator[Moment]:
    """Steps with the sweeps between them, and two sweeps in the end, which are calm in any weather.

    `heals`: the last sweep before each step is calm too.
    """
    ends = [step.at for step in scenario.steps[1:]] + [scenario.ends]
    for place, (step, end) in enumerate(zip(scenario.steps, ends, strict=True)):
        yield Moment(step.at, place)
        between = sweeps_between(step.at, end) if sweeps else ()
        yield from (Moment(at, None, heals and at == between[-1]) for at in between)
    yield from (Moment(scenario.ends + n * 10 * MINUTE, None, calm=True) for n in (1, 2))


def sweeps_between(start: int, end: int) -> tuple[int, ...]:
    """Two in a short time; else after 10 and 20 minutes, every six hours, and 10 minutes before the next act."""
    gap = end - start
    if gap < 6:
        return ()
    if gap <= 30 * MINUTE:
        return start + gap // 3, start + 2 * gap // 3
    rare = range(start + 6 * HOUR, end - 20 * MINUTE, 6 * HOUR)
    return (start + 10 * MINUTE, start + 20 * MINUTE, *rare, end - 5 * MINUTE)


@dataclass
class Player:
    """Plays one scenario on one world."""

    scenario: Scenario
    stage: Stage
    played: Played
    post: Post
    runs: int = 0

    def hear(self, event: str, action: str | None, payload: dict[str, Any], by_bot: bool) -> None:
        """Take in one webhook, as Actions would."""
        if by_bot and action in {"created", "opened"}:
            made = payload["comment"] if "comment" in payload else payload["issue"]
            self.played.written += bot.key_in(made["body"])
        starts = STARTS_A_LOOK | (STARTS_THE_GATE if self.has_gate else frozenset())
        if event in starts and webhooks.starts_workflow(event, payload, by_bot=by_bot):
            told = trigger(event, json.dumps(payload))
            self.post.take(Letter(event, action or "", told.number or 0, told.is_pull_request, told.sha, told.branch))

    @property
    def has_gate(self) -> bool:
        return GATE_WORKFLOW in self.stage.world.repository().files

    def play(self, timetable: Iterable[Moment], start: int) -> None:
        """Live through every moment, counted in seconds from `start`, and look once more."""
        clock = self.stage.world.clock
        for moment in timetable:
            clock.set(max(start + moment.at, clock.now))
            self.live(moment)
        self.quiet_look()

    def live(self, moment: Moment) -> None:
        """One moment: somebody acts, or a sweep comes by; then the post arrives."""
        if moment.step is None:
            self.run(self.sweep, calm=moment.calm)
        else:
            self.act(moment.step)
        for letter in self.post.due():
            self.stage.world.clock.advance(RUNNER)
            self.run(partial(self.look, letter))

    def act(self, place: int) -> None:
        """Let a person act; what GitHub refuses, or what is no longer there, is not done."""
        step, played = self.scenario.steps[place], self.played
        me = verbs.Stage(played.world, played.world.person(step.who), played.names)
        try:
            made = (bot.VERBS.get(step.does) or verbs.VERBS[step.does])(me, step.wish)
        except (Refusal, verbs.Unknown, ValueError):
            played.skipped.append(place)
            return
        if isinstance(made, int):
            played.names[step.wish.get("as", f"step {place}")] = made
            (played.comments if step.does == "comments" else played.threads)[made] = f"step-{place}"

    def run(self, work: Callable[[Desk], object], *, calm: bool = False) -> None:
        """One process, with its own share of what goes wrong."""
        self.runs += 1
        self.set_weather(calm=calm)
        try:
            work(self.stage.desk())
        except (GitHubError, Killed):
            self.played.broken += 1

    def set_weather(self, *, calm: bool) -> None:
        weather, faults = self.played.weather, self.stage.world.faults
        if weather.seed is not None:
            faults.clear()
            if not calm and self.runs > 0:
                faults.seeded(weather.seed * 100_003 + self.runs, weather.rate)
        if weather.lag:
            faults.lag_reads()

    def look(self, letter: Letter, desk: Desk) -> object:
        if self.played.weather.races:
            second = self.stage.desk()
            desk = replace(desk, reader=cast("Reads", Overtaken(desk.reader, partial(carry, second))))
        told = Trigger(letter.event, letter.action, letter.number or None, letter.is_pull, letter.sha, letter.branch)
        return list(react(desk, told) if letter.event in STARTS_THE_GATE else handle(desk, told))

    def sweep(self, desk: Desk) -> list[Outcome]:
        return list(sweep(desk))

    def quiet_look(self) -> None:
        """Look at everything a second later, before anything else falls due, and note what that writes."""
        world = self.stage.world
        world.faults.clear()
        world.clock.advance(1)
        numbers = [issue.number for issue in world.repository().issues.values() if not issue.pull]
        looks = [carry(self.stage.desk(), number) for number in numbers] + list(sweep(self.stage.desk()))
        self.played.last_look = tuple(write for look in looks for write in look.writes)


@dataclass
class Overtaken:
    """A reader after whose first answer somebody else carries the same thread to its end."""

    reader: Reads
    other: Callable[[int], object]
    used: bool = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self.reader, name)

    def thread(self, number: int) -> tuple[Repository, Thread]:
        found = self.reader.thread(number)
        if not self.used:
            self.used = True
            with suppress(GitHubError):
                self.other(number)
        return found
