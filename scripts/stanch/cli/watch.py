"""`stanch watch`: the one command that sleeps."""

import time
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from stanch.cli import as_json, dry_run

if TYPE_CHECKING:
    from stanch.app.road import Outcome


@click.command()
@click.option(
    "--minutes",
    type=click.FloatRange(min=0, min_open=True),
    default=12,
    show_default=True,
    help="After so long it hands over to the next watcher; before the runner's own limit.",
)
@click.option("--nap", type=click.FloatRange(min=0, min_open=True), hidden=True, help="Seconds of every sleep.")
@dry_run
@as_json
def watch(minutes: float, nap: float | None, *, dry_run: bool, as_json: bool) -> None:
    """Keep the clocks of what burns to the minute: say what falls due, sleep, and end when nothing needs it.

    With --dry-run it looks once.
    """
    from stanch.app.report import harmless
    from stanch.app.road import Outcome
    from stanch.app.watch import USUAL, Nap, told, watch
    from stanch.cli.environment import connected_desk, now
    from stanch.cli.telling import tell

    desk, pace = connected_desk(dry=dry_run), replace(USUAL, shift=timedelta(minutes=minutes))
    if nap is not None:
        pace = replace(pace, shortest=timedelta(seconds=nap), longest=timedelta(seconds=nap))
    newest: dict[int | None, Outcome] = {}
    for event in watch(lambda: replace(desk, now=now()), pace):
        if isinstance(event, Outcome):
            newest[event.number] = _with(newest.get(event.number), event)
            continue
        click.echo(harmless(told(event, desk.instant)), err=True)
        if dry_run:
            break
        if isinstance(event, Nap):
            time.sleep(event.length.total_seconds())
    tell([one for one in newest.values() if one.says_something], dry=dry_run, as_json=as_json, looked_at=desk.instant)


def _with(before: "Outcome | None", now: "Outcome") -> "Outcome":
    """All that was written to one thread; what is owed there only as it stands now."""
    if before is None:
        return now
    late = [one for one in (before.late, now.late) if one is not None]
    return replace(now, writes=(*before.writes, *now.writes), late=max(late, default=None))


COMMAND = watch
