"""``chaitime speakers``: who the voices of an episode are, why, and how they sound; renames them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ...domain.people import Voice
from ...errors import UsageError

if TYPE_CHECKING:
    from ...pipeline.run import OpenEpisode
    from ..speaker_table import Row


@click.command()
@click.argument("episode", type=click.Path(path_type=Path), metavar="EPISODE")
@click.option("--name", "names", multiple=True, metavar="VOICE=NAME", help='Such as S1="Maya Rao".')
@click.option("--role", "roles", multiple=True, metavar="VOICE=ROLE", help="Such as S1=host, or guest.")
@click.option("--config", type=click.Path(path_type=Path), help="Configuration to use.")
@click.option("--json", "as_json", is_flag=True, help="Print voices as JSON.")
def command(
    episode: Path, names: tuple[str, ...], roles: tuple[str, ...], config: Path | None, as_json: bool
) -> None:
    """List the voices of an episode, with the evidence for each name and some seconds to listen to.

    --name and --role say whose voice it is. Both are kept in episode.toml, with times at which the voice
    speaks, and the texts are written again; no engine runs. A VOICE is a label of the list (S1) or the name
    it has now.
    """
    from ...pipeline.publish import publish
    from ...pipeline.renaming import wishes
    from ...project.renaming import write
    from ..episode_table import sureness
    from ..opening import opened
    from ..speaker_table import show

    if names or roles:
        with opened(episode, config, -1) as made:
            write(made.folder, wishes(made.episode, _pairs("--name", names), _pairs("--role", roles)))
    with opened(episode, config, -1) as made:
        if names or roles:
            published = publish(made.episode, made.folder, made.registry, made.artifacts)
            for path in published.edited:
                click.echo(f"{path.name} was edited by hand and stays; new: {path.name}.new", err=True)
        rows = [_row(made, voice) for voice in made.episode.cast.voices]
        warnings = (*(made.episode.warnings if names or roles else ()), *made.episode.questions)
        sure = sureness(made.episode)
    show(rows, as_json)
    if sure:
        click.echo(f"people: {sure}", err=True)
    for sentence in warnings:
        click.echo(f"note: {sentence}", err=True)


def _row(made: OpenEpisode, voice: Voice) -> Row:
    """A voice with a sound sample in work/, of the longest stretch in which it speaks alone."""
    from ...audio.reading import excerpt
    from ...editorial.speakers.alone import clean_spans
    from ...pipeline.stage_table import MASTER_FILE
    from ...project.files import make_folder
    from ..speaker_table import SAMPLE_MS, row

    found = made.episode
    longest = clean_spans(voice.label, found)[:1]
    target = made.folder.work / "speakers" / f"{voice.label}.flac"
    for piece in longest:
        start_ms = found.timeline.published(piece.start_ms)
        length_ms = min(SAMPLE_MS, piece.duration_ms)
        make_folder(target.parent)
        excerpt(made.folder.facts / MASTER_FILE, target, length_ms, int(start_ms))
    return row(voice, found, str(target) if longest else "")


def _pairs(option: str, given: tuple[str, ...]) -> dict[str, str]:
    """Split VOICE=VALUE. Raises UsageError for anything else, and for a voice told twice."""
    found: dict[str, str] = {}
    for item in given:
        voice, equals, value = (part.strip() for part in item.partition("="))
        if not (voice and equals and value):
            raise UsageError(f'{option} {item}: write {option} VOICE=…, such as {option} S1="…"')
        if voice in found:
            raise UsageError(f"{option}: {voice} is given twice")
        found[voice] = value
    return found
