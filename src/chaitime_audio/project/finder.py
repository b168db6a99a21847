"""Finds episodes and bare recordings below a folder: one walk for batch, watch, status and feed."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

from ..errors import UsageError
from .file_names import natural_order
from .recordings import POINTER_SUFFIX, begins_like_sound, kind_by_name, link_text

BRIEF_NAME = "episode.toml"
FEED_NAME = "feed.xml"


def below(
    top: Path,
    closed: Callable[[OSError], object] = lambda _: None,
    passed: Callable[[Path, str], object] = lambda *_: None,
    hears: Callable[[Path], bool] = begins_like_sound,
) -> tuple[Path, ...]:
    """Return the episode folders below ``top`` at any depth, then the bare recordings.

    Episodes are not looked into; ``out/``, hidden names, links to folders and published sites are passed
    over. ``closed`` is told of what cannot be looked at, as on a share that hangs; one that went away
    meanwhile is none. ``passed`` is told of files that may be recordings and are not taken, and why;
    ``hears`` decides about those whose names tell nothing. Raises UsageError when ``top`` is no folder.
    """
    closed = partial(_unless_gone, closed)
    _check_folder(top)
    episodes: list[Path] = []
    bare: list[Path] = []
    for room, rooms, names in os.walk(top, onerror=closed):
        here = Path(room)
        if is_episode(here, rooms, names, top):
            episodes.append(here)
            rooms.clear()
            continue
        if FEED_NAME in names and here != top:
            rooms.clear()
            continue
        rooms[:] = sorted(name for name in rooms if name != "out" and not name.startswith("."))
        for path in sorted((here / name for name in names if not name.startswith(".")), key=natural_order):
            try:
                bare += [path] if _is_bare(path, passed, hears) else []
            except OSError as problem:
                closed(problem)
    return (*episodes, *bare)


def is_episode(folder: Path, rooms: list[str], names: list[str], top: Path) -> bool:
    """Whether a folder below ``top`` is an episode, as `process` sees it; ``top`` needs an episode.toml."""
    return BRIEF_NAME in names or ("source" in rooms and folder != top)


def _is_bare(path: Path, passed: Callable[[Path, str], object], hears: Callable[[Path], bool]) -> bool:
    kind = kind_by_name(path.name)
    if kind == "companion" or path.name.endswith(POINTER_SUFFIX):
        return False
    if path.is_symlink() and not path.exists():
        passed(path, f"a link to {link_text(path)}, which is not there")
    elif kind == "partial":
        passed(path, "still being written or uploaded")
    elif kind == "archive":
        passed(path, "an archive; unpack it")
    elif not path.is_file():
        return False
    elif kind == "recording" or (path.stat().st_size and hears(path)):
        return True
    else:
        passed(path, "no sound in it")
    return False


def _check_folder(top: Path) -> None:
    try:
        there = top.is_dir()
    except OSError as cause:
        raise UsageError(f"cannot look into {top}: {cause.strerror or cause}") from cause
    if not there:
        raise UsageError(f"there is no folder {top}; name the folder with your episodes")


def _unless_gone(closed: Callable[[OSError], object], problem: OSError) -> None:
    if not isinstance(problem, FileNotFoundError):
        closed(problem)
