"""Writes into ``episode.toml`` whose voice is whose, by times at which it speaks."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass

from ..domain.timecode import exact_clock
from .episode_file import PEOPLE, rewrite
from .episode_folder import EpisodeFolder
from .toml_edit import append_table, drop_fields, set_field


@dataclass(frozen=True, slots=True)
class Wish:
    """A voice that was called ``old`` is ``name``; ``at_ms`` are source times at which it speaks."""

    old: str
    name: str
    role: str
    at_ms: tuple[int, ...]


def write(folder: EpisodeFolder, wishes: Sequence[Wish]) -> None:
    """Put people and their times into ``episode.toml``; comments and other fields of a person stay.

    Raises ConfigError before writing when the file is no brief.
    """
    rewrite(folder, lambda text: applied(text, wishes))


def applied(text: str, wishes: Sequence[Wish]) -> str:
    """The text of ``episode.toml`` with people and their times put in."""
    targets = {wish.name.casefold() for wish in wishes}
    return functools.reduce(lambda now, wish: _applied(now, wish, targets), wishes, text)


def _applied(text: str, wish: Wish, targets: set[str]) -> str:
    """Change the person of that name, else rename the one the voice had, else add one."""
    names = [str(one.get("name", "")).casefold() for one in tomllib.loads(text).get(PEOPLE, [])]
    old = _index(names, wish.old) if wish.old.casefold() not in targets else None
    entry = _index(names, wish.name)
    if entry is None:
        entry = old
    elif old is not None:
        text = drop_fields(text, PEOPLE, old, lambda key: key == "at")
    told = {"name": wish.name, "role": wish.role, "at": [exact_clock(at) for at in wish.at_ms]}
    if entry is None:
        return append_table(text, PEOPLE, told)
    for key, value in told.items():
        text = set_field(text, PEOPLE, entry, key, value)
    return text


def _index(names: Sequence[str], name: str) -> int | None:
    return names.index(name.casefold()) if name.casefold() in names else None
