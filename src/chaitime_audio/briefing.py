"""Reads and writes ``episode.toml``, the human's own file.

It is written at creation and when a command is told something new about the episode;
comments and order of a file that a person wrote stay as they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import tomlkit
from tomlkit.items import AoT

from .codec import from_plain
from .folder import BRIEF_NAME, EpisodeFolder, replace_file
from .model.brief import Brief
from .model.correction import Correction
from .settings import read_toml

CORRECTIONS_NAME = "corrections.toml"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The file ``corrections.toml``: what was decided while reviewing."""

    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What a person said on the command line about an episode; None or empty: nothing."""

    title: str | None = None
    number: int | None = None
    date: date | None = None
    language: str | None = None
    speakers: int | None = None
    arrangement: str | None = None
    hosts: tuple[str, ...] = ()
    guests: tuple[str, ...] = ()


def read_brief(folder: EpisodeFolder) -> Brief:
    """Return what the human wrote; a missing file is an empty brief.

    Corrections that the review page kept in ``corrections.toml`` come behind those of the human.
    Raises ConfigError with file, key and suggestion on anything that is no brief.
    """
    brief = Brief()
    if folder.brief.exists():
        brief = from_plain(Brief, read_toml(folder.brief), str(folder.brief))
    reviewed = folder.path / CORRECTIONS_NAME
    if reviewed.exists():
        found = from_plain(Reviewed, read_toml(reviewed), str(reviewed)).corrections
        brief = replace(brief, corrections=(*brief.corrections, *found))
    return brief


def create(folder: EpisodeFolder, told: Told) -> None:
    """Write a new ``episode.toml`` with guid and publication time, which then never change."""
    document = tomlkit.document()
    document.add(
        tomlkit.comment("What you know about this episode. The program reads it and keeps your words.")
    )
    if told.title is None:
        document.add(tomlkit.comment('title = "…"'))
    document.add("guid", tomlkit.item(str(uuid4())))
    document.add("published", tomlkit.item(datetime.now(UTC).replace(microsecond=0)))
    _apply(document, told)
    replace_file(folder.brief, tomlkit.dumps(document).encode())


def amend(folder: EpisodeFolder, told: Told) -> bool:
    """Put what was said on the command line, and a missing guid, into ``episode.toml``.

    Returns whether anything changed. Raises ConfigError before writing if the file is no brief.
    """
    brief = read_brief(folder)
    document = tomlkit.parse(folder.brief.read_text(encoding="utf-8"))
    changed = _apply(document, told)
    for name, value in (("guid", str(uuid4())), ("published", datetime.now(UTC).replace(microsecond=0))):
        if not getattr(brief, name):
            _put(document, name, value)
            changed = True
    if changed:
        replace_file(folder.brief, tomlkit.dumps(document).encode())
    return changed


def copy(folder: EpisodeFolder, other: EpisodeFolder) -> None:
    """Put what people wrote about one episode into another's folder, word for word."""
    for name in (BRIEF_NAME, CORRECTIONS_NAME):
        if (folder.path / name).exists():
            replace_file(other.path / name, (folder.path / name).read_bytes())
        else:
            (other.path / name).unlink(missing_ok=True)


def _apply(document: tomlkit.TOMLDocument, told: Told) -> bool:
    """Set what was told; returns whether the document changed."""
    changed = False
    for item in fields(Told):
        value = getattr(told, item.name)
        if item.name not in ("hosts", "guests") and value is not None and document.get(item.name) != value:
            _put(document, item.name, value)
            changed = True
    people = [("host", name) for name in told.hosts] + [("guest", name) for name in told.guests]
    return _apply_people(document, people) or changed


def _apply_people(document: tomlkit.TOMLDocument, told: list[tuple[str, str]]) -> bool:
    """People named on the command line replace those of the same role; other fields of a known one stay."""
    old = [dict(item) for item in document.get("people", [])]
    roles = {role for role, _ in told}
    known = {str(item.get("name")): item for item in old}
    kept = [item for item in old if item.get("role") not in roles]
    new = kept + [{**known.get(name, {}), "name": name, "role": role} for role, name in told]
    if not told or sorted(map(str, new)) == sorted(map(str, old)):
        return False
    document["people"] = _tables(new)
    return True


def _tables(items: Sequence[Mapping[str, Any]]) -> AoT:
    tables = tomlkit.aot()
    for item in items:
        tables.append(tomlkit.item(dict(item)))
    return tables


def _put(document: tomlkit.TOMLDocument, name: str, value: Any) -> None:
    """Set a top-level key; a new one goes above the first table, where TOML wants it."""
    if name in document:
        document[name] = value
        return
    tables = [key for key, item in document.items() if isinstance(item, AoT | dict)]
    saved = {key: document.pop(key) for key in tables}
    document.add(name, tomlkit.item(value))
    for key, item in saved.items():
        document.add(key, item)
