"""``chaitime voices``: people whose voice the show knows, so that they are named without being told."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ...errors import UsageError
from ...project.voice_store import VoiceEmbedding, enrol, enrolled_speakers, forget, print_model
from ..command_group import CommandGroup
from ..json_output import json_option, print_json

if TYPE_CHECKING:
    from ...pipeline.run import OpenEpisode

LEAST_MS = 5_000
_CONFIG = click.option("--config", type=click.Path(path_type=Path), help="Configuration to use.")


@click.group(cls=CommandGroup)
def command() -> None:
    """Manage the voices your show knows: add, list, remove.

    They lie in voices/ beside your configuration, as numbers from which no sound can be made.
    """


@command.command("add")
@click.argument("name")
@click.argument("episode", type=click.Path(path_type=Path), metavar="EPISODE")
@click.option("--label", help="Which voice: its label, such as S1, as chaitime speakers shows it.")
@click.option("--at", help="Which voice: a time at which it speaks, such as 01:02.")
@_CONFIG
def add(name: str, episode: Path, label: str | None, at: str | None, config: Path | None) -> None:
    """Remember the voice of NAME from EPISODE; without --label or --at, the voice with this name there."""
    from ..opening import opened

    with opened(episode, config, -1) as made:
        chosen = _label(made, name, label, at)
        found = next((one for one in made.episode.diarization.prints if one.label == chosen), None)
        if found is None or found.speech_ms < LEAST_MS:
            raise UsageError(
                f"{chosen} speaks less than {LEAST_MS // 1000} s alone there; take another episode"
            )
        home = made.registry.folder
        if home is None:
            raise UsageError("a voice is kept beside a configuration; write one with: chaitime init")
        options = made.artifacts.record.receipts["diarization"].made.get("options", {})
        fresh = VoiceEmbedding(made.folder.slug, print_model(options), found.speech_ms, found.vector)
    path = enrol(home, name, fresh)
    click.echo(f"{name}: {found.speech_ms / 1000:.0f} s of speech as {chosen} in {episode}; kept in {path}")


@command.command("list")
@_CONFIG
@json_option
def list_voices(config: Path | None, as_json: bool) -> None:
    """List whose voices are known, and from which episodes."""
    known = enrolled_speakers(_home(config))
    if as_json:
        prints = [
            [{"episode": one.episode, "speech_ms": one.speech_ms} for one in person.prints]
            for person in known
        ]
        rows = [{"name": one.name, "prints": heard} for one, heard in zip(known, prints, strict=True)]
        print_json({"voices": rows})
        return
    for person in known:
        heard = ", ".join(f"{one.episode} ({one.speech_ms / 1000:.0f} s)" for one in person.prints)
        click.echo(f"{person.name:<30} {heard}")


@command.command("remove")
@click.argument("name")
@_CONFIG
def remove(name: str, config: Path | None) -> None:
    """Forget the voice of NAME."""
    click.echo(f"removed {forget(_home(config), name)}")


def _home(config: Path | None) -> Path:
    """The folder of the configuration named, or of the nearest one."""
    from ...project.settings import find_config

    path = config or find_config(Path.cwd())
    if path is None or not path.is_file():
        raise UsageError("no configuration here; go to the folder of your show, or name one with --config")
    return path.resolve().parent


def _label(made: OpenEpisode, name: str, label: str | None, at: str | None) -> str:
    """The voice that is meant. Raises UsageError, naming those there are, when it is not clear."""
    from ...domain.timecode import parse_clock

    voices = made.episode.cast.voices
    there = ", ".join(f"{voice.label} ({voice.person.name})" for voice in voices)
    if at:
        try:
            time_ms = parse_clock(at)
        except ValueError as cause:
            raise UsageError(f"--at {at}: {cause}") from cause
        spoken = [turn.label for turn in made.episode.diarization.exclusive if time_ms in turn.span]
        if not spoken:
            raise UsageError(f"nobody speaks alone at {at}")
        return spoken[0]
    wanted = [
        voice.label
        for voice in voices
        if voice.label == label or (not label and voice.person.name.casefold() == name.casefold())
    ]
    if len(wanted) != 1:
        raise UsageError(f"which voice is {name}? name it with --label or --at: {there}")
    return wanted[0]
