"""What it means to give a voice another name or role, and what cannot be meant by it."""

from __future__ import annotations

from collections.abc import Mapping

from ..domain.episode import Episode
from ..domain.people import Voice
from ..editorial.speakers.alone import times_of
from ..errors import UsageError
from ..project.renaming import Wish


def wishes(episode: Episode, names: Mapping[str, str], roles: Mapping[str, str]) -> list[Wish]:
    """Return what is to be written for each voice that gets another name or role; keys are labels or names.

    Raises UsageError for what cannot be meant.
    """
    voices = episode.cast.voices
    named = {_voice(key, voices).label: _full(value) for key, value in names.items()}
    placed = {_voice(key, voices).label: _role(value) for key, value in roles.items()}
    wishes = []
    for voice in voices:
        if voice.label not in named and voice.label not in placed:
            continue
        if voice.label not in named and not voice.named:
            raise UsageError(f"{voice.label} has no name yet; give it one: --name {voice.label}=…")
        at_ms = times_of(voice.label, episode)
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
        raise UsageError(f"“{name!a}” is not a name; write the person's full name")
    return " ".join(name.split())


def _role(value: str) -> str:
    if value not in ("host", "guest"):
        raise UsageError(f"--role …={value}: a role is host or guest")
    return value
