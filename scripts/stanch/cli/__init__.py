"""The command line: the only place that reads the environment and the clock.

Exit 0 fine, 1 findings, 2 usage or config error, 3 could not tell, 130 interrupted. Every import that costs
stands inside the command that needs it.
"""

import os
import sys
from functools import partial

import click

from stanch import __version__
from stanch.cli.late import Late, Root, Whole
from stanch.core.errors import StanchError, UsageProblem

dry_run = click.option("--dry-run", is_flag=True, help="Print what would be written, and write nothing.")
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON for scripts.")


def number(text: str) -> int:
    """The number of an issue or a pull request, with or without the `#` that people write before it."""
    from stanch.adapters.payload import HIGHEST

    digits = text.removeprefix("#")
    numeric = digits.isascii() and digits.isdecimal() and len(digits) <= len(str(HIGHEST))
    if not numeric or not 1 <= int(digits) <= HIGHEST:
        raise click.BadParameter(f"{text[:40]!r} is no number of an issue or a pull request. Give one like 12.")
    return int(digits)


@click.group(cls=Root, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="stanch", message="%(prog)s %(version)s")
def cli() -> None:
    """Incident response that lives in your GitHub repository."""


@cli.command()
@click.option("--event-name", envvar="GITHUB_EVENT_NAME", help="The event's name; Actions sets it.")
@click.option("--event-path", envvar="GITHUB_EVENT_PATH", help="The file with the event; Actions sets it.")
@click.option("--issue", type=number, help="Look at this issue instead of an event's.")
@dry_run
@as_json
def handle(event_name: str | None, event_path: str | None, issue: int | None, *, dry_run: bool, as_json: bool) -> None:
    """Look at the issue that an event names, and make true what should be true."""
    from stanch.adapters.payload import Trigger, read
    from stanch.app.handle import handle as carry_event
    from stanch.cli.environment import connected_desk
    from stanch.cli.telling import tell

    if issue is None and not event_path:
        raise UsageProblem(
            "No event: GITHUB_EVENT_PATH is not set. Run this in a workflow, or name an issue with --issue."
        )
    trigger = Trigger("issues", "", issue) if issue else read(event_name or "", event_path or "")
    desk = connected_desk(dry=dry_run)
    tell(list(carry_event(desk, trigger)), dry=dry_run, as_json=as_json, looked_at=desk.instant)


@cli.command()
@click.option("--event-name", envvar="GITHUB_EVENT_NAME", help="What started it; Actions sets it.")
@dry_run
@as_json
def sweep(event_name: str | None, *, dry_run: bool, as_json: bool) -> None:
    """Look at everything that is open, and do what is due.

    Started by Actions, it also looks at the set-up: once a week, and at once after a push.
    """
    from stanch.app.examining import Weekly
    from stanch.app.sweep import sweep as sweep_all
    from stanch.cli.environment import connected_desk
    from stanch.cli.telling import progress, tell

    desk = connected_desk(dry=dry_run)
    weekly = Weekly(__version__, now=event_name == "push") if event_name else None
    tell(
        progress(sweep_all(desk, weekly)),
        dry=dry_run,
        as_json=as_json,
        looked_at=desk.instant,
    )


