"""``chaitime watch``: episodes made as their recordings arrive."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ..options import JOBS, MOST_SECONDS, Amount


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="FOLDER")
@click.option(
    "--every", type=Amount(0.1, MOST_SECONDS), default=5.0, help="Seconds between two looks at the folder."
)
@click.option(
    "--settle",
    type=Amount(0, MOST_SECONDS),
    default=10.0,
    help="Seconds a recording must stay unchanged before it is taken.",
)
@click.option("--once", is_flag=True, help="Make what is there now, and stop.")
@click.option("--jobs", type=JOBS, default="auto", help="Worker processes: a number, or auto.")
@click.option("--link", is_flag=True, help="Link to recordings instead of copying them.")
@click.option("--config", type=click.Path(path_type=Path), help="Configuration to use.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line for everything that happens.")
@click.option("-q", "--quiet", is_flag=True, help="Print errors and results only.")
def command(folder: Path, **asked: Any) -> None:
    """Make every recording that arrives in FOLDER into an episode, until Ctrl-C.

    Episodes whose episode.toml you change are brought up to date as well. A command of yours can
    run after each: hooks.after in the configuration.
    """
    from ..watching import WatchAsked, watch

    watch(WatchAsked(folder, **asked))
