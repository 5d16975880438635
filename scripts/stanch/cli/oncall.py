"""`stanch oncall`."""

import sys

import click

from stanch.cli import as_json

MOST_WEEKS = 52


@click.command()
@click.argument("file", type=click.Path(), required=False)
@click.option("--at", metavar="T", help="Ask about this instant: 2026-12-24 18:00, with UTC behind it, or a day.")
@click.option(
    "--weeks",
    type=click.IntRange(0, MOST_WEEKS),
    default=4,
    show_default=True,
    help="List this many weeks from then on.",
)
@as_json
def oncall(file: str | None, at: str | None, weeks: int, *, as_json: bool) -> None:
    """Say who is on call, until when, and who is next; FILE is the configuration, by default the one in force.

    It asks nothing of GitHub: swaps of a hand-over issue are not seen. Exit 1 means that nobody is named.
    """
    from stanch.app.oncall import Question, told
    from stanch.app.report import harmless
    from stanch.cli.environment import now

    answer = told(Question(file, at, now(), weeks), as_json=as_json)
    if answer.text:
        click.echo(harmless(answer.text, as_json=as_json))
    for problem in answer.problems:
        click.echo(f"stanch: {harmless(problem)}", err=True)
    sys.exit(answer.exit_code)


COMMAND = oncall
