"""``chaitime batch``: every episode in a folder, one after the other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from ._options import JOBS

Command = TypeVar("Command", bound=Callable[..., Any])


def _about_workers(command: Command) -> Command:
    """Options that say who works."""
    for add in (
        click.option("--mixed", is_flag=True, help="Take workers of a cluster that differ."),
        click.option("--transfer", is_flag=True, help="Send sound to a cluster that shares no folder."),
        click.option("--cluster", default="", metavar="ADDRESS", help="A Dask scheduler: tcp://host:8786."),
        click.option("--jobs", type=JOBS, default="auto", help="Worker processes: a number, or auto."),
    ):
        command = add(command)
    return command


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="EPISODES_FOLDER")
@_about_workers
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--limit", type=click.IntRange(min=1), help="Take this many episodes at most.")
@click.option("--config", type=click.Path(path_type=Path), help="Configuration to use.")
@click.option("--again", multiple=True, metavar="STAGE", help="Make a stage anew; may be repeated.")
@click.option("--upgrade", is_flag=True, help="Make anew what an older model or version made.")
@click.option("--force", is_flag=True, help="Publish a recording without speech as sound alone.")
@click.option("--link", is_flag=True, help="Point to recordings instead of copying them in.")
@click.option("-q", "--quiet", is_flag=True, help="Print errors and the result only.")
def command(folder: Path, dry_run: bool, limit: int | None, quiet: bool, **asked: Any) -> None:
    """Make every episode in a folder: episode folders and bare recordings.

    One that fails does not stop the others; then the exit code is 5. Run it again to go on.
    """
    from ..batch import Terms, find, plan_of
    from ..making import Order
    from ._batch import run_batch

    items = find(folder)[:limit]
    if dry_run:
        for plan in (plan_of(item, asked["config"]) for item in items):
            click.echo(f"{plan.found.folder.path}: {plan.what}")
        return
    order = Order(frozenset(asked.pop("again")), asked.pop("upgrade"), asked.pop("force"))
    run_batch(items, Terms(order, **asked), quiet=quiet)
