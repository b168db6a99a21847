"""``chaitime completion``: what a shell needs to complete commands and options."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

HOW = {
    "bash": 'add to ~/.bashrc:  eval "$(chaitime completion bash)"',
    "zsh": 'add to ~/.zshrc:  eval "$(chaitime completion zsh)"',
    "fish": "run once:  chaitime completion fish > ~/.config/fish/completions/chaitime.fish",
}


@click.command()
@click.argument("shell", type=click.Choice(sorted(HOW)))
def command(shell: str) -> None:
    """Print a script that lets SHELL complete commands, options and files; stderr says where to put it."""
    from .. import chaitime

    kind = get_completion_class(shell)
    assert kind is not None
    click.echo(kind(chaitime, {}, "chaitime", "_CHAITIME_COMPLETE").source())
    click.echo(f"# {HOW[shell]}", err=True)
