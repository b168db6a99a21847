"""``chaitime status``: how every episode in a folder stands, stage by stage."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="EPISODES_FOLDER")
@click.option(
    "--only", multiple=True, metavar="NAME", help="Only episodes with this in their name; may be repeated."
)
@click.option("--config", type=click.Path(path_type=Path), help="Configuration to use.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, for scripts.")
def command(folder: Path, only: tuple[str, ...], config: Path | None, *, as_json: bool) -> None:
    """Show which stages of each episode are kept, stale (and why), missing or failed.

    It only looks: nothing is made or written.
    """
    from ...batch import find
    from ...batch import only as chosen
    from ...batch.status import status_of
    from ...project import serialization
    from ..batch_runs import say_ignored, tell_passed
    from ..json_output import SCHEMA
    from ..status_table import show_statuses

    items = find(folder, tell_passed)
    say_ignored([item.folder for item in items], config, set())
    statuses = (status_of(item, config) for item in (chosen(items, only) if only else items))
    if not as_json:
        show_statuses(tuple(statuses), folder)
        return
    for status in statuses:
        data = {
            "schema": SCHEMA,
            **serialization.plain(status),
            "path": str(status.path),
            "phrase": status.phrase,
        }
        click.echo(serialization.to_json(data), nl=False)
