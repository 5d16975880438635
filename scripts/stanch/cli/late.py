"""Groups whose commands stand in files of their own, which are read when one of them is asked for."""

from importlib import import_module

import click

LATE = {
    "config": "stanch.cli.config",
    "drill": "stanch.cli.drill",
    "init": "stanch.cli.init",
    "doctor": "stanch.cli.doctor",
    "oncall": "stanch.cli.oncall",
    "runbooks": "stanch.cli.runbooks",
    "watch": "stanch.cli.watch",
}
"""Commands of the first level that stand in a file of their own; each file calls its command `COMMAND`."""

LONGEST = 400
"""Characters of a command's first sentence in a list."""


class Whole(click.Group):
    """A group whose list of commands gives each its first sentence whole, on as many lines as that takes."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        found = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        rows = [(name, command.get_short_help_str(limit=LONGEST)) for name, command in found if command]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


class Root(Whole):
    """The first level: a command that stands in a file of its own is read when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *LATE})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in LATE:
            return super().get_command(ctx, cmd_name)
        command: click.Command = import_module(LATE[cmd_name]).COMMAND
        return command


class Late(Whole):
    """A group whose commands stand in a file of their own, which is read when one of them is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 # click's signature
        return sorted(self._commands())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 # as above
        return self._commands().get(cmd_name)

    def _commands(self) -> dict[str, click.Command]:
        from stanch.cli.postmortem import COMMANDS

        return {str(command.name): command for command in COMMANDS}
