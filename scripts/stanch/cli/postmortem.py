"""The commands of `stanch postmortem`. To add one: its function, and the tuple at the end."""

import os
import sys
from typing import TypedDict, Unpack

import click

from stanch.cli import as_json, number


class Asked(TypedDict):
    """What `lint` is asked on the command line, option by option."""

    files: tuple[str, ...]
    issue: int | None
    fix: bool
    dry_run: bool
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    listing: bool
    short: bool
    as_json: bool


@click.command()
@click.argument("files", nargs=-1, metavar="FILE...")
@click.option("--issue", type=number, help="Read this issue instead of files.")
@click.option("--fix", is_flag=True, help="Mend what is mechanical, and print the diff; of an issue only the diff.")
@click.option("--dry-run", is_flag=True, help="With --fix: print the diff, and write nothing.")
@click.option("--select", multiple=True, metavar="CODES", help="Ask only these rules, such as P005,P006.")
@click.option("--ignore", multiple=True, metavar="CODES", help="Leave these rules out.")
@click.option("--list", "listing", is_flag=True, help="List the rules with their reasons.")
@click.option("--short", is_flag=True, help="Ask for the sections of the short form only.")
@as_json
def lint(**asked: Unpack[Asked]) -> None:
    """Say what a post-mortem still lacks: the FILEs that are named (`-` reads from stdin), or an issue.

    Exit 1 means that there are errors; warnings and advice alone leave it at 0.
    """
    from stanch.app.lint import Order, chosen, lint_files, lint_issue
    from stanch.app.lint_told import listed
    from stanch.cli.environment import connected_desk, now
    from stanch.core.errors import UsageProblem

    if asked["listing"]:
        click.echo(listed(), nl=False)
        return
    files, issue = asked["files"], asked["issue"]
    if issue and files:
        raise UsageProblem("Name files or an issue, not both.")
    codes = chosen(asked["select"], asked["ignore"])
    order = Order(now(), codes, fix=asked["fix"], dry=asked["dry_run"], short=asked["short"])
    if issue:
        told = lint_issue(connected_desk(dry=True), issue, order)
    else:
        told = lint_files(files, sys.stdin.buffer.read, order)
    click.echo(told.json if asked["as_json"] else told.text, nl=False)
    if os.environ.get("GITHUB_ACTIONS") and not asked["as_json"]:
        for line in told.annotations:
            click.echo(line)
    for problem in told.problems:
        click.echo(f"stanch: {problem}", err=True)
    sys.exit(told.exit_code)


@click.command()
@click.option("--issue", type=number, required=True, help="The incident's number.")
@click.option(
    "--layout", type=click.Choice(["default", "short", "list", "table"]), help="Default: what the configuration says."
)
@click.option("--short", is_flag=True, help="The short form; the default while the incident is open.")
@click.option("--client", is_flag=True, help="For clients: without names, numbers, commits and internals.")
@click.option("--out", type=click.Path(), metavar="FILE", help="Write it to this file instead of printing it.")
def new(issue: int, layout: str | None, out: str | None, *, short: bool, client: bool) -> None:
    """Print the post-mortem of an incident, filled with what its thread records; nothing is written to GitHub."""
    from stanch.app.report import harmless
    from stanch.app.write import keep, ordered
    from stanch.app.write import new as write
    from stanch.cli.environment import connected_desk

    report = write(connected_desk(dry=True), ordered(issue, layout, short=short, client=client))
    if out is None:
        click.echo(harmless(report.text), nl=False)
    else:
        keep(report.text, out)
    for problem in report.problems:
        click.echo(f"stanch: {harmless(problem)}", err=True)
    sys.exit(report.exit_code)


COMMANDS: tuple[click.Command, ...] = (new, lint)
