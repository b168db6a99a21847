"""``chaitime speakers``: who the voices of an episode are, why, and how they sound; renames them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ...domain.people import Voice
from ...errors import UsageError

if TYPE_CHECKING:
    from ...pipeline.run import OpenEpisode
    from ..renaming import Wish
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

    --name and --role say whose a voice is. That is kept in episode.toml with times at which the
    voice speaks, and the texts are written again; nothing is listened to twice. A VOICE is a
    label of the list (S1) or the name it has now.
    """
    from ...pipeline.publish import publish
    from ..episode_table import sureness
    from ..opening import opened
    from ..renaming import write
    from ..speaker_table import show

    if names or roles:
        with opened(episode, config, -1) as made:
            write(made.folder, _wishes(made, _pairs("--name", names), _pairs("--role", roles)))
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
    from ...pipeline.stage_table import MASTER_FILE
    from ...project.files import make_folder
    from ..speaker_table import SAMPLE_MS, clean_spans, row

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
            raise UsageError(f"{option}: {voice} is told twice")
        found[voice] = value
    return found


def _wishes(made: OpenEpisode, names: Mapping[str, str], roles: Mapping[str, str]) -> list[Wish]:
    """What is asked for each voice. Raises UsageError for what cannot be meant."""
    from ..renaming import Wish
    from ..speaker_table import times_of

    voices = made.episode.cast.voices
    named = {_voice(key, voices).label: _full(value) for key, value in names.items()}
    placed = {_voice(key, voices).label: _role(value) for key, value in roles.items()}
    wishes = []
    for voice in voices:
        if voice.label not in named and voice.label not in placed:
            continue
        if voice.label not in named and not voice.named:
            raise UsageError(f"{voice.label} has no name yet; give it one: --name {voice.label}=…")
        at_ms = times_of(voice.label, made.episode)
        if not at_ms:
            raise UsageError(f"{voice.label} never speaks alone; no time says which voice it is")
        name = named.get(voice.label, voice.person.name)
        wishes.append(Wish(voice.person.name, name, placed.get(voice.label, voice.person.role), at_ms))
    stay = [one.person.name for one in voices if one.label not in {*named, *placed}]
    _apart([*(wish.name for wish in wishes), *stay])
    return wishes


def _apart(names: list[str]) -> None:
    """Raise UsageError when two voices would have one name: joining voices is a correction."""
    keys = [name.casefold() for name in names]
    twice = next((name for name in names if keys.count(name.casefold()) > 1), "")
    if twice:
        raise UsageError(
            f"two voices would be {twice}; to join voices write a merge into episode.toml "
            "(docs/corrections.md), to swap names give both"
        )


def _voice(key: str, voices: tuple[Voice, ...]) -> Voice:
    def plain(text: str) -> str:
        return "".join(text.casefold().split())

    found = [one for one in voices if plain(key) in (plain(one.label), plain(one.person.name))]
    if len(found) != 1:
        there = ", ".join(f"{one.label} ({one.person.name})" for one in voices)
        raise UsageError(f"there is no voice {key}; there are: {there}")
    return found[0]


def _full(name: str) -> str:
    if not name.isprintable() or not any(char.isalpha() for char in name):
        raise UsageError(f"“{name!a}” is no name; write the full name of the person")
    return " ".join(name.split())


def _role(value: str) -> str:
    if value not in ("host", "guest"):
        raise UsageError(f"--role …={value}: a role is host or guest")
    return value
