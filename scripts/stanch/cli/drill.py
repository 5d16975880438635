"""`stanch drill`: incidents that are only played, on the embedded GitHub or, with --live, by the team itself."""

import os
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from stanch.cli import as_json, number
from stanch.cli.watch import counted

if TYPE_CHECKING:
    from stanch.app.desk import Desk
    from stanch.app.live import Order
    from stanch.core.game import Game

SHORTEST_MINUTES, LONGEST_MINUTES = 1, 480
SLOWEST, FASTEST = 0.1, 1000


class Asked(TypedDict):
    """What `drill` is asked on the command line, option by option."""

    scenario: str | None
    demo: bool
    out: str | None
    listing: bool
    live: bool
    people: str | None
    minutes: float | None
    speed: float | None
    resume: int | None
    dry_run: bool
    as_json: bool


@click.command()
@click.argument("scenario", required=False)
@click.option("--demo", is_flag=True, help="Play every scenario that ships with Stanch.")
@click.option("--out", type=click.Path(), help="Write index.html with what happened in this folder.")
@click.option("--list", "listing", is_flag=True, help="Name the scenarios that ship with Stanch.")
@click.option("--live", is_flag=True, help="A game day: open a real issue, which the team works on in real time.")
@click.option("--people", help="With --live: who is invited, as alex,jordan. Default: whoever is on call.")
@click.option(
    "--minutes",
    type=click.FloatRange(SHORTEST_MINUTES, LONGEST_MINUTES),
    callback=counted,
    help="With --live: it ends after so long. Default: what the scenario says.",
)
@click.option(
    "--speed",
    type=click.FloatRange(SLOWEST, FASTEST),
    callback=counted,
    help="With --live: so many times as fast, for a rehearsal. Promises keep their own time. Default: 1.",
)
@click.option("--resume", type=number, metavar="ISSUE", help="With --live: go on with a game that was stopped.")
@click.option("--dry-run", is_flag=True, help="With --live: print what would be posted and when, and write nothing.")
@as_json
def drill(**asked: Unpack[Asked]) -> None:
    """Play incidents on the embedded GitHub, in virtual time. SCENARIO is a name or a file.

    With --live it is a game day on a real issue. Exit 1 means that the issue is still open at the end.
    """
    from stanch.core.errors import UsageProblem

    only_live = ("people", "minutes", "speed", "resume", "dry_run")
    if asked["live"]:
        _live(asked)
    elif any(asked[name] for name in only_live):  # type: ignore[literal-required] # names of the table above
        raise UsageProblem("--people, --minutes, --speed, --resume and --dry-run belong to --live. Add it.")
    else:
        _embedded(asked)


def _embedded(asked: Asked) -> None:
    from stanch.app.drill import listed, names, play_all

    if asked["listing"]:
        click.echo(listed(as_json=asked["as_json"]))
        return
    chosen = names() if asked["demo"] or not asked["scenario"] else (asked["scenario"],)
    say: Callable[[str], None] = (lambda line: click.echo(line, err=True)) if asked["as_json"] else click.echo
    click.echo(
        play_all(chosen, asked["out"], say, environment=os.environ, as_json=asked["as_json"]), nl=asked["as_json"]
    )


def _live(asked: Asked) -> None:
    from stanch.adapters.game_file import names, read_game
    from stanch.app.live_told import listed, planned
    from stanch.app.report import harmless
    from stanch.core.errors import UsageProblem

    if asked["demo"] or asked["out"]:
        raise UsageProblem("--demo and --out belong to the embedded GitHub. Leave --live out.")
    if asked["listing"]:
        click.echo(listed(names(), as_json=asked["as_json"]))
        return
    game = read_game(asked["scenario"]) if asked["scenario"] else None
    if game is None and (asked["resume"] is None or asked["dry_run"]):
        raise UsageProblem(f"Name the scenario of the game day: {', '.join(names())}, or a file.")
    if game is not None and asked["dry_run"]:
        told = planned(_order(asked, game, 1.0), as_json=asked["as_json"])
        click.echo(harmless(told, as_json=asked["as_json"]))
        return
    _play(asked, game)


def _order(asked: Asked, game: "Game", speed: float) -> "Order":
    from datetime import timedelta

    from stanch.app.live import Order
    from stanch.core.errors import UsageProblem
    from stanch.core.login import is_login

    named = tuple(dict.fromkeys(part.removeprefix("@") for part in (asked["people"] or "").replace(",", " ").split()))
    wrong = next((login for login in named if not is_login(login)), None)
    if wrong is not None:
        raise UsageProblem(f"--people: {wrong[:40]!r} is no GitHub login. Write logins, as alex,jordan.")
    minutes = asked["minutes"]
    lasts = game.lasts if minutes is None else timedelta(minutes=minutes)
    return Order(game, named, asked["speed"] or speed, lasts)


def _begun(asked: Asked, desk: "Desk", game: "Game | None") -> "tuple[int, Order]":
    """The issue of the game, opened now or before, and what is played on it."""
    from dataclasses import replace

    from stanch.adapters.game_file import read_game
    from stanch.app.live import begin, going_on, invited, standing

    if asked["resume"] is None and game is not None:
        return begin(desk, _order(asked, game, 1.0))
    number = asked["resume"] or 0
    game, speed = going_on(desk, number, game, read_game)
    order = _order(asked, game, speed)
    return number, replace(order, people=invited(standing(desk)[0], desk.instant, order.people))


def _play(asked: Asked, game: "Game | None") -> None:
    import shlex
    from dataclasses import replace

    from stanch.app.live import Ended, Nap, play
    from stanch.app.live_told import line, report, scorecard, told
    from stanch.app.report import harmless
    from stanch.cli.environment import connected_desk, now
    from stanch.core.errors import StanchError

    say = partial(click.echo, err=asked["as_json"])
    desk = connected_desk(dry=False)
    number, order = _begun(asked, desk, game)
    say(harmless(line("going on" if asked["resume"] else "opened", number, order.game.title)))
    stopped = harmless(line("stopped", number, shlex.quote(asked["scenario"]) if asked["scenario"] else ""))
    last: Ended | None = None
    try:
        for event in play(lambda: replace(desk, now=now()), order, number):
            for text in told(event, number):
                say(harmless(text))
            if isinstance(event, Nap):
                time.sleep(event.length.total_seconds())
            last = event if isinstance(event, Ended) else None
    except KeyboardInterrupt:
        say(stopped)
        sys.exit(130)
    except StanchError:
        say(stopped)
        raise
    if asked["as_json"]:
        click.echo(harmless(report(number, order, last), as_json=True))
    elif last is not None:
        click.echo(harmless(scorecard(last)), nl=False)
    sys.exit(0 if last is not None and last.over else 1)


COMMAND = drill
