"""An episode as it was read the last time, kept in its work/ so that a feed of hundreds is quick.

What is derived from the facts is made again on every reading, which costs a second or more for
an hour of talk. As long as nothing that counts has changed, the same value is read back instead.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path

from ..domain.episode import Episode
from ..errors import DestinationError
from ..pipeline import freshness
from ..pipeline.registry import Registry
from ..project import serialization
from ..project.episode_folder import EpisodeFolder
from ..project.files import replace_file

NAME = "episode.read.json"


@dataclass(frozen=True, slots=True)
class _Kept:
    """The file: an episode, and under which key it holds."""

    key: str
    episode: Episode


def key_of(folder: EpisodeFolder, registry: Registry) -> str:
    """Stands for everything an episode is derived from; empty when that cannot be told."""
    try:
        seen = folder.record.stat()
    except OSError:
        return ""
    found = freshness.fingerprint(folder, registry)
    return serialization.digest([found, seen.st_size, seen.st_mtime_ns]) if found else ""


def recalled(folder: EpisodeFolder, key: str) -> Episode | None:
    """The episode as it was read under this key; None for another key and for a torn file."""
    try:
        text = _path(folder).read_text(encoding="utf-8")
        if not key or f'"key":"{key}"' not in text:
            return None
        kept = serialization.from_json(_Kept, text)
    except (OSError, ValueError):
        return None
    return kept.episode if kept.key == key else None


def remember(folder: EpisodeFolder, key: str, episode: Episode) -> None:
    """Keep it for the next time; a folder that cannot be written is only slower."""
    with contextlib.suppress(DestinationError):
        if key:
            replace_file(_path(folder), serialization.to_json(_Kept(key, episode)).encode())


def _path(folder: EpisodeFolder) -> Path:
    return folder.work / NAME