@cli.command()
@click.argument("number", type=number, required=False)
@click.option("--explain", is_flag=True, help="Print every rule with its evidence and its reason; writes nothing.")
@click.option("--as", "severity", metavar="SEV-N", help="Ask what would be at this severity; writes nothing.")
@click.option("--event-name", envvar="GITHUB_EVENT_NAME", help="The event's name; Actions sets it.")
@click.option("--event-path", envvar="GITHUB_EVENT_PATH", help="The file with the event; Actions sets it.")
@dry_run
@as_json
def gate(
    number: int | None,
    severity: str | None,
    event_name: str | None,
    event_path: str | None,
    *,
    explain: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Hold a pull request to the rules of a hotfix: the one that is named, or those that an event is about.

    With a NUMBER, exit 1 means that the gate is not green, and 3 that it could not be told.
    """
    from stanch.app import explain as telling
    from stanch.app.gate_events import react
    from stanch.app.report import run_line
    from stanch.cli.environment import connected_desk
    from stanch.cli.telling import print_judged, tell

    if number is not None:
        level = telling.severity_named(severity)
        desk = connected_desk(dry=dry_run or explain or level is not None)
        if sys.stderr.isatty():
            click.echo(run_line("reading", number=number), err=True)
        told = telling.explain(desk, number, level, explain=explain, as_json=as_json)
        print_judged(told.text, told.outcome.owed)
        sys.exit(told.exit_code)
    if severity is not None or explain:
        raise UsageProblem("--as and --explain ask about one pull request. Name its number.")
    if not event_path:
        raise UsageProblem("No event: GITHUB_EVENT_PATH is not set. Run this in a workflow, or name a pull request.")
    from stanch.adapters.payload import read

    tell(list(react(connected_desk(dry=dry_run), read(event_name or "", event_path))), dry=dry_run, as_json=as_json)


@cli.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--strict", is_flag=True, help="Only boxes in a section of action items.")
@click.option(
    "--dates",
    type=click.Choice(["day-first", "month-first"]),
    help="How a date such as 03/04/2026 is read; else the config says it.",
)
@as_json
def actions(files: tuple[str, ...], dates: str | None, *, strict: bool, as_json: bool) -> None:
    """List the action items of post-mortems, in whatever way they are written. FILE is a name, or - for stdin.

    With --json there is one line for each file: a list of its items, or null for a file that cannot be read.
    """
    from stanch.app.actions import listed
    from stanch.app.config import rules_here
    from stanch.core.actions import Reading

    how = Reading(day_first=dates == "day-first" if dates else rules_here().postmortem.day_first)
    told = listed(files, sys.stdin.buffer.read, how, strict=strict, as_json=as_json)
    if told.text:
        click.echo(told.text)
    for warning in told.warnings:
        click.echo(f"stanch: {warning}", err=True)
    sys.exit(told.exit_code)


@cli.command()
@click.option("--base", help="The commit that the change is compared with. Default: the base of the event.")
@click.option("--head", help="The commit with the change. Default: the head of the event, else HEAD.")
@click.option("--repository", type=click.Path(), default=".", show_default=True, help="The git repository's folder.")
@click.option("--out", type=click.Path(), default="stanch-proof", show_default=True, help="Where the evidence goes.")
@click.option("--event-path", envvar="GITHUB_EVENT_PATH", help="The file with the event; Actions sets it.")
@click.option("--dry-run", is_flag=True, help="Print what would be run, and run nothing.")
@as_json
def prove(
    *,
    base: str | None,
    head: str | None,
    repository: str,
    out: str,
    event_path: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Show by running it that a change's test fails without the change and passes with it."""
    from stanch.app import prove as proof
    from stanch.app.report import harmless
    from stanch.cli.telling import summarised

    order = proof.ordered(base, head, event_path, repository, out)
    say = partial(click.echo, err=True)
    told = proof.planned(order, os.environ) if dry_run else proof.prove(order, os.environ, say)
    click.echo(harmless(told.json if as_json else "\n".join(told.lines)))
    code = told.exit_code
    if told.summary and os.environ.get("GITHUB_STEP_SUMMARY"):
        code = max(code, summarised(told.summary))
    sys.exit(code)


@cli.group(cls=Late)
def postmortem() -> None:
    """Post-mortems: what one begins with, and what it still lacks."""


@cli.group(cls=Whole)
def sandbox() -> None:
    """The embedded GitHub."""


@sandbox.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=4010,
    show_default=True,
    help="On the loopback interface; 0 picks one.",
)
@click.option("--receiver", help="Where webhooks are delivered.")
@click.option(
    "--world",
    "world_file",
    type=click.Path(),
    help="People, labels and files, as in a scenario.",
)
def serve(port: int, receiver: str | None, world_file: str | None) -> None:
    """Serve a repository of its own: REST, GraphQL and webhooks, in memory.

    GITHUB_API_URL points a command at it. Its clock stands still until a POST of {"advance": seconds} to
    /_sandbox/clock moves it.
    """
    from stanch.app.serve import serve as serve_world
    from stanch.cli.environment import now

    serve_world(port, receiver, world_file, now(), click.echo)


def main() -> None:
    """Run the command line; every failure ends in one sentence and the right exit code."""
    from stanch.cli.telling import complain

    try:
        cli.main(prog_name="stanch", standalone_mode=False)
    except click.exceptions.Exit as leaving:
        sys.exit(leaving.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except click.ClickException as problem:
        problem.show()
        sys.exit(2)
    except StanchError as problem:
        complain(problem)
        sys.exit(problem.exit_code)
