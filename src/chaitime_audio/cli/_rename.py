"""Writes into ``episode.toml`` whose voice is whose, by times at which it speaks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import tomlkit
from tomlkit.items import AoT

from ..briefing import read_brief
from ..codec import from_plain
from ..folder import EpisodeFolder, replace_file
from ..model.brief import Brief


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
    read_brief(folder)
    text = folder.brief.read_text(encoding="utf-8") if folder.brief.exists() else ""
    document = tomlkit.parse(text)
    people = document.get("people")
    if not isinstance(people, AoT):
        entries = [dict(one) for one in people or ()]
        people = tomlkit.aot()
        for entry in entries:
            people.append(tomlkit.item(entry))
        document["people"] = people
    targets = {wish.name.casefold() for wish in wishes}
    for wish in wishes:
        _apply(document, wish, targets)
    written = tomlkit.dumps(document)
    from_plain(Brief, tomlkit.parse(written).unwrap(), str(folder.brief))
    replace_file(folder.brief, written.encode())


def _apply(document: tomlkit.TOMLDocument, wish: Wish, targets: set[str]) -> None:
    """Change the person of that name, else rename the one the voice had, else add one."""
    people: Any = document["people"]
    old = _entry(people, wish.old) if wish.old.casefold() not in targets else None
    entry = _entry(people, wish.name)
    if entry is None:
        entry = old
    elif old is not None:
        old.pop("at", None)
    if entry is None:
        entry = tomlkit.table()
        people.append(entry)
        entry = people[-1]
    entry["name"] = wish.name
    entry["role"] = wish.role
    entry["at"] = [_clock(at) for at in wish.at_ms]


def _entry(people: Sequence[Mapping[str, Any]], name: str) -> Any:
    return next((one for one in people if str(one.get("name", "")).casefold() == name.casefold()), None)


def _clock(at_ms: int) -> str:
    hours, rest = divmod(at_ms, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    seconds = f"{minutes:02d}:{rest / 1000:06.3f}"
    return f"{hours}:{seconds}" if hours else seconds
