"""Adds corrections to an episode's ``corrections.toml``, if nobody has written since it was read."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import MISSING, fields
from hashlib import sha256

from ..domain.correction import Correction
from ..domain.timecode import exact_clock
from ..errors import LockedError
from .episode_file import CORRECTIONS_NAME, Reviewed, stamp
from .episode_folder import EpisodeFolder
from .files import replace_file
from .serialization import from_plain
from .toml_edit import append_table

_TIMES = {"SourceMs", "SourceMs | None", "tuple[SourceMs, ...]"}
_HEAD = "# What was decided by programs and imports; episode.toml comes first. Comments are kept.\n"


def add(folder: EpisodeFolder, corrections: Sequence[Correction], read: str) -> None:
    """Write corrections behind those that are there; each gets an id.

    ``read`` is the `stamp` of what they were made from. Raises LockedError, and writes nothing, when
    somebody has written since; ConfigError when the file is none.
    """
    path = folder.path / CORRECTIONS_NAME
    with folder.file_lock():
        if stamp(folder) != read:
            raise LockedError(f"{folder.path}: somebody changed its corrections meanwhile; run this again")
        text = path.read_bytes().decode("utf-8-sig") if path.exists() else _HEAD
        for item in corrections:
            text = append_table(text, "corrections", table(item))
        from_plain(Reviewed, tomllib.loads(text), str(path))
        replace_file(path, text.encode())


def table(item: Correction) -> dict[str, object]:
    """A correction as a file holds it: only what it says, times as people write them, and its id."""
    told: dict[str, object] = {}
    for field in fields(Correction):
        value = getattr(item, field.name)
        default = field.default if field.default is not MISSING else None
        if value == default and field.name != "id":
            continue
        if str(field.type) in _TIMES:
            value = [exact_clock(at) for at in value] if isinstance(value, tuple) else exact_clock(value)
        told[field.name] = list(value) if isinstance(value, tuple) else value
    told["id"] = item.id or sha256(repr(sorted(told.items(), key=str)).encode()).hexdigest()[:12]
    return told
