"""Whether an episode still stands as its last complete run left it: seen by looking, not by making.

A fingerprint covers everything a run reads and everything it wrote: this program, the folder's
name (files in out/ are called after it), the settings, the show's glossary, templates and voices
(by content), and every file of the episode (by name, size and time). A batch of hundreds of
finished episodes so ends in seconds. It can only be too careful: whatever does not match is looked
at properly.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Iterator
from pathlib import Path

from ..project import plugins, serialization
from ..project.artifacts import ArtifactStore
from ..project.episode_folder import EpisodeFolder
from ..project.files import file_sha256
from ..project.locks import FILE_LOCK, HELD_SUFFIX, RUN_LOCK
from ..project.manifest import read_record
from ..project.recordings import POINTER_SUFFIX, pointed_to
from .registry import Registry

_LOCKS = frozenset({RUN_LOCK, FILE_LOCK, RUN_LOCK + HELD_SUFFIX, FILE_LOCK + HELD_SUFFIX})
_OF_THE_RUN = _LOCKS | {"work", "try", "episode.json"}
_SHARED = ("glossary.toml", "templates", "voices")
Stamp = tuple[str, int, int]


def is_fresh(folder: EpisodeFolder, registry: Registry) -> bool:
    """Whether nothing that counts has changed since the last complete run; reads no sound, writes nothing."""
    stood = read_record(folder).stood
    return bool(stood) and stood == fingerprint(folder, registry)


def note(folder: EpisodeFolder, registry: Registry, artifacts: ArtifactStore) -> None:
    """Keep the fingerprint of a complete run; the caller holds the episode's lock."""
    artifacts.update(stood=fingerprint(folder, registry), failure={})


def fingerprint(folder: EpisodeFolder, registry: Registry) -> str:
    """sha256 (hex) over all that a run depends on and has left; empty when something cannot be read."""
    audio = registry.settings.audio
    named = (registry.settings.show.artwork, audio.intro, audio.outro, audio.bed)
    try:
        return serialization.digest(
            [
                _program(),
                folder.slug,
                serialization.plain(registry.settings),
                [str(one) for one in plugins.found()],
                _shared(registry.folder),
                [_stamp((registry.folder or Path()) / name, name) for name in named if name],
                sorted(_stamps(folder.path)),
            ]
        )
    except (OSError, ValueError):  # ValueError: a name that no disk can hold
        return ""


@functools.cache
def _program() -> str:
    """A stamp of this program's own files: another version may write other texts."""
    home = Path(__file__).parents[1]
    files = (path for path in home.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return serialization.digest(sorted(_stamp(path, str(path.relative_to(home))) for path in files))


def _shared(config: Path | None) -> list[tuple[str, str]]:
    """Name and sum of what the episodes of a show share."""
    found: list[tuple[str, str]] = []
    for room in [config / name for name in _SHARED] if config else []:
        paths = sorted(room.rglob("*")) if room.is_dir() else [room]
        found += [(path.name, file_sha256(path)) for path in paths if path.is_file()]
    return found


def _stamps(top: Path) -> Iterator[Stamp]:
    """What tells cheaply that files of an episode are the same; a pointer also by what it points to."""
    for room, below, names in os.walk(top):
        if Path(room) == top:
            below[:] = [name for name in below if name not in _OF_THE_RUN]
        for name in names:
            path = Path(room) / name
            if path.parent == top and name in _OF_THE_RUN:
                continue
            yield _stamp(path, str(path.relative_to(top)))
            if name.endswith(POINTER_SUFFIX):
                yield _stamp(pointed_to(path), "target of " + name)


def _stamp(path: Path, name: str) -> Stamp:
    seen = path.stat()
    return (name, seen.st_size, seen.st_mtime_ns)
