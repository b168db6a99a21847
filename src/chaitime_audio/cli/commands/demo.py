"""``chaitime demo``: the sample episode, for whoever has no recording at hand."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default="chaitime-demo")
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
def command(folder: Path, quiet: bool) -> None:
    """Make the sample episode in FOLDER: two minutes of talk, with a configuration of its own.

    Two synthetic voices read a script of ours, so you may show anyone what it makes. Run it again, and
    nothing is transcribed twice; what you changed stays.
    """
    from ..options import Asked
    from ..processing import process
    from ..sample import lay_out

    episode = lay_out(folder)
    process(Asked(recordings=(episode,), quiet=quiet))
