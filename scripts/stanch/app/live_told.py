"""What a game day says in the terminal: what was brought, what is planned, and the scorecard at its end."""

import json
from collections.abc import Iterator
from datetime import datetime

from stanch.app.live import Brought, Ended, Event, Order, Trouble
from stanch.app.report import unmarked
from stanch.app.road import Outcome
from stanch.core.game_steps import HINT, INPUT, INVITED
from stanch.core.wanted import Text
from stanch.render.words import Words

SHOWN = 100
"""Characters of a text that one line shows."""


def line(kind: str, number: int = 0, text: str = "", count: int = 0, at: datetime | None = None) -> str:
    """One line about a game. `at` is UTC."""
    view = {"kind": kind, "number": number, "text": " ".join(text.split())[: SHOWN * 3], "count": count, "at": at}
    return Words.load()(Text("summary/game_line", view)).strip()


def listed(names: tuple[str, ...], *, as_json: bool) -> str:
    """The names, one a line, or as JSON: `{scenarios: [name]}`."""
    return json.dumps({"scenarios": names}) if as_json else "\n".join(names)


def told(event: Event, number: int) -> Iterator[str]:
    """The lines that one event is worth."""
    if isinstance(event, Brought):
        who = str(event.step.text.view.get("who", ""))
        yield line(event.step.kind, number, who, event.step.ordinal, event.at)
    elif isinstance(event, Trouble):
        yield line("trouble" if event.again else "warning", number, event.why)
    elif isinstance(event, Outcome):
        yield from (line("owed", number, debt) for debt in event.owed)
    elif isinstance(event, Ended):
        yield line("over" if event.over else "time", number)


def scorecard(event: Ended) -> str:
    """The scorecard as the issue shows it, for a terminal."""
    return unmarked(Words.load()(Text("comments/scorecard", event.scorecard)))


def report(number: int, order: Order, event: Ended | None) -> str:
    """The same as JSON, for scripts: `{number, scenario, over, scorecard}`."""
    card = {name: _plain(value) for name, value in (event.scorecard if event else {}).items() if name != "answer"}
    over = event is not None and event.over
    return json.dumps({"number": number, "scenario": order.game.name, "over": over, "scorecard": card})


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return {name: _plain(one) for name, one in value.items()} if isinstance(value, dict) else value


def planned(order: Order, *, as_json: bool) -> str:
    """What would be posted, and when, from the opening on."""
    rows = sorted(_rows(order), key=lambda row: row[0])
    if as_json:
        steps = [{"minutes": minutes, "kind": kind, "text": text} for minutes, kind, text in rows]
        return json.dumps({"scenario": order.game.name, "title": order.game.title, "steps": steps})
    return "\n".join(line("planned", text=f"{kind}: {text}", count=round(minutes)) for minutes, kind, text in rows)


def _rows(order: Order) -> Iterator[tuple[float, str, str]]:
    game, speed = order.played, order.speed
    yield 0, "alert", f"SEV-{int(game.severity)}, {game.title}: {' '.join(game.alert.split())}"
    yield 0, INVITED, ", ".join(order.people) or "whoever is on call"
    for one in game.inputs:
        yield one.at.total_seconds() / 60 / speed, INPUT, f"{one.who}: {' '.join(one.text.split())}"
    for hint in game.hints:
        yield hint.after.total_seconds() / 60 / speed, HINT, " ".join(hint.text.split())
    yield game.lasts.total_seconds() / 60 / speed, "end", "the world falls silent"
