"""`stanch init`: the questions, and where it looks and writes."""

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, TypedDict, TypeVar, Unpack

import click

from stanch.cli import as_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from stanch.app.init import Place
    from stanch.app.init_work import Standing
    from stanch.core.setup.choices import Choices

T = TypeVar("T")

NOBODY, LATER = "none", "later"
"""What is answered where there is nobody, and where it is decided later."""

PATIENCE = 2
"""Seconds before somebody who waits is told what is being done."""


class Asked(TypedDict):
    """What `init` is asked on the command line, option by option."""

    yes: bool
    people: str | None
    zone: str | None
    clients: str | None
    again: tuple[str, ...]
    remove: bool
    local: bool
    action: str | None
    dry_run: bool
    as_json: bool


@click.command()
@click.option("--yes", is_flag=True, help="Ask nothing: take what is proposed.")
@click.option("--people", help="Who is called, in this order: logins with commas between them, or none.")
@click.option("--zone", help="The team's time zone, such as Europe/Berlin.")
@click.option("--clients", help="Your clients' logins, or none.")
@click.option("--overwrite", "again", multiple=True, metavar="PATH", help="Write this file anew, whatever it says.")
@click.option("--remove", is_flag=True, help="Take away again what was brought and nobody edited.")
@click.option("--local", is_flag=True, help="Write into this clone, even with a token.")
@click.option("--action", metavar="OWNER/REPOSITORY@SHA", help="The commit of Stanch that the workflows run.")
@click.option("--dry-run", is_flag=True, help="Print what would be written, and write nothing.")
@as_json
def init(**asked: Unpack[Asked]) -> None:
    """Bring Stanch into a repository by one pull request, upgrade it, or take it out; nothing happens before the merge.

    Without GITHUB_TOKEN the files are written into the clone that you stand in.
    """
    from stanch.app import init_told as told
    from stanch.app.init_work import decided, ordered, standing
    from stanch.app.report import harmless
    from stanch.cli.environment import now

    dry, json = asked["dry_run"], asked["as_json"]
    order = ordered(now(), asked["action"], asked["again"], remove=asked["remove"], dry=dry)
    place = _place(local=asked["local"])
    there = standing(place.look(order), order)
    work = decided(there, _choices(there, asked, asks=_asks(there, asked)), order)
    if not json:
        colours = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        click.echo(harmless(told.planned(work, whole=dry, colours=colours)) + "\n")
    nothing = not work.upgrade.writes
    landed = told.Landed("nothing" if nothing else "dry") if nothing or dry else place.bring(work)
    click.echo(harmless(told.as_json(work, landed) if json else told.ended(work, landed)))


def _asks(there: "Standing", asked: Asked) -> bool:
    """Whether somebody is asked anything; where nobody could answer, that is said."""
    from stanch.app.init_told import line

    wanted = there.asks and not (asked["yes"] or asked["remove"] or asked["as_json"])
    if wanted and not sys.stdin.isatty():
        click.echo(line("silent"), err=True)
    return wanted and sys.stdin.isatty()


def _place(*, local: bool) -> "Place":
    """GitHub with a token, else the folder; the repository is GITHUB_REPOSITORY's, else that of the remote `origin`."""
    from stanch.adapters.setup.checkout import Checkout
    from stanch.app.init import Here, on_github
    from stanch.cli.environment import address, origin, owner_and_name, required

    if local or not os.environ.get("GITHUB_TOKEN", "").strip():
        return Here(Checkout(".", os.environ))
    owner, name = owner_and_name(otherwise=origin)
    return on_github(
        required("GITHUB_TOKEN", "what GitHub knows you by"), address(), owner, name, _waiting(f"{owner}/{name}")
    )


def _waiting(name: str) -> Callable[[str], None]:
    """Says on a terminal what is being done, once it has taken more than PATIENCE."""
    from stanch.app.init_told import line
    from stanch.cli.environment import now

    began = now()

    def say(kind: str) -> None:
        if sys.stderr.isatty() and (now() - began).total_seconds() >= PATIENCE:
            click.echo(line(kind, name), err=True)

    return say


def _choices(there: "Standing", asked: Asked, *, asks: bool) -> "Choices":
    """What the options say, else what was decided before, else the answer to at most four questions.

    Where nothing is asked, what is proposed counts. Labels are never taken in unasked: they call people.
    """
    from stanch.core.setup.choices import Choices, proposed_people

    chosen = there.installed.choices if there.installed else Choices()
    options = {"people": asked["people"], "zone": asked["zone"], "clients": asked["clients"]}
    likely = {"people": ", ".join(proposed_people(there.found)) or NOBODY, "zone": _zone_here(), "clients": LATER}

    def answer(kind: str, read: Callable[[str], T], before: T) -> T:
        option = options[kind]
        if option is not None:
            return read(option)
        if not there.asks:
            return before
        return _answer(kind, likely[kind] or "UTC", read) if asks else read(likely[kind])

    return Choices(
        people=answer("people", _people, chosen.people),
        zone=answer("zone", _zone, chosen.zone),
        clients=answer("clients", _clients, chosen.clients),
        labels=_labels(there) if asks else chosen.labels,
        prepare=chosen.prepare,
    )


def _answer(kind: str, likely: str, read: Callable[[str], T]) -> T:
    from stanch.app.init_told import line

    answered: T = click.prompt(line(kind), default=likely, value_proc=read, err=True)
    return answered


def _labels(there: "Standing") -> "Mapping[str, tuple[str, ...]]":
    """Labels of the repository's own that mean a severity, if there are any that may, and if it is wanted."""
    from stanch.app.init_told import line
    from stanch.core.setup.choices import proposed_labels

    labels = proposed_labels(there.found)
    named = [f"{label} ({severity})" for severity, names in labels.items() for label in names]
    question = line("labels", ", ".join(named), len(named))
    return labels if labels and click.confirm(question, default=False, err=True) else {}


def _people(text: str) -> tuple[str, ...]:
    from stanch.app.init_told import line
    from stanch.core.setup.choices import logins

    named = () if text.strip().lower() == NOBODY else logins(text)
    if named is None:
        raise click.BadParameter(line("no_login", text[:80]))
    return named


def _clients(text: str) -> tuple[str, ...] | None:
    """None: it is decided later."""
    return None if text.strip().lower() == LATER else _people(text)


def _zone(text: str) -> str:
    from stanch.app.init_told import line
    from stanch.core.setup.choices import zone_named

    named = zone_named(text) if text else ""
    if named is None:
        raise click.BadParameter(line("no_zone", text[:80]))
    return named


def _zone_here() -> str:
    """This machine's zone, where it has one that is known."""
    from stanch.cli.environment import zone_here
    from stanch.core.setup.choices import zone_named

    return zone_named(zone_here()) or ""


COMMAND = init
