"""The commands of `stanch runbooks`."""

import os
import sys

import click

from stanch.cli import as_json
from stanch.cli.late import Whole


@click.group(cls=Whole)
def runbooks() -> None:
    """Runbooks: what they still lack, which of them fits, and which services hang together."""


@runbooks.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--select", multiple=True, metavar="CODES", help="Ask only these rules, such as R004,R005.")
@click.option("--ignore", multiple=True, metavar="CODES", help="Leave these rules out.")
@click.option("--strict", is_flag=True, help="Let warnings count as errors do.")
@click.option("--list", "listing", is_flag=True, help="List the rules with their reasons.")
@as_json
def lint(
    paths: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    *,
    strict: bool,
    listing: bool,
    as_json: bool,
) -> None:
    """Say what the runbooks and the handbook still lack: PATHs are files or folders, by default runbooks/.

    Exit 1 means that there are errors; warnings alone leave it at 0.
    """
    from stanch.app.runbooks import Order, chosen, lint_here
    from stanch.app.runbooks_told import listed
    from stanch.cli.environment import now

    if listing:
        click.echo(listed(), nl=False)
        return
    told = lint_here(paths, Order(now(), chosen(select, ignore), strict=strict))
    click.echo(told.json if as_json else told.text, nl=False)
    if os.environ.get("GITHUB_ACTIONS") and not as_json:
        for line in told.annotations:
            click.echo(line)
    for problem in told.problems:
        click.echo(f"stanch: {problem}", err=True)
    sys.exit(told.exit_code)


@runbooks.command()
@click.argument("text", nargs=-1, required=True, metavar="TEXT...")
@click.option("--top", type=click.IntRange(1, 20), default=3, show_default=True, help="How many are named at most.")
@as_json
def suggest(text: tuple[str, ...], top: int, *, as_json: bool) -> None:
    """Name the runbooks that fit what is said, each with its reason: TEXT, or - to read it from stdin.

    Exit 1 means that none fits. It reads runbooks/ where one stands, and asks nobody else.
    """
    from stanch.app.suggesting import suggested

    said = sys.stdin.buffer.read().decode("utf-8", "replace") if text == ("-",) else " ".join(text)
    told = suggested(said, top, as_json=as_json)
    click.echo(told.text, nl=False)
    for problem in told.problems:
        click.echo(f"stanch: {problem}", err=True)
    sys.exit(told.exit_code)


@runbooks.command(name="map")
def draw() -> None:
    """Print which service needs which, as a Mermaid flowchart, from the configuration's services."""
    from stanch.app.runbooks import service_map

    click.echo(service_map(), nl=False)


COMMAND = runbooks
