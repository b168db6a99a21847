"""``chaitime trust``: let a configuration that lies beside recordings set what can run code."""

from __future__ import annotations

import json
from pathlib import Path

import click

from ...domain.text import printable
from ..json_output import json_option, print_json


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), required=False)
@json_option
@click.option("--remove", is_flag=True, help="Stop trusting FOLDER.")
def command(folder: Path | None, remove: bool, as_json: bool) -> None:
    """Trust the configuration of the show in FOLDER; without FOLDER, list those you trust.

    A configuration that is found beside a recording, outside the folder you work in, may set only what is
    harmless. Its hooks, model files and language model are ignored until you trust them. The command prints
    what you trust; when one of these settings changes, trust it again.
    """
    from ...errors import UsageError
    from ...project import trust

    if folder is None:
        if remove:
            raise UsageError("which folder is no longer to be trusted? run: chaitime trust --remove FOLDER")
        if as_json:
            rows = [{"path": str(path), "state": standing} for path, standing in trust.trusted().items()]
            print_json({"configurations": rows})
            return
        for path, standing in trust.trusted().items():
            click.echo(printable(f"{standing:<14} {path}", " "))
        return
    if remove:
        if not (gone := trust.distrust(folder)):
            raise UsageError(f"{folder} is not trusted; chaitime trust lists what is")
        click.echo(printable(f"{gone}: no longer trusted", " "))
        return
    path = trust.config_in(folder)
    found = trust.trust(path)
    if as_json:
        print_json({"configurations": [{"path": str(path), "state": "trusted", "settings": found}]})
        return
    for name, value in found.items():
        click.echo(printable(f"{name} = {json.dumps(value, ensure_ascii=False)}", " "))
    what = "these settings count" if found else "it sets nothing that needs it"
    click.echo(printable(f"{path}: trusted; {what}", " "), err=True)
