"""Every word of every talk, found at the second: an index of SQLite (FTS5) in the user's cache.

It holds what the episodes hold, and may go at any time: an episode is read again when its receipts, or
what a person decided about it, are others than when it was read.
"""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

import platformdirs

from ..domain.episode import Episode
from ..errors import ChaitimeError
from ..pipeline.run import RunOptions, open_episode, registry_for
from ..project import episode_file
from ..project.episode_folder import EpisodeFolder

KEPT = RunOptions(only_kept=True, unworded=True, unmastered=True, force=True)
VERSION, MOST_TERMS, MOST_FOUND = 1, 12, 100
_TABLES = """
CREATE VIRTUAL TABLE IF NOT EXISTS said USING fts5(
  text, who UNINDEXED, episode UNINDEXED, start_ms UNINDEXED, tokenize = 'unicode61 remove_diacritics 2');
CREATE TABLE IF NOT EXISTS episodes (path TEXT PRIMARY KEY, stamp TEXT NOT NULL);
"""


def cache_file(library: Path) -> Path:
    """Return where the index of a library lies."""
    name = sha256(str(library.resolve()).encode()).hexdigest()[:16]
    return platformdirs.user_cache_path("chaitime", appauthor=False) / "search" / f"{name}-{VERSION}.sqlite"


class FullText:
    """The index of one library; threads may share it."""

    def __init__(self, path: Path, config: Path | None = None) -> None:
        self._path, self._config, self._lock = path, config, threading.Lock()

    def search(self, text: str, folders: Mapping[str, EpisodeFolder]) -> list[dict[str, Any]]:
        """Return where all the words of a text are said, the best first: episode, speaker, time, excerpt.

        In an excerpt what was found stands between the characters U+0002 and U+0003. The last word may be a
        beginning.
        """
        terms = re.findall(r"\w+", text)[:MOST_TERMS]
        if not terms:
            return []
        asked = " ".join(f'"{term}"' for term in terms) + "*"
        names = {str(folder.path): name for name, folder in folders.items()}
        with self._lock, self._open() as base:
            self._refresh(base, folders.values())
            rows = base.execute(
                "SELECT episode, who, start_ms, snippet(said, 0, char(2), char(3), '…', 16) FROM said "
                "WHERE said MATCH ? ORDER BY rank LIMIT ?",
                (asked, MOST_FOUND),
            ).fetchall()
        return [
            {"name": names[path], "who": who, "start_ms": int(start_ms), "text": excerpt}
            for path, who, start_ms, excerpt in rows
            if path in names
        ]

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """The index; one that is no index any more is begun anew."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        try:
            base = self._connected()
        except sqlite3.DatabaseError:
            self._path.unlink(missing_ok=True)
            base = self._connected()
        with closing(base):
            yield base
            base.commit()

    def _connected(self) -> sqlite3.Connection:
        base = sqlite3.connect(self._path)
        try:
            base.executescript(_TABLES)
        except sqlite3.DatabaseError:
            base.close()
            raise
        return base

    def _refresh(self, base: sqlite3.Connection, folders: Iterable[EpisodeFolder]) -> None:
        known = dict(base.execute("SELECT path, stamp FROM episodes").fetchall())
        for folder in folders:
            path, stamp = str(folder.path), _stamp(folder)
            if known.pop(path, "") == stamp:
                continue
            with suppress(ChaitimeError, OSError):
                registry = registry_for(folder, self._config)
                with open_episode(folder, registry, KEPT) as made:
                    _put(base, path, stamp, made.episode)
        for path in known:
            _drop(base, path)


def _stamp(folder: EpisodeFolder) -> str:
    """What stands for all that the text of an episode is made from."""
    try:
        return f"{sha256(folder.record.read_bytes()).hexdigest()} {episode_file.stamp(folder)}"
    except OSError:
        return "not made"


def _drop(base: sqlite3.Connection, path: str) -> None:
    base.execute("DELETE FROM said WHERE episode = ?", (path,))
    base.execute("DELETE FROM episodes WHERE path = ?", (path,))


def _put(base: sqlite3.Connection, path: str, stamp: str, episode: Episode) -> None:
    _drop(base, path)
    rows = (
        (item.text, episode.cast.name(item.label), path, int(item.span.start_ms)) for item in episode.spoken
    )
    base.executemany("INSERT INTO said (text, who, episode, start_ms) VALUES (?, ?, ?, ?)", rows)
    base.execute("INSERT INTO episodes VALUES (?, ?)", (path, stamp))
