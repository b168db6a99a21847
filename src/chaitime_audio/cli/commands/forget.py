"""``chaitime forget``: removes from an episode what a person could be known by again."""

from __future__ import annotations

from pathlib import Path

import click

from ...domain.text import printable


@click.command()
@click.argument("episode", type=click.Path(path_type=Path), metavar="EPISODE")
@click.option("--voices", is_flag=True, help="Remove voice prints: the numbers that tell a voice.")
@click.option("--config", type=click.Path(path_type=Path), help="Configuration to use.")
def command(episode: Path, voices: bool, config: Path | None) -> None:
    """Remove the voice prints of an episode, here and in voices/, so that they identify nobody.

    Names known only from a voice are written into episode.toml first, so that the texts stay the same. Words,
    sound and who speaks when stay, too; docs/privacy.md says what lies where.
    """
    from ...editorial.speakers.enrolled import SOUNDS_LIKE
    from ...errors import UsageError
    from ...pipeline.renaming import wishes
    from ...pipeline.run import registry_for
    from ...project.renaming import write
    from ...upkeep import forget_voices
    from ..opening import folder_at, opened

    if not voices:
        raise UsageError("what is to be forgotten? voice prints: --voices")
    folder = folder_at(episode)
    with opened(episode, config, -1) as made:
        told = {
            voice.label: voice.person.name
            for voice in made.episode.cast.voices
            if voice.named and any(why.startswith(SOUNDS_LIKE) for why in voice.evidence)
        }
        if told:
            write(made.folder, wishes(made.episode, told, {}))
    home = registry_for(folder, config).folder
    with folder.run_lock():
        gone = forget_voices(folder, home)
    for label, name in told.items():
        click.echo(printable(f"{label} stays {name}: written into episode.toml", " "))
    click.echo(f"{gone.prints} voice prints removed from {folder.path}")
    for path in gone.files:
        click.echo(printable(f"{path}: its print of this episode removed", " "))
