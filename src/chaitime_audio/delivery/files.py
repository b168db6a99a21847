"""What is sent: the files of a site, or of one episode what its feed item points to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ..errors import UsageError
from ..project.files import file_sha256

LAST = ("index.html", "feed.xml")
"""Sent after everything else, in this order: they point to the rest."""
OF_AN_EPISODE = ("mp3", "m4a", "flac", "vtt", "srt", "transcript.json", "chapters.json")


@dataclass(frozen=True, slots=True)
class Sendable:
    """A file here, what it is called there (with ``/``), its size and sha256 (hex)."""

    path: Path
    name: str
    size_bytes: int
    sha256: str


def site_files(folder: Path) -> tuple[Sendable, ...]:
    """Every file of a folder; hidden ones, links, and what is still being written (``.new``) are left out.

    Raises UsageError when there is none.
    """
    if not folder.is_dir():
        raise UsageError(f"there is no folder {folder}; make a site with: chaitime feed EPISODES")
    found = [path for path in sorted(folder.rglob("*")) if _is_meant(path, folder)]
    if not found:
        raise UsageError(f"{folder} has nothing to publish")
    return _in_order(_sendable(path, path.relative_to(folder).as_posix()) for path in found)


def episode_files(out: Path, slug: str) -> tuple[Sendable, ...]:
    """What an episode's feed item points to, in a folder of its name. Raises UsageError for nothing."""
    named = [out / f"{slug}.{ending}" for ending in OF_AN_EPISODE]
    pictures = sorted((out / "chapters").glob("*.jpg"))
    found = [path for path in (*named, *pictures, out / "transcript.html") if path.is_file()]
    if not found:
        raise UsageError(f"{out} has nothing to publish; run: chaitime process EPISODE")
    return _in_order(_sendable(path, f"{slug}/{path.relative_to(out).as_posix()}") for path in found)


def _is_meant(path: Path, folder: Path) -> bool:
    parts = path.relative_to(folder).parts
    hidden = any(part.startswith(".") for part in parts)
    return path.is_file() and not (hidden or path.is_symlink() or path.name.endswith(".new"))


def _sendable(path: Path, name: str) -> Sendable:
    return Sendable(path, name, path.stat().st_size, file_sha256(path))


def _in_order(found: Iterable[Sendable]) -> tuple[Sendable, ...]:
    return tuple(sorted(found, key=lambda one: (_rank(one.name), one.name)))


def _rank(name: str) -> int:
    last = name.rpartition("/")[2]
    if name in LAST:
        return 2 + LAST.index(name)
    return 1 if last in LAST else 0
