"""A group of commands whose help shows the first sentence of each in full."""

from __future__ import annotations

import click

LONGEST = 400


class CommandGroup(click.Group):
    """As click's; what does not fit on a line goes on in the next one, and no sentence is cut short."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what is in the group, in the order of names."""
        found = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        rows = [
            (name, one.get_short_help_str(LONGEST))
            for name, one in found
            if one is not None and not one.hidden
        ]
        if rows:
            with formatter.section("Commands"):
                formatter.write_dl(rows)
