"""`stanch drill`: whole incidents on the embedded GitHub, in virtual time, told as they go."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stanch.app import live_play, picture, proof_play
from stanch.app.embedded import needs_its_package
from stanch.app.gate_events import react
from stanch.app.handle import handle
from stanch.app.road import Outcome, gather
from stanch.app.stage import Stage, stage
from stanch.app.sweep import sweep
from stanch.app.watch_play import WatchPlay
from stanch.core.case import case_of
from stanch.core.errors import UsageProblem
from stanch.core.incident import Incident
from stanch.core.naming import named
from stanch.core.own_workflows import GATE_WORKFLOW
from stanch.core.wanted import Text
from stanch.core.writes import CreateComment
from stanch.render.story import ScenarioView, Story
from stanch.render.words import Words

if TYPE_CHECKING:
    from stanch.sandbox.scenario import Scenario, Step
    from stanch.sandbox.world import World

Say = Callable[[str], None]

TICK = 300
"""Virtual seconds between two sweeps while something happens: kinder than GitHub's cron."""

HOUR = 3600
AWAKE = 2 * HOUR
"""For so long after the last human act every tick sweeps, then one in an hour does, as the workflow would."""

NAMED = re.compile(r"#?\{(\w+)\}")

FOLDER = "scenarios"
LINE = 90
"""Characters of a text that one line of the story shows."""

ORDER = ("sev-1-rollback", "night", "hotfix", "follow-up", "game-day", "sev-2-downgraded", "false-alarm")


@dataclass
class Played:
    """One scenario after it was played: its end, and what it cost."""

    name: str
    scenario: "Scenario"
    world: "World"
    incident: Incident | None = None
    looks: int = 0
    last_act: int = 0
    reminders: list[datetime] = field(default_factory=list)
    owed: list[str] = field(default_factory=list)


def names() -> tuple[str, ...]:
    """The scenarios that ship with Stanch, the first ones first."""
    found = {entry.name.removesuffix(".yml") for entry in _folder().iterdir() if entry.name.endswith(".yml")}
    return tuple(sorted(found, key=lambda name: (ORDER.index(name) if name in ORDER else len(ORDER), name)))


def listed(*, as_json: bool) -> str:
    """The names, one a line, or as JSON: `{scenarios: [name]}`."""
    return json.dumps({"scenarios": names()}) if as_json else "\n".join(names())


def _folder() -> Any:
    return resources.files("stanch") / "sandbox" / FOLDER


def play_all(
    chosen: Iterable[str], folder: str | None, say: Say, *, environment: Mapping[str, str], as_json: bool
) -> str:
    """Play scenarios one after the other, write the page if asked, and return the figures.

    `environment` is what a hotfix's tests are run in, as far as `stanch prove` lets it through.

    Raises UsageProblem for a scenario that does not exist or cannot be read.
    """
    words = Words.load()
    played = [play(name, words, say, environment) for name in chosen]
    if folder is not None:
        out = Path(folder)
        write_page(played, words, out)
        say(words(Text("summary/drill_page", {"path": str(out / "index.html")})).strip())
    rows = [_figures(one) for one in played]
    if as_json:
        return json.dumps({"scenarios": rows})
    return words(Text("summary/drill_end", {"scenarios": rows}))


def _figures(one: Played) -> dict[str, object]:
    counts = one.world.counts
    return {
        "name": one.name,
        "looks": one.looks,
        "reads": counts.reads,
        "writes": sum(1 for write in counts.log if write.login.startswith("github-actions")),
        "owed": list(one.owed),
    }


def _load(name: str) -> "Scenario":
    from stanch.sandbox.scenario import Scenario, ScenarioError

    needs_its_package()
    try:
        shipped = _folder() / f"{name}.yml"
        text = shipped.read_text(encoding="utf-8") if name in names() else Path(name).read_text(encoding="utf-8")
        return Scenario.load(text)
    except ScenarioError as problem:
        raise UsageProblem(f"{name} cannot be played: {problem}.") from problem
    except (UnicodeDecodeError, RecursionError) as problem:
        raise UsageProblem(f"{name} cannot be read ({type(problem).__name__}). Name a scenario.") from problem
    except (OSError, ValueError) as problem:
        raise UsageProblem(f'There is no scenario "{name}": choose {", ".join(names())}, or name a file.') from problem


