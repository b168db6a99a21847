"""What a look at a file told, remembered by the file's size, time and inode: work that is done once.

A file that looks the same is not read again: neither for its sum nor for its length.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from . import serialization
from .episode_folder import EpisodeFolder
from .files import file_sha256, replace_file
from .manifest import Remembered, stamp_of

Value = TypeVar("Value")


class FileMemory:
    """Of one episode; its entries go into ``episode.json`` with the next update. Safe between threads."""

    def __init__(self, folder: EpisodeFolder, entries: Mapping[str, Remembered]) -> None:
        self._folder, self._lock = folder, threading.Lock()
        self.entries = dict(entries)

    def look(self, name: str, key: str, looking: Callable[[], Value], kind: type[Value]) -> Value:
        """Return what ``looking`` told when the key was this one, else look now.

        The key says what it was told of (`looks_of` a file, say). It is written with the next `update`.
        """
        known = self.entries.get(name)
        if known and known.key == key:
            try:
                return serialization.from_json(kind, json.dumps(known.value))
            except ValueError:
                pass  # torn, or of another version: looked at again
        found = looking()
        self._remember(name, key, serialization.plain(found))
        return found

    def sum_of(self, path: Path) -> str:
        """sha256 (hex) of a file of the episode; read anew only when its size, time or inode changed.

        Raises InputRefusedError when it cannot be read.
        """
        return self.look(self._name_of(path), looks_of(path), lambda: file_sha256(path), str)

    def note_sum(self, path: Path, total: str) -> None:
        """Remember the sum of a file that was just written, so that it is not read for it."""
        self._remember(self._name_of(path), looks_of(path), total)

    def kept_file(self, name: str, key: str, make: Callable[[], bytes]) -> bytes:
        """Return a small file of ``facts/`` that was made from what the key says; made where it is not.

        For what costs more to make than to read, and no person waits for: a cover, pictures.
        """
        path, known = self._folder.facts / name, self.entries.get(f"made {name}")
        if known and known.key == key and path.is_file():
            data = path.read_bytes()
            if sha256(data).hexdigest() == known.value:
                return data
        data = make()
        replace_file(path, data)
        self._remember(f"made {name}", key, sha256(data).hexdigest())
        return data

    def has_kept(self, name: str, key: str) -> bool:
        """Whether `kept_file` has what it is asked for, as far as can be seen without reading."""
        known = self.entries.get(f"made {name}")
        return bool(known and known.key == key) and (self._folder.facts / name).is_file()

    def _remember(self, name: str, key: str, value: Any) -> None:
        with self._lock:
            self.entries = {**self.entries, name: Remembered(key, value)}

    def _name_of(self, path: Path) -> str:
        return f"sum {path.relative_to(self._folder.path).as_posix()}"


def looks_of(path: Path) -> str:
    """What tells cheaply that a file is the same: size, time and inode. Raises InputRefusedError."""
    stamp = stamp_of(path, read=False)
    return f"{stamp.size_bytes} {stamp.mtime_ns} {stamp.inode}"
