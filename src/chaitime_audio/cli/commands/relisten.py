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
@click.option("--language", type=LANGUAGE, help="Language spoken there, if it is another one.")
@click.option("--undo", is_flag=True, help="Take back what was heard again: there, or everywhere.")
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
    """Hear passages of an episode again, such as 12:40-13:30, and print which words changed.

    Times run in the recording. The new words take the place of the old ones for good, corrections are made
    in them as everywhere, and all texts are written anew; the sound is not touched. Without FROM-TO what
    was heard again so far is listed.
    """
    from ..relistening import Asked, list_passages, relisten

    asked = Asked(episode, passages, model, language, undo, config, -1 if quiet else int(verbose), as_json)
    if passages or undo:
        relisten(asked)
    else:
        list_passages(asked)