def play(name: str, words: Words, say: Say, environment: Mapping[str, str]) -> Played:
    """Play one scenario to its end. What people do is told, and what Stanch does about it."""
    from stanch.adapters.payload import trigger
    from stanch.sandbox import scenario as player

    scenario = _load(name)
    played = Played(name, scenario, scenario.world())

    def hear(event: str, payload: dict[str, Any]) -> None:
        if watching.hears(event, payload):
            return
        _look(played, set_, words, say, trigger(event, json.dumps(payload)))
        if event == "pull_request" and proof_play.plays(played.world, payload):
            proof_play.play(played.world, payload, environment)

    say(words(Text("summary/drill_title", {"title": scenario.title})))
    with stage(played.world, words) as set_, live_play.seated(set_, scenario.scene.get("game"), say) as game:
        watching = WatchPlay(set_, lambda outcome: _done(played, set_, words, say, outcome))
        told = player.Listeners(
            on_event=hear,
            on_tick=lambda _: _tick(played, set_, words, say),
            tick_every=scenario.sweeps or TICK,
            on_step=lambda step: say(_told(set_, words, step)),
            alarm=lambda: live_play.first(watching, game),
            on_alarm=lambda now: live_play.ring(now, watching, game),
        )
        play_ = player.play(played.world, scenario, told)
        played.incident = _last_look(set_, play_.names | game.names)
    return played


def _told(set_: Stage, words: Words, step: "Step") -> str:
    wish = step.wish
    text = str(wish.get("title") or wish.get("text") or wish.get("label") or wish.get("environment") or "")
    shown = NAMED.sub(r"the \1", " ".join(text.split()))[:LINE]
    view = {"at": set_.desk().now, "who": step.who, "does": step.does, "text": shown}
    return words(Text("summary/drill_step", view)).strip("\n")


def _look(played: Played, set_: Stage, words: Words, say: Say, trigger: Any) -> None:
    played.looks += 1
    played.last_act = set_.world.clock.now
    for outcome in _answers(set_, trigger):
        _done(played, set_, words, say, outcome)


def _answers(set_: Stage, trigger: Any) -> Iterable[Outcome]:
    """What the workflows of the scenario's repository would do about an event."""
    if trigger.event in {"issues", "issue_comment"}:
        return handle(set_.desk(), trigger)
    installed = GATE_WORKFLOW in next(iter(set_.world.repos.values())).files
    return react(set_.desk(), trigger) if installed else ()


def _tick(played: Played, set_: Stage, words: Words, say: Say) -> None:
    now = set_.world.clock.now
    if not played.scenario.sweeps and now - played.last_act > AWAKE and now % HOUR:
        return
    played.looks += 1
    for outcome in sweep(set_.desk()):
        _done(played, set_, words, say, outcome)


def _done(played: Played, set_: Stage, words: Words, say: Say, outcome: Outcome) -> None:
    now = set_.desk().now
    played.owed += outcome.owed
    comments = [write.key for write in outcome.writes if isinstance(write, CreateComment)]
    played.reminders += [now for key in comments if "/update/" in key]
    writes = [named(write) for write in outcome.writes if not named(write).startswith(("edit", "reaction"))]
    if writes or outcome.owed:
        view = {"at": now, "writes": writes, "owed": list(outcome.owed)}
        say(words(Text("summary/drill_bot", view)).strip("\n"))


def _last_look(set_: Stage, numbers: dict[str, int]) -> Incident | None:
    """The incident as it stands at the end, read as Stanch itself reads it."""
    number = numbers.get("incident")
    if number is None:
        return None
    desk = set_.desk()
    return case_of(gather(desk, desk.reader.thread(number))).incident


def write_page(played: list[Played], words: Words, out: Path) -> None:
    """Write `index.html` with every thread of every world. Raises UsageProblem if the folder cannot be used."""
    from stanch.render.gfm import html
    from stanch.render.page import page

    views = tuple(_view(one, words) for one in played)
    zone = _zone(played)
    note = words(Text("summary/drill_note", {"count": len(views)})).strip()
    story = Story(words(Text("summary/drill_heading", {})).strip(), note, zone, views)
    try:
        out.mkdir(parents=True, exist_ok=True)
        (out / "index.html").write_text(page(story, html), encoding="utf-8")
    except OSError as problem:
        raise UsageProblem(f"{out} cannot be written to: {problem.strerror}.") from problem


def _zone(played: list[Played]) -> str:
    from stanch.adapters.config_file import read_config

    files = [next(iter(one.world.repos.values())).files for one in played]
    zones = [read_config(file.get(".github/stanch.yml")).config.calendar.zone for file in files]
    return zones[0] if zones else "UTC"


def _view(one: Played, words: Words) -> ScenarioView:
    threads = picture.threads(one.world)
    counted = {name: int(str(_figures(one)[name])) for name in ("looks", "reads", "writes")}
    opened = next((thread.at for thread in threads if thread.kind.value == "post-mortem"), None)
    moments = picture.moments(one.incident, tuple(one.reminders), opened) if one.incident else ()
    view = {"name": one.name}
    return ScenarioView(
        slug=one.name.rpartition("/")[2].removesuffix(".yml"),
        title=one.scenario.title,
        summary=words(Text("summary/drill_about", view)).strip(),
        moments=moments,
        figures=picture.figures(one.incident, counted) if one.incident else (),
        threads=threads,
        repository=one.scenario.repository,
    )
