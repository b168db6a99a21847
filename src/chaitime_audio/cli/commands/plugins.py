"""``chaitime plugins``: formats, engines, checks and commands that other packages bring."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ...domain.text import printable
from ..json_output import json_option, print_json

if TYPE_CHECKING:
    from ...project.plugins import Plugin


@click.command()
@json_option
@click.option("--config", type=click.Path(path_type=Path), help="Configuration to use.")
def command(as_json: bool, config: Path | None) -> None:
    """List what other installed packages bring, and whether it works.

    A part of ours wins over a plug-in of the same name; PACKAGE:NAME asks for the plug-in.
    """
    from ...project import plugins, settings

    path = config or settings.find_config(Path.cwd())
    prefer = settings.load(path).engines.prefer
    rows = [(one, *_state(one, prefer)) for one in plugins.found()]
    if as_json:
        listed = [
            {**dataclasses.asdict(one), "state": state, "reason": reason} for one, state, reason in rows
        ]
        print_json({"plugins": listed})
        return
    if not rows:
        click.echo("no plug-ins are installed")
    widths = [
        max(len(part) for part in column) for column in zip(*(_cells(one) for one, *_ in rows), strict=True)
    ]
    for one, state, reason in rows:
        cells = "  ".join(f"{part:<{width}}" for part, width in zip(_cells(one), widths, strict=True))
        click.echo(printable(f"{cells}  {state}{': ' if reason else ''}{reason}", " "))


def _cells(one: Plugin) -> tuple[str, str, str]:
    return one.room, one.name.replace("_", "-"), f"{one.package} {one.version}"


def _state(one: Plugin, prefer: tuple[str, ...]) -> tuple[str, str]:
    """How a plug-in stands: ready, preferred, hidden or broken; and what a person should know."""
    from ... import checks, formats
    from ...errors import UsageError
    from ...pipeline.registry import ENGINE_HOMES
    from ...project import plugins
    from ...project.discovery import module_names
    from ..command_list import HOME

    if one.fault:
        return "broken", one.fault
    kind = one.room.removeprefix(f"{plugins.ENGINES}.")
    homes = {plugins.FORMATS: formats.__name__, plugins.CHECKS: checks.__name__, plugins.COMMANDS: HOME}
    if plugins.preferred(one.room, prefer).get(one.name) == one.full_name:
        return "preferred", "takes the place of ours" if one.name in module_names(homes[one.room]) else ""
    if one.name in module_names(homes.get(one.room) or ENGINE_HOMES[kind]):
        return "hidden", f"ours is called so, too; ask for {one.full_name}"
    try:
        plugins.named(one.room, one.name)
    except UsageError as problem:
        return "hidden", str(problem)
    return "ready", ""
