"""Recordings as they arrive: noticed by looking again and again, which works on network shares too.

A file counts as arrived when its size and time have stood still for a while and it can be opened.
An episode that was changed by its human (episode.toml, corrections, recordings) arrives anew. What
failed is tried again when it changes, not before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..project.episode_file import CORRECTIONS_NAME
from ..project.finder import BRIEF_NAME
from .search import Passed, below

Stamp = tuple[tuple[str, int, int], ...]
"""Name, size in bytes and time in nanoseconds of each file that counts."""


@dataclass(slots=True)
class Arrivals:
    """Remembers what was seen when; fed with snapshots and a clock in seconds."""

    settle_s: float = 10.0
    _since: dict[Path, tuple[Stamp, float]] = field(default_factory=dict)
    _handled: dict[Path, Stamp] = field(default_factory=dict)

    def look(self, seen: Mapping[Path, Stamp], now: float) -> tuple[Path, ...]:
        """Return what has arrived and stands still, in order of arrival; what vanished is forgotten."""
        self._since = {path: known for path, known in self._since.items() if path in seen}
        self._handled = {path: known for path, known in self._handled.items() if path in seen}
        for path, stamp in seen.items():
            if self._since.get(path, ((), 0.0))[0] != stamp:
                self._since[path] = (stamp, now)
        ready = [
            path
            for path, (stamp, since) in self._since.items()
            if now - since >= self.settle_s and self._handled.get(path) != stamp
        ]
        return tuple(sorted(ready, key=lambda path: self._since[path][1]))

    def handled(self, path: Path) -> None:
        """Do not return it again as it is now, however its episode ended."""
        if path in self._since:
            self._handled[path] = self._since[path][0]


def snapshot(top: Path, passed: Passed = lambda *_: None) -> dict[Path, Stamp]:
    """Look at everything below a folder; an empty file, and one that cannot be opened, is not there yet.

    ``passed`` is told of what may be a recording and is not taken.

    Raises UsageError when the folder is not there.
    """
    seen = {}
    for path in below(top, passed=passed):
        stamp = _of_folder(path) if path.is_dir() else _of_file(path, path.name)
        if stamp:
            seen[path] = stamp
    return seen


def _of_folder(path: Path) -> Stamp:
    files = [path / BRIEF_NAME, path / CORRECTIONS_NAME]
    source = path / "source"
    try:
        files += sorted(source.iterdir()) if source.is_dir() else []
    except OSError:
        return ()
    return tuple(part for file in files for part in _of_file(file, file.name, opened=False))


def _of_file(path: Path, name: str, *, opened: bool = True) -> Stamp:
    try:
        seen = path.stat()
        if opened:
            with path.open("rb") as reader:
                reader.read(1)
    except OSError:
        return ()
    return ((name, seen.st_size, seen.st_mtime_ns),) if seen.st_size else ()
