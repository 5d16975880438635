"""What the command line says: on the terminal, as annotations, in the step's summary, and as the exit code."""

import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from stanch.cli.environment import now
from stanch.core.errors import StanchError, UsageProblem

if TYPE_CHECKING:
    from datetime import datetime

    from stanch.app.road import Outcome


def progress(outcomes: "Iterable[Outcome]") -> "list[Outcome]":
    """Every outcome that has something to say, with a line on the terminal while it takes long."""
    from stanch.app.report import run_line

    kept: list[Outcome] = []
    began = now()
    for count, outcome in enumerate(outcomes, start=1):
        if outcome.says_something:
            kept.append(outcome)
        if sys.stderr.isatty() and (now() - began).total_seconds() > 2:
            click.echo("\r" + run_line("looked", count=count), nl=False, err=True)
    return kept


def tell(outcomes: "list[Outcome]", *, dry: bool, as_json: bool, looked_at: "datetime | None" = None) -> None:
    """Say what a run came to, and leave with its exit code. `looked_at` (UTC) is when it last looked at the clocks."""
    from stanch.app import report

    clocks = report.clocks_of(outcomes, looked_at)
    shown = report.json_report(outcomes, clocks, dry=dry) if as_json else report.as_text(outcomes, clocks, dry=dry)
    click.echo(report.harmless(shown))
    if os.environ.get("GITHUB_ACTIONS") and not as_json:
        for line in report.annotations(outcomes):
            click.echo(line)
    complaint = report.complaint(outcomes)
    if complaint:
        click.echo(f"stanch: {complaint}", err=True)
    code = report.exit_code(outcomes)
    if os.environ.get("GITHUB_STEP_SUMMARY"):
        code = max(code, summarised(report.as_summary(outcomes, clocks, dry=dry)))
    sys.exit(code)


def summarised(text: str) -> int:
    """Write the step's summary; what went wrong with it is told, and never hides a graver exit code."""
    from stanch.app.report import add_to_summary

    try:
        add_to_summary(os.environ["GITHUB_STEP_SUMMARY"], text)
    except UsageProblem as problem:
        complain(problem)
        return problem.exit_code
    return 0


def complain(problem: StanchError) -> None:
    """Say on stderr what is wrong, and under Actions as an error of the step."""
    from stanch.app.report import annotation, harmless

    click.echo(f"stanch: {harmless(problem.told)}", err=True)
    if os.environ.get("GITHUB_ACTIONS"):
        click.echo(annotation(problem.told))


def print_judged(text: str, owed: Iterable[str]) -> None:
    """Print what was asked for, and on stderr what could not be done."""
    from stanch.app.report import harmless

    click.echo(harmless(text), nl=False)
    for debt in owed:
        click.echo(f"stanch: {harmless(debt)}", err=True)
