"""The commands of `stanch config`."""

import sys

import click

from stanch.cli import as_json
from stanch.cli.late import Whole


@click.group(cls=Whole)
def config() -> None:
    """The team's decisions in `.github/stanch.yml`."""


@config.command()
@click.argument("file", type=click.Path(), required=False)
@as_json
def check(file: str | None, *, as_json: bool) -> None:
    """Say everything that is wrong with a configuration file: with none named, the one that the bot reads.

    Exit 2 means that something is wrong, 1 that nothing is, but that something should be known.
    """
    from stanch.app.config import check as check_config

    lines, code = check_config(file, as_json=as_json)
    click.echo(lines)
    sys.exit(code)


@config.command()
def schema() -> None:
    """Print the JSON Schema of the configuration, for editors."""
    from stanch.app.config import schema as config_schema

    click.echo(config_schema())


COMMAND = config
