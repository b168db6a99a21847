"""The commands: ours by their file names, those of plug-ins by entry point, listed under headings."""

from __future__ import annotations

import click

from ..errors import ChaitimeError, UsageError
from ..project import plugins
from ..project.discovery import load_module, module_names, plugin_of
from ..project.serialization import nearest
from .sections import in_sections, phrase_of

HOME = f"{__package__}.commands"
SUMMARY_WIDTH = 64


class Commands(click.Group):
    """``chaitime NAME`` runs ``cli/commands/NAME.py``, or else the plug-in of that name."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  (click's signature)
        """Names of all commands that can be run."""
        return [name.replace("_", "-") for name in module_names(HOME, plugins.COMMANDS)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import one command; an import error inside one of ours stays visible.

        Raises ConfigError for a plug-in that cannot be used.
        """
        ours = [name.replace("_", "-") for name in module_names(HOME)]
        if cmd_name not in ours and not plugins.named(plugins.COMMANDS, cmd_name):
            return None
        command: click.Command = load_module(HOME, cmd_name, plugins.COMMANDS).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands under their headings, all in one column."""
        every = self.list_commands(ctx)
        width = max(len(name) for name in every)
        for title, names in in_sections(every).items():
            with formatter.section(title):
                said = ((name, phrase_of(name) or self._summary(ctx, name)) for name in names)
                formatter.write_dl([(f"{name:<{width}}", text) for name, text in said])

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; what a plug-in raises that is none of ours is told as its failure."""
        ended = (
            click.ClickException,
            click.exceptions.Exit,
            click.Abort,
            ChaitimeError,
            OSError,
            MemoryError,
        )
        try:
            return super().invoke(ctx)
        except ended:
            raise
        except Exception as problem:
            plugin = plugin_of(HOME, ctx.invoked_subcommand or "", plugins.COMMANDS)
            if plugin is None:
                raise
            raise plugin.failed(problem) from problem

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that was typed. Raises UsageError with the nearest name for none."""
        name = args[0] if args and not ctx.resilient_parsing else ""
        absent = name.isalpha() and self.get_command(ctx, name) is None
        if absent and (hint := nearest(name, self.list_commands(ctx))):
            raise UsageError(f"there is no command “{name}”{hint}")
        return super().resolve_command(ctx, args)

    def _summary(self, ctx: click.Context, name: str) -> str:
        command = self.get_command(ctx, name)
        return command.get_short_help_str(SUMMARY_WIDTH) if command else ""
