"""``chaitime config``: what every setting is, and where it comes from."""

from __future__ import annotations

from pathlib import Path

import click
from click.core import ParameterSource

from ..command_group import CommandGroup
from ..json_output import json_option, print_json

MODEL_VARIABLE = "CHAITIME_PROCESS_MODEL"


@click.group(cls=CommandGroup)
def command() -> None:
    """Look at the settings: show, schema."""


@command.command("show")
@click.argument("where", type=click.Path(path_type=Path, exists=True), required=False, metavar="[EPISODE]")
@click.option("--model", envvar=MODEL_VARIABLE, help="Show the settings as if this model were chosen.")
@click.option("--config", type=click.Path(path_type=Path), help="Configuration to use.")
@json_option
@click.pass_context
def show(
    context: click.Context, where: Path | None, model: str | None, config: Path | None, as_json: bool
) -> None:
    """Print every setting in force for EPISODE (or here), and where it comes from.

    Later sources win over earlier ones: default, configuration, episode.toml, environment, option.
    """
    from ...project.serialization import plain
    from ..settings_table import settings_for, show_settings

    by_variable = context.get_parameter_source("model") is ParameterSource.ENVIRONMENT
    told = (model, MODEL_VARIABLE if by_variable else "--model") if model else None
    if as_json:
        found = settings_for(where, config, told)
        print_json({"settings": [plain(one) for one in found]})
        return
    show_settings(where, config, told)


@command.command("schema")
def schema() -> None:
    """Print a JSON schema of chaitime.toml, so that your editor completes and checks it.

    chaitime config schema > config/chaitime.schema.json, then write as first line of chaitime.toml:
    #:schema ./chaitime.schema.json
    """
    import json

    from ...project.settings_schema import settings_schema

    click.echo(json.dumps(settings_schema(), ensure_ascii=False, indent=1))
