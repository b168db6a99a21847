"""The episodes a studio was opened on, and the desks of those that somebody has looked at."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..batch.search import below
from ..domain.text import printable
from ..errors import ChaitimeError, UsageError
from ..project import episode_file
from ..project.episode_folder import EpisodeFolder
from .desk import Desk


@dataclass(slots=True)
class Shelf:
    """Episodes by the name in their address, which is never a path: two of one name get a number.

    ``sounds`` is a folder of this run alone, for listening copies.
    """

    folders: dict[str, EpisodeFolder]
    config: Path | None
    sounds: Path
    _desks: dict[str, Desk] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def desk(self, name: str) -> Desk:
        """Open an episode, once. Raises KeyError for a name that is none, and what `Desk` raises."""
        folder = self.folders[name]
        with self._lock:
            if name not in self._desks:
                room = self.sounds / name
                room.mkdir(exist_ok=True)
                desk = self._desks[name] = Desk(folder, self.config, room)
                threading.Thread(target=desk.make_ready, daemon=True, name=f"sound of {name}").start()
            return self._desks[name]

    def add(self, folder: EpisodeFolder) -> str:
        """Put an episode on the shelf that was begun meanwhile; returns its name in addresses."""
        with self._lock:
            for name, known in self.folders.items():
                if known.path == folder.path:
                    return name
            name, number = folder.slug, 2
            while name in self.folders:
                name, number = f"{folder.slug}-{number}", number + 1
            self.folders[name] = folder
            return name

    def listed(self) -> list[dict[str, Any]]:
        """Every episode by name, with its title and whether it was made."""
        return [self._row(name, folder) for name, folder in tuple(self.folders.items())]

    @staticmethod
    def _row(name: str, folder: EpisodeFolder) -> dict[str, Any]:
        title, problem = folder.path.name, ""
        try:
            title = episode_file.read_brief(folder).title or title
        except ChaitimeError as found:
            problem = str(found)
        return {
            "name": name,
            "title": printable(title, " "),
            "made": folder.record.is_file(),
            "problem": problem,
        }


def folders_at(path: Path) -> dict[str, EpisodeFolder]:
    """Return the episode at ``path``, or those below a folder; one without any is an empty library.

    Raises UsageError for a path that is neither.
    """
    one = EpisodeFolder(path)
    is_one = one.brief.is_file() or one.record.is_file()
    paths = (path,) if is_one else tuple(item for item in below(path) if item.is_dir())
    found: dict[str, EpisodeFolder] = {}
    for item in paths:
        folder = EpisodeFolder(item)
        name, number = folder.slug, 2
        while name in found:
            name, number = f"{folder.slug}-{number}", number + 1
        found[name] = folder
    if not found and not path.is_dir():
        raise UsageError(f"there is no episode in {path}; make one with: chaitime process RECORDING")
    return found
