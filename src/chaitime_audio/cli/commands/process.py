"""``chaitime process``: one recording, one published episode."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from ..json_output import json_option
from ..options import LANGUAGE, MINUTES, PROGRESS, PROGRESS_HELP, SPEAKERS, Asked

MOST_NUMBER = 999_999
Command = TypeVar("Command", bound=Callable[..., Any])


def _about_the_episode(command: Command) -> Command:
    """Options that end up in episode.toml."""
    for add in (
        click.option("--language", type=LANGUAGE, help="Language spoken, such as en, de or pt-BR."),
        click.option("--speakers", type=SPEAKERS, help="How many people speak: a number, or auto."),
        click.option("--guest", "guests", multiple=True, help="Full name of a guest; may be repeated."),
        click.option("--host", "hosts", multiple=True, help="Full name of the host; may be repeated."),
        click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help="Date of the episode, YYYY-MM-DD."),
        click.option("--number", type=click.IntRange(1, MOST_NUMBER), help="Episode number."),
        click.option("--title", help="Episode title."),
    ):
        command = add(command)
    return command


def _about_the_run(command: Command) -> Command:
    """Options that say how to run."""
    for add in (
        json_option,
        click.option("--progress", type=PROGRESS, default="text", help=PROGRESS_HELP),
        click.option("-q", "--quiet", is_flag=True, help="Print errors only."),
        click.option("-v", "--verbose", is_flag=True, help="Say more; show where an unexpected error arose."),
        click.option("--force", is_flag=True, help="Publish a recording without speech as sound alone."),
        click.option("--link", is_flag=True, help="Link to the recording instead of copying it."),
        click.option("--tracks", is_flag=True, help="The files are one talk, one file per person."),
        click.option("--parts", is_flag=True, help="The files are one recording in pieces, in this order."),
        click.option("--minutes", type=MINUTES, help="Try the first N minutes, in try/."),
        click.option("--upgrade", is_flag=True, help="Make again what an older model or version made."),
        click.option("--again", multiple=True, metavar="STAGE", help="Make a stage again; may be repeated."),
        click.option("--model", help="Whisper model for this run: base, small, turbo, … or a path."),
        click.option("--config", type=click.Path(path_type=Path), help="Configuration to use."),
        click.option("--out", type=click.Path(path_type=Path), help="Episode folder to make or use."),
    ):
        command = add(command)
    return command


@click.command()
@click.argument(
    "recordings", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="RECORDING..."
)
@_about_the_episode
@_about_the_run
def command(recordings: tuple[Path, ...], date: datetime | None, **options: Any) -> None:
    """Make an episode from a recording, or bring an episode folder up to date.

    Writes transcript, show notes, captions, chapters and a tagged MP3 into out/ of the episode folder. What
    is still up to date is not made again.
    """
    from ..processing import process

    process(Asked(recordings=recordings, date=date.date() if date else None, **options))
