"""The voices a show knows: ``config/voices/``, one file a person, a print an episode.

A print is the mean embedding of a voice in one episode. Prints of different embedding models
cannot be compared, so each says which one made it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import tomlkit

from ..domain.people import KnownVoice
from ..errors import ConfigError, UsageError
from .episode_folder import slug
from .files import replace_file
from .serialization import digest, from_plain
from .settings import read_toml

VOICES = "voices"


@dataclass(frozen=True, slots=True)
class VoiceEmbedding:
    """A voice in one episode: unit ``vector`` of the embedding ``model`` (a checksum)."""

    episode: str
    model: str
    speech_ms: int
    vector: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class EnrolledSpeaker:
    """A person whose voice the show knows."""

    name: str
    prints: tuple[VoiceEmbedding, ...] = ()


def print_model(options: Mapping[str, str]) -> str:
    """Name the embedding that a diarizer of these receipt options makes prints with."""
    rest = {name: value for name, value in options.items() if name != "revision"}
    return options.get("embedding_sha256") or digest(rest)


def enrolled_speakers(config: Path | None) -> tuple[EnrolledSpeaker, ...]:
    """Return everybody in ``voices/`` of a configuration's folder, by file name.

    Raises ConfigError naming the file for one that cannot be used.
    """
    folder = config / VOICES if config else None
    if folder is None or not folder.is_dir():
        return ()
    return tuple(_read(path) for path in sorted(folder.glob("*.toml")))


def known_voices(enrolled: tuple[EnrolledSpeaker, ...], model: str) -> tuple[KnownVoice, ...]:
    """Return the prints that were made with this embedding, each under its person's name."""
    return tuple(
        KnownVoice(person.name, one.vector)
        for person in enrolled
        for one in person.prints
        if one.model == model
    )


def enrol(config: Path, name: str, fresh: VoiceEmbedding) -> Path:
    """Keep a print; one of the same episode is replaced. Returns the person's file.

    Raises UsageError for a name without letters, ConfigError when the file is another person's.
    """
    if not any(char.isalpha() for char in name):
        raise UsageError(f"“{name}” is not a name; write the person's full name")
    path = config / VOICES / f"{slug(name)}.toml"
    person = _read(path) if path.is_file() else EnrolledSpeaker(name)
    if person.name.casefold() != name.casefold():
        raise ConfigError(f"{path} is the voice of {person.name}; rename that file first")
    kept = tuple(one for one in person.prints if one.episode != fresh.episode)
    replace_file(path, _written(replace(person, prints=(*kept, fresh))).encode())
    return path


def forget(config: Path, name: str) -> Path:
    """Remove a person's file and return its path. Raises UsageError, naming who is known, for others."""
    for path in sorted((config / VOICES).glob("*.toml")):
        if _read(path).name.casefold() == name.casefold():
            path.unlink()
            return path
    known = ", ".join(person.name for person in enrolled_speakers(config)) or "nobody"
    raise UsageError(f"the voice of {name} is not known (known: {known})")


def forget_episode(config: Path, episode: str) -> tuple[Path, ...]:
    """Remove every print of an episode (its slug), and files that have no other; return those changed."""
    changed = []
    for path in sorted((config / VOICES).glob("*.toml")):
        person = _read(path)
        kept = tuple(one for one in person.prints if one.episode != episode)
        if kept == person.prints:
            continue
        if kept:
            replace_file(path, _written(replace(person, prints=kept)).encode())
        else:
            path.unlink()
        changed.append(path)
    return tuple(changed)


def _read(path: Path) -> EnrolledSpeaker:
    person = from_plain(EnrolledSpeaker, read_toml(path), str(path))
    if any(not one.vector for one in person.prints):
        raise ConfigError(f"{path}: a print without a vector; enrol {person.name} again")
    return person


def _written(person: EnrolledSpeaker) -> str:
    document = tomlkit.document()
    document.add(tomlkit.comment("The voice of a person the show knows; written by: chaitime voices add"))
    document.add("name", tomlkit.item(person.name))
    prints = tomlkit.aot()
    for one in person.prints:
        vector = [round(value, 5) for value in one.vector]
        values = {"episode": one.episode, "model": one.model, "speech_ms": one.speech_ms, "vector": vector}
        prints.append(tomlkit.item(values))
    document.add("prints", prints)
    return tomlkit.dumps(document)
