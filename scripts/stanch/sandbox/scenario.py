"""Scenarios: who does what, when, in YAML; and the player that carries them out in virtual time.

    title: A release that empties baskets
    start: 2026-03-14T02:00:00Z
    repository: harbour/checkout
    people: {alex: admin, kim: write}
    clients: [riley]                      # people without a role, who may be named in texts
    labels: [sev-1, post-mortem]
    forms: {incident: [], client-report: [client-report]}
    files: {.github/stanch.yml: "people: [alex]\\n"}
    environments: [staging]               # there from the start; others come with the first deployment
    merging: {squash: true, merge: false} # see records.Merging; all ways are open by default
    game: {scenario: leaked-secret, who: alex, at: +2m} # a game day that somebody plays: docs/game-days.md
    settings: {archived: true, has_issues: false, actions: {enabled: false}}   # see settings.Settings and .Actions
    secrets: [STANCH_SLACK_WEBHOOK]       # names only
    ends: +3d                             # ticks go on until then; default: the last step
    sweeps: +6h                           # how far ticks are apart, for what takes weeks; default: the player's own
    steps:
      - {at: +14m, who: kim, does: opens by form, form: incident, as: incident, title: Down, answers: {…}}
      - {at: +1h05m, who: alex, does: comments, thread: incident, text: "/ack"}

`at` is the time since the start (`+2d`, `+1h05m`, `+30s`), rising. `thread` is a number, a name given by `as`,
or `label:post-mortem` (the newest issue with that label). `{incident}` in a text becomes the number behind a name.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import yaml

from stanch.sandbox.clock import seconds
from stanch.sandbox.verbs import VERBS, Stage, Unknown
from stanch.sandbox.world import World

_TIME = re.compile(r"\+(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?")
_KEYS = frozenset(
    [
        "title",
        "start",
        "repository",
        "private",
        "organization",
        "people",
        "clients",
        "labels",
        "forms",
        "files",
        "environments",
        "merging",
        "settings",
        "secrets",
        "ends",
        "game",
        "sweeps",
        "steps",
    ]
)


class ScenarioError(ValueError):
    """A scenario that cannot be played; the message says where."""


def offset(text: object) -> int:
    """Seconds of `+2d`, `+1h05m`, `+30s`; ScenarioError for anything else."""
    match = _TIME.fullmatch(str(text))
    if match is None or not any(match.groups()):
        raise ScenarioError(f"{text!r} is no time such as +2m or +1h05m")
    days, hours, minutes, rest = (int(part or 0) for part in match.groups())
    return ((days * 24 + hours) * 60 + minutes) * 60 + rest


@dataclass(frozen=True)
class Step:
    """One human act, `at` seconds after the start."""

    at: int
    who: str
    does: str
    wish: Mapping[str, Any]


@dataclass(frozen=True)
class Scenario:
    """A scene and its steps."""

    title: str
    start: int
    repository: str
    people: Mapping[str, str]
    steps: tuple[Step, ...]
    ends: int
    scene: Mapping[str, Any] = field(default_factory=dict)
    sweeps: int = 0

    @classmethod
    def load(cls, text: str) -> "Scenario":
        """Read a scenario; raises ScenarioError."""
        try:
            read = yaml.safe_load(text)
        except yaml.YAMLError as error:
            raise ScenarioError(f"not YAML: {error}") from error
        if not isinstance(read, dict) or set(read) - _KEYS:
            extra = sorted(map(str, set(read) - _KEYS)) if isinstance(read, dict) else "no mapping"
            raise ScenarioError(f"a scenario has the keys {sorted(_KEYS)}, not {extra}")
        people = {**dict.fromkeys(read.get("clients") or (), "none"), **(read.get("people") or {})}
        steps = tuple(_steps(read.get("steps") or (), people))
        last = steps[-1].at if steps else 0
        ends = max(offset(read["ends"]), last) if "ends" in read else last
        start = _start(read.get("start", "2026-03-14T02:00:00Z"))
        repository = read.get("repository", "harbour/checkout")
        sweeps = offset(read["sweeps"]) if "sweeps" in read else 0
        return cls(read.get("title", ""), start, repository, people, steps, ends, read, sweeps)

    def world(self) -> World:
        """The world in which the scenario begins."""
        world, scene = World(self.start), self.scene
        world.add_repository(
            self.repository,
            private=bool(scene.get("private")),
            organization=bool(scene.get("organization")),
            files=scene.get("files"),
            labels=scene.get("labels") or (),
            forms=scene.get("forms"),
        )
        repo = world.repository()
        repo.environments.update({name: number for number, name in enumerate(scene.get("environments") or ())})
        settings = dict(scene.get("merging") or {})
        if "required" in settings:
            settings["required"] = frozenset(settings["required"])
        repo.merging = replace(repo.merging, **settings)
        told = dict(scene.get("settings") or {})
        actions = replace(repo.settings.actions, **told.pop("actions", {}))
        repo.settings = replace(repo.settings, actions=actions, **told)
        repo.secrets.update(dict.fromkeys(scene.get("secrets") or (), self.start))
        for login, role in self.people.items():
            world.add_person(login, role)
        return world


def _start(value: object) -> int:
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    try:
        return seconds(text)
    except ValueError as error:
        raise ScenarioError(f"start: {error}") from error


def _steps(rows: Any, people: Mapping[str, str]) -> Iterator[Step]:
    before = 0
    for number, row in enumerate(rows, 1):
        try:
            step = Step(offset(row["at"]), row["who"], row["does"], row)
        except (KeyError, TypeError) as error:
            raise ScenarioError(f"step {number} lacks {error}") from error
        if step.who not in people:
            raise ScenarioError(f"step {number}: {step.who} is none of the people")
        if step.does not in VERBS:
            raise ScenarioError(f"step {number}: nobody can {step.does!r}; there is {', '.join(sorted(VERBS))}")
        if step.at < before:
            raise ScenarioError(f"step {number} comes before step {number - 1}")
        before = step.at
        yield step


OnEvent = Callable[[str, dict[str, Any]], object]
OnTick = Callable[[int], object]


@dataclass
class Played:
    """What a play came to: the number or id behind each name, and the steps that found no thread to act on."""

    names: dict[str, int] = field(default_factory=dict)
    skipped: list[Step] = field(default_factory=list)


@dataclass(frozen=True)
class Listeners:
    """Who is told of what while a scenario is played.

    `on_event(name, payload)` after a step for each webhook that would start a workflow; `on_tick(now)` every
    `tick_every` virtual seconds (0: never); `on_step(step)` before each human act; `on_alarm(now)` at the instant that
    `alarm()` names, in seconds of the world's clock, as often as it names one (None: there is none).
    """

    on_event: OnEvent | None = None
    on_tick: OnTick | None = None
    tick_every: int = 0
    on_step: Callable[[Step], object] | None = None
    alarm: Callable[[], int | None] = lambda: None
    on_alarm: OnTick | None = None


NOBODY = Listeners()


def play(world: World, scenario: Scenario, told: Listeners = NOBODY) -> Played:
    """Carry out a scenario.

    What the listeners write may raise events of its own; only dispatches among them start workflows again.
    """
    waiting: list[tuple[str, dict[str, Any]]] = []

    def hear(event: str, _action: str | None, payload: dict[str, Any], by_bot: bool) -> None:  # noqa: FBT001 # the subscriber's signature
        if world.starts_workflow(event, payload, by_bot=by_bot):
            waiting.append((event, payload))

    world.subscribe(hear)
    played = Played()
    try:
        for moment in _moments(world, scenario, told):
            _pass(world, moment, told, played)
            while waiting:
                event, payload = waiting.pop(0)
                if told.on_event:
                    told.on_event(event, payload)
    finally:
        world.unsubscribe(hear)
    return played


Moment = Step | Literal["tick", "alarm"]


def _pass(world: World, moment: Moment, told: Listeners, played: Played) -> None:
    if moment == "tick" and told.on_tick:
        told.on_tick(world.clock.now)
    elif moment == "alarm" and told.on_alarm:
        told.on_alarm(world.clock.now)
    elif isinstance(moment, Step):
        if told.on_step:
            told.on_step(moment)
        _act(world, moment, played)


def _moments(world: World, scenario: Scenario, told: Listeners) -> Iterator[Moment]:
    """Steps, ticks and alarms, with the clock moved to each; an alarm goes before what else is due in its second."""
    start = world.clock.now
    for at, moment in _order(scenario, told.tick_every if told.on_tick else 0):
        while (rings := told.alarm()) is not None and rings <= start + at:
            world.clock.set(max(rings, world.clock.now))
            yield "alarm"
        world.clock.set(max(start + at, world.clock.now))
        yield moment


def _order(scenario: Scenario, every: int) -> Iterator[tuple[int, Moment]]:
    """Steps and ticks by time; a step goes before a tick of the same second."""
    ticks = range(every, scenario.ends + 1, every) if every else range(0)
    rows: list[tuple[int, Moment]] = [(step.at, step) for step in scenario.steps]
    rows += [(at, "tick") for at in ticks]
    return iter(sorted(rows, key=lambda row: (row[0], row[1] == "tick")))


def _act(world: World, step: Step, played: Played) -> None:
    stage = Stage(world, world.person(step.who), played.names)
    try:
        result = VERBS[step.does](stage, step.wish)
    except Unknown:
        played.skipped.append(step)
        return
    if "as" in step.wish and isinstance(result, int):
        played.names[step.wish["as"]] = result
