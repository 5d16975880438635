"""`stanch watch`: the one command that sleeps."""

import math
import time
from dataclasses import replace
from datetime import timedelta

import click

from stanch.cli import as_json, dry_run

FIVE_DAYS = 7200
"""Minutes: no runner of GitHub's, nor one of your own, keeps a job for longer."""


def counted(_context: click.Context, _option: click.Parameter, value: float | None) -> float | None:
    """What is between two bounds; click lets `nan` through, which is between any."""
    if value is not None and math.isnan(value):
        raise click.BadParameter("nan is not a number of anything.")
    return value


@click.command()
@click.option(
    "--minutes",
    type=click.FloatRange(0, FIVE_DAYS, min_open=True),
    callback=counted,
    default=12,
    show_default=True,
    help="After so long it hands over to the next watcher; before the runner's own limit.",
)
@click.option(
    "--nap",
    type=click.FloatRange(0, 3600, min_open=True),
    callback=counted,
    hidden=True,
    help="Seconds of every sleep.",
)
@dry_run
@as_json
def watch(minutes: float, nap: float | None, *, dry_run: bool, as_json: bool) -> None:
    """Keep the clocks of what burns to the minute: say what falls due, sleep, and end when nothing needs it.

    With --dry-run it looks once.
    """
    from stanch.app.report import harmless
    from stanch.app.road import Outcome
    from stanch.app.watch import USUAL, Nap, Tally, told, watch
    from stanch.cli.environment import connected_desk, now
    from stanch.cli.telling import tell

    desk, pace = connected_desk(dry=dry_run), replace(USUAL, shift=timedelta(minutes=minutes))
    if nap is not None:
        pace = replace(pace, shortest=timedelta(seconds=nap), longest=timedelta(seconds=nap))
    tally = Tally()
    for event in watch(lambda: replace(desk, now=now()), pace):
        if isinstance(event, Outcome):
            tally.take_in(event)
            continue
        click.echo(harmless(told(event, desk.instant)), err=True)
        if dry_run:
            break
        if isinstance(event, Nap):
            time.sleep(event.length.total_seconds())
            tally.look_again()
    tell(tally.outcomes, dry=dry_run, as_json=as_json, looked_at=desk.instant)


COMMAND = watch
