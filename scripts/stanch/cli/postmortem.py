"""The commands of `stanch postmortem`. To add one: its function, and the tuple at the end."""

import os
import sys

import click

from stanch.cli import as_json, number


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
def lint(
    files: tuple[str, ...],
    *,
    issue: int | None,
    fix: bool,
    dry_run: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    listing: bool,
    short: bool,
    as_json: bool,
) -> None:
    """Say what a post-mortem still lacks: the FILEs that are named (`-` reads from stdin), or an issue.

    Exit 1 means that there are errors; warnings and advice alone leave it at 0.
    """
    from stanch.app.lint import Order, chosen, lint_files, lint_issue
    from stanch.app.lint_told import listed
    from stanch.cli.environment import connected_desk, now
    from stanch.core.errors import UsageProblem

    if listing:
        click.echo(listed(), nl=False)
        return
    if issue and files:
        raise UsageProblem("Name files or an issue, not both.")
    order = Order(now(), chosen(select, ignore), fix=fix, dry=dry_run, short=short)
    told = lint_issue(connected_desk(dry=True), issue, order) if issue else lint_files(files, order)
    click.echo(told.json if as_json else told.text, nl=False)
    if os.environ.get("GITHUB_ACTIONS") and not as_json:
        for line in told.annotations:
            click.echo(line)
    for problem in told.problems:
        click.echo(f"stanch: {problem}", err=True)
    sys.exit(told.exit_code)


COMMANDS: tuple[click.Command, ...] = (lint,)
