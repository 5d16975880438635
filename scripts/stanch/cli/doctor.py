"""`stanch doctor`."""

import shutil
import sys
from typing import TYPE_CHECKING

import click

from stanch.cli import as_json, dry_run

if TYPE_CHECKING:
    from stanch.app.doctor_told import Told


@click.command()
@click.option("--fix", is_flag=True, help="Make and paint labels, switch workflows on again, and offer a ruleset.")
@click.option("--yes", is_flag=True, help="With --fix: agree to the ruleset that is shown.")
@click.option("--notify", is_flag=True, help="Send a test message to every channel that a secret connects.")
@dry_run
@as_json
def doctor(*, fix: bool, yes: bool, notify: bool, dry_run: bool, as_json: bool) -> None:
    """Look at the whole set-up, and say what is wrong, why it matters and how to mend it.

    It only reads, unless --fix or --notify is given. Exit 1 means that something is wrong, 3 that nothing is as far as
    this token may see.
    """
    from stanch import __version__
    from stanch.app.doctor import Order, examined
    from stanch.app.doctor_told import as_json as json_of
    from stanch.app.doctor_told import as_table, line
    from stanch.cli.environment import connected_desk, origin
    from stanch.core.errors import UsageProblem

    if yes and not fix:
        raise UsageProblem("--yes agrees to what --fix shows. Give both.")
    desk = connected_desk(dry=dry_run, otherwise=origin)
    order = Order(__version__, fix=fix, notify=notify)
    told: Told = examined(desk, order, lambda shown: _agreed(shown, asks=not (yes or dry_run)))
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0
    click.echo(json_of(told) if as_json else as_table(told, width))
    if notify and not told.sent:
        click.echo(line("no_channel"), err=True)
    sys.exit(told.exit_code)


def _agreed(shown: str, *, asks: bool) -> bool:
    """Show what is about to be made, and ask where that is to be asked; where nobody can answer, the answer is no."""
    from stanch.app.doctor_told import line
    from stanch.app.report import harmless

    click.echo(harmless(shown), err=True)
    if not asks:
        return True
    return sys.stdin.isatty() and click.confirm(line("ask"), err=True)


COMMAND = doctor
