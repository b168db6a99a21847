"""``chaitime init``: write a configuration for a show."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=".")
@click.option("--name", help="Name of the show.")
@click.option("--host", help="Full name of the usual host.")
def command(folder: Path, name: str | None, host: str | None) -> None:
    """Write config/chaitime.toml with every setting explained.

    An existing configuration is left alone.
    """
    from ...errors import UsageError
    from ...project.files import make_folder, replace_file
    from ...project.settings import CONFIG_NAME, example

    target = folder / CONFIG_NAME
    if target.exists():
        raise UsageError(f"{target} is there already; edit it, or move it away and run init again")
    given = {"show": {key: text for key, text in (("name", name), ("host", host)) if text}}
    replace_file(target, example(given).encode())
    make_folder(folder / "episodes")
    click.echo(f"{target} written: open it, then run: chaitime process RECORDING")
