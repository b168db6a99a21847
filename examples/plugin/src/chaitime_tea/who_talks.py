"""A command: ``chaitime who-talks EPISODE``."""

import click

import chaitime_audio as chaitime


@click.command()
@click.argument("episode", type=click.Path())
def command(episode: str) -> None:
    """Print who talks for how long in EPISODE."""
    from chaitime_tea.shares import render

    click.echo(render(chaitime.open_episode(episode), chaitime.Templates()), nl=False)
