"""What a month costs: every job of a repository in virtual time, billed by the minute that it began."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from stanch.adapters.payload import trigger
from stanch.app.gate_events import react
from stanch.core.own_workflows import GATE_WORKFLOW
from stanch.sandbox import webhooks
from stanch.sandbox.clock import seconds
from tests.scenarios.burning import CONFIG, Fire, kindle
from tests.scenarios.clockwork import Clockwork, Sky, clockwork
from tests.scenarios.loom import Group
from tests.scenarios.reckoning import Fact

MINUTE, HOUR, DAY = 60, 3600, 86_400
DAYS = 30
START = seconds("2026-06-01T00:00:00Z")
A_MINUTE = 0.002
"""Dollars that a minute of the cheapest runner costs (GitHub's price list)."""

HOURLY = tuple(range(DAYS * 24))
SPARING = tuple(sorted([day * 24 + 7 for day in range(DAYS)] + [day * 24 + 14 for day in range(DAYS) if day % 7 < 5]))
"""The schedule of a private repository: twice on working days, once on others. The month begins on a Monday."""

EVERY_FIVE_MINUTES = DAYS * 24 * 12
"""Jobs of a schedule that looks every five minutes, a minute each."""

BUSY_INCIDENTS, BUSY_PULLS = 460, 600
"""What README says that the incidents and the pull requests of a busy month cost, in minutes."""

GATE = "gate"
CI = ".github/workflows/ci.yml"

QUIET_SKY = Sky(late=(0, 0), dropped=0)


@dataclass(frozen=True)
class Month:
    """What happens in a month. `sweeps` are the hours of the month at which one begins."""

    sev_1: int = 0
    sev_2: int = 0
    pulls: int = 0
    sweeps: tuple[int, ...] = ()


QUIET = Month(sweeps=HOURLY)
INCIDENTS, PULLS = Month(sev_1=4, sev_2=10), Month(pulls=100)
"""A busy month: its incidents and its pull requests, which share no job."""


def judged_by_the_gate(event: str, action: str | None, payload: Mapping[str, Any]) -> bool:
    """The condition of the job in `stanch-hotfix.yml`, for what happens here."""
    match event:
        case "push":
            return str(payload["ref"]).endswith("/main")
        case "pull_request":
            wanted = {"opened", "edited", "synchronize", "reopened", "ready_for_review", "converted_to_draft"}
            return action in wanted or (action == "closed" and bool(payload["pull_request"]["merged"]))
        case "pull_request_review":
            return action in {"submitted", "dismissed"} and payload["review"]["state"] != "commented"
        case "workflow_run":
            run = payload["workflow_run"]
            return action == "completed" and run["path"] == CI and run["event"] != "pull_request"
        case _:
            return False


class Gate:
    """The jobs of the gate: a group for each pull request, or for each commit."""

    def __init__(self, rig: Clockwork) -> None:
        self._rig = rig
        self._groups: dict[str, Group] = {}
        rig.world.subscribe(self._hears)

    def _hears(self, event: str, action: str | None, payload: Mapping[str, Any], by_bot: bool) -> None:
        starts = judged_by_the_gate(event, action, payload)
        if not starts or not webhooks.starts_workflow(event, payload, by_bot=by_bot):
            return
        told, rig = trigger(event, json.dumps(payload)), self._rig
        group = self._groups.setdefault(f"{told.number or told.sha}", Group(rig.loom, lambda: rig.between((5, 60))))
        group.offer(lambda: rig.works(GATE, lambda desk: react(desk(), told)))


def lived(month: Month, seed: int = 0) -> Counter[str]:
    """Runner minutes of a month, by what they were for."""
    with clockwork(START, CONFIG, QUIET_SKY, seed) as rig:
        if month.pulls:
            Gate(rig)
            rig.world.person("alex").pushes(GATE_WORKFLOW, "on: pull_request\n")
        for hour in month.sweeps:
            rig.loom.at(START + hour * HOUR + 37 * MINUTE, rig.sweep)
        chance = Random(seed)  # noqa: S311 # chance, not secrecy
        for severity in [1] * month.sev_1 + [2] * month.sev_2:
            kindle(rig, _incident(severity, START + chance.randint(DAY, (DAYS - 2) * DAY)))
        for number in range(month.pulls):
            _pull(rig, number, START + chance.randint(HOUR, (DAYS - 1) * DAY))
        rig.loom.run(START + DAYS * DAY)
        found: Counter[str] = Counter()
        for job in rig.jobs:
            found[job.source] += job.minutes
        return found


def _incident(severity: int, at: int) -> Fire:
    """Somebody takes it after a few minutes, tells clients every half an hour, and it is over in an hour and a half."""
    acts = [(0, "alex", "label", "declares", severity, False), (4, "jordan", "/take", "acks", 0, False)]
    acts += [(n, "jordan", "/update! We are on it. More soon.", "tells", 0, True) for n in (12, 40, 65)]
    acts += [(30, "morgan", "Looking at the logs.", "remarks", 0, False)]
    acts += [(75, "jordan", "/status mitigated Payments go through.", "fine", 0, True)]
    acts += [(90, "jordan", "closes", "closes", 0, False)]
    return Fire(
        [
            (at + n * MINUTE, who, text, Fact(at + n * MINUTE, who, does, amount, word))
            for n, who, text, does, amount, word in sorted(acts)
        ]
    )


def _pull(rig: Clockwork, number: int, at: int) -> None:
    """An ordinary pull request: opened, pushed to once more, approved, merged; then ci runs on what was merged."""
    jordan, morgan = rig.world.person("jordan"), rig.world.person("morgan")
    made: list[int] = []

    def merged() -> None:
        sha = morgan.merges(made[0])
        run = morgan.starts_run(sha, CI, event="push", branch="main")
        morgan.finishes_run(run)

    branch, file = f"feature/{number}", f"shop/{number}.py"
    steps = (
        (0, lambda: made.append(jordan.opens_pull("Add a page", "For the shop.", branch, files={file: "a = 1\n"}))),
        (20, lambda: jordan.pushes_to(branch, {file: "a = 2\n"})),
        (45, lambda: morgan.approves(made[0])),
        (60, merged),
    )
    for minutes, step in steps:
        rig.loom.at(at + minutes * MINUTE, step)
