"""``chaitime config``: what every setting is, and where it comes from."""

from __future__ import annotations

from pathlib import Path

import click
from click.core import ParameterSource

MODEL_VARIABLE = "CHAITIME_PROCESS_MODEL"


@click.group()
def command() -> None:
    """Look at the settings: show."""


@command.command("show")
@click.argument("where", type=click.Path(path_type=Path, exists=True), required=False, metavar="[EPISODE]")
@click.option("--model", envvar=MODEL_VARIABLE, help="As for chaitime process: what if this model is named?")
@click.option("--config", type=click.Path(path_type=Path), help="Configuration to use.")
@click.pass_context
def show(context: click.Context, where: Path | None, model: str | None, config: Path | None) -> None:
    """Print every setting as it counts for EPISODE (else here), with where it comes from.

    What is told later outranks what is told before: default, configuration, episode.toml,
    environment, option.
    """
    from ..settings_table import show_settings

    by_variable = context.get_parameter_source("model") is ParameterSource.ENVIRONMENT
    told = (model, MODEL_VARIABLE if by_variable else "--model") if model else None
    show_settings(where, config, told)
