"""Reads and writes ``episode.toml``, the human's own file.

It is written at creation and when a command is told something new about the episode. What a person
wrote stays as it is: comments, order, blank lines, line breaks (`toml_edit`).
"""

from __future__ import annotations

import tomllib
from codecs import BOM_UTF8
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from ..domain.brief import Brief
from ..domain.correction import Correction
from ..errors import ConfigError
from . import dates
from .episode_folder import EpisodeFolder
from .files import replace_file
from .finder import BRIEF_NAME
from .serialization import from_plain
from .settings import read_toml
from .toml_edit import append_table, drop_fields, remove_table, set_field, set_key

CORRECTIONS_NAME = "corrections.toml"
PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The file ``corrections.toml``: what was decided while reviewing."""

    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Overrides:
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


def read_dated(folder: EpisodeFolder, timezone: str) -> tuple[Brief, tuple[str, ...]]:
    """As `read_brief`, with one publication time that has an offset, and what should be known of it."""
    brief = read_brief(folder)
    begun = dates.begun_in(folder.source, folder.facts) if brief.date and brief.published else ()
    return dates.settled(brief, _text(folder.brief)[1], timezone, begun)


def create(folder: EpisodeFolder, told: Overrides) -> None:
    """Write a new ``episode.toml`` with guid and publication time, which then never change.

    One that is there already, made by another run meanwhile, is amended. When no date was told, an old
    recording (`dates.found_date`) gets its own, and the file says from where.
    """
    paths = folder.sources() if folder.source.is_dir() and any(folder.source.iterdir()) else ()
    found = None if told.date else dates.found_date(paths, dates.now().date())
    rewrite(folder, lambda text: _amended(text or _begun(told, found), told))


def date_note(folder: EpisodeFolder) -> str:
    """What a person should know of a date that was found and not told; empty without one."""
    return dates.told_from(_text(folder.brief)[1])


def amend(folder: EpisodeFolder, told: Overrides) -> bool:
    """Put what was said on the command line, and a missing guid, into ``episode.toml``.

    Everything else in the file stays as it is, character by character. Returns whether anything
    changed. Raises ConfigError before writing if the file is no brief, LockedError when another
    program is writing it.
    """
    return rewrite(folder, lambda text: _amended(text or _begun(told), told))


def rewrite(folder: EpisodeFolder, change: Callable[[str], str]) -> bool:
    """Change the text of ``episode.toml``; the only door through which a program writes it.

    ``change`` gets the text (empty when there is no file) and returns another one. It is read and
    written under the lock of the files. Returns whether anything changed. Raises ConfigError before
    writing if the file is no brief or would be none, LockedError when another program is writing it.
    """
    with folder.file_lock():
        mark, before = _text(folder.brief)
        after = change(before)
        if after == before:
            return False
        try:
            data = mark + after.encode()
            from_plain(Brief, tomllib.loads(after), str(folder.brief))
        except (ValueError, RecursionError) as cause:  # half a character, typed on a broken terminal
            raise ConfigError(
                f"{folder.brief} would not be valid TOML: {cause!a}; write it in UTF-8"
            ) from cause
        replace_file(folder.brief, data)
        return True


def copy(folder: EpisodeFolder, other: EpisodeFolder) -> None:
    """Put what people wrote about one episode into another's folder, word for word."""
    with folder.file_lock(), other.file_lock():
        for name in (BRIEF_NAME, CORRECTIONS_NAME):
            if (folder.path / name).exists():
                replace_file(other.path / name, (folder.path / name).read_bytes())
            else:
                (other.path / name).unlink(missing_ok=True)


def stamp(folder: EpisodeFolder) -> str:
    """sha256 (hex) over what people wrote about an episode: tells whether it was edited meanwhile."""
    total = sha256()
    for name in (BRIEF_NAME, CORRECTIONS_NAME):
        try:
            data = (folder.path / name).read_bytes()
        except OSError:
            data = b""
        total.update(sha256(data).digest())
    return total.hexdigest()


def _text(path: Path) -> tuple[bytes, str]:
    """The byte order mark that some editors write, and the file with its line breaks as they are.

    Both are empty when there is no file. Raises ConfigError.
    """
    if not path.exists():
        return b"", ""
    from_plain(Brief, read_toml(path), str(path))
    data = path.read_bytes()
    mark = BOM_UTF8 if data.startswith(BOM_UTF8) else b""
    return mark, data[len(mark) :].decode()


def _begun(told: Overrides, found: tuple[date, str] | None = None) -> str:
    title = "" if told.title is not None else '# title = "…"\n'
    day = f"date = {found[0]}  # {' '.join(found[1].split())}\n" if found else ""
    return f"# What you know about this episode. The program reads it and keeps your words.\n{title}{day}"


def _amended(text: str, told: Overrides) -> str:
    """The text with what was told, and with guid and publication time if they were missing."""
    known = tomllib.loads(text)
    if not known.get("guid"):
        text = set_key(text, "guid", str(uuid4()))
    if not known.get("published"):
        text = dates.marked(set_key(text, "published", dates.now()))
    for item in fields(Overrides):
        value = getattr(told, item.name)
        if item.name not in ("hosts", "guests") and value is not None and known.get(item.name) != value:
            text = set_key(text, item.name, value)
    for role, names in (("host", told.hosts), ("guest", told.guests)):
        if names:
            text = _with_people(text, role, names, {*told.hosts, *told.guests})
    return text


def _with_people(text: str, role: str, names: Sequence[str], told: set[str]) -> str:
    """People told take the places of those of the same role; other fields of a known one stay."""
    there = [(one.get("name"), one.get("role")) for one in tomllib.loads(text).get(PEOPLE, [])]
    staying = {name: at for at, (name, _) in enumerate(there) if name in names}
    free = [at for at, (name, has) in enumerate(there) if has == role and name not in told]
    for at in staying.values():
        if there[at][1] != role:
            text = set_field(text, PEOPLE, at, "role", role)
    for name in dict.fromkeys(names):
        if name in staying:
            continue
        if free:
            at = free.pop(0)
            text = drop_fields(text, PEOPLE, at, lambda key: key not in ("name", "role"))
            text = set_field(text, PEOPLE, at, "name", name)
        else:
            text = append_table(text, PEOPLE, {"name": name, "role": role})
    for at in reversed(free):
        text = remove_table(text, PEOPLE, at)
    return text
