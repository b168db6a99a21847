"""``chaitime relisten``: hear passages of an episode again, take that back, and say what changed."""

from __future__ import annotations

from pathlib import Path

import click

from ..json_output import json_option
from ..options import LANGUAGE


@click.command()
@click.argument("episode", type=click.Path(path_type=Path), metavar="EPISODE")
@click.argument("passages", nargs=-1, metavar="[FROM-TO]...")
@click.option("--model", help="Whisper model to hear with: small, turbo, … or a path; else the show's.")
@click.option("--language", type=LANGUAGE, help="Language spoken there, if it differs.")
@click.option("--undo", is_flag=True, help="Undo what was transcribed again: there, or everywhere.")
@click.option("--config", type=click.Path(path_type=Path), help="Configuration to use.")
@json_option
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
@click.option("-v", "--verbose", is_flag=True, help="Say more; show where an unexpected error arose.")
def command(
    episode: Path,
    passages: tuple[str, ...],
    model: str | None,
    language: str | None,
    undo: bool,
    config: Path | None,
    as_json: bool,
    quiet: bool,
    verbose: bool,
) -> None:
    """Transcribe passages of an episode again, such as 12:40-13:30, and print which words changed.

    Times are those of the recording. The new words replace the old ones for good, your corrections still
    apply, and all texts are written again; the sound stays as it is. Without FROM-TO, list what was
    transcribed again so far.
    """
    from ..relistening import Asked, list_passages, relisten

    asked = Asked(episode, passages, model, language, undo, config, -1 if quiet else int(verbose), as_json)
    if passages or undo:
        relisten(asked)
    else:
        list_passages(asked)
