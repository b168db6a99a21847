"""``chaitime batch``: every episode in a folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from ..options import JOBS, LANGUAGE, PROGRESS, PROGRESS_HELP, SPEAKERS

Command = TypeVar("Command", bound=Callable[..., Any])


def about_workers(command: Command) -> Command:
    """Options that say who works."""
    for add in (
        click.option("--mixed", is_flag=True, help="Accept cluster workers whose versions differ."),
        click.option("--transfer", is_flag=True, help="Send sound to a cluster that shares no folder."),
        click.option("--cluster", default="", metavar="ADDRESS", help="A Dask scheduler: tcp://host:8786."),
        click.option("--jobs", type=JOBS, default="auto", help="Worker processes: a number, or auto."),
    ):
        command = add(command)
    return command


def _about_the_episodes(command: Command) -> Command:
    """Options of ``process`` that hold for all of them."""
    for add in (
        click.option("--link", is_flag=True, help="Link to recordings instead of copying them."),
        click.option("--force", is_flag=True, help="Publish a recording without speech as sound alone."),
        click.option("--upgrade", is_flag=True, help="Make again what an older model or version made."),
        click.option("--again", multiple=True, metavar="STAGE", help="Make a stage again; may be repeated."),
        click.option("--model", default="", help="Whisper model for this run: base, small, turbo, …"),
        click.option("--host", "hosts", multiple=True, help="Full name of the host; may be repeated."),
        click.option("--speakers", type=SPEAKERS, help="How many people speak: a number, or auto."),
        click.option("--language", type=LANGUAGE, help="Language spoken, such as en, de or pt-BR."),
        click.option("--config", type=click.Path(path_type=Path), help="Configuration to use."),
    ):
        command = add(command)
    return command


def _about_the_choice(command: Command) -> Command:
    """Options that say which episodes, and in what order."""
    for add in (
        click.option("--wait", is_flag=True, help="Wait for episodes that another run is working on."),
        click.option("--newest-first", is_flag=True, help="Begin with the latest recording."),
        click.option("--limit", type=click.IntRange(min=1), help="Make this many episodes at most."),
        click.option(
            "--only",
            multiple=True,
            metavar="NAME",
            help="Only episodes with this in their name; may be repeated.",
        ),
        click.option("--dry-run", is_flag=True, help="Say what would be done and why, and do nothing."),
    ):
        command = add(command)
    return command


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="EPISODES_FOLDER")
@_about_the_choice
@about_workers
@_about_the_episodes
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line for everything that happens.")
@click.option("--progress", type=PROGRESS, default="text", help=PROGRESS_HELP)
@click.option("-q", "--quiet", is_flag=True, help="Print errors and the result only.")
def command(folder: Path, **asked: Any) -> None:
    """Make every episode in a folder: episode folders and bare recordings.

    Only what is missing or stale is made. One that fails does not stop the others; then the exit
    code is 5. Run it again to go on.
    """
    from ..batch_runs import BatchAsked, run_batch

    run_batch(BatchAsked(folder, **asked))
