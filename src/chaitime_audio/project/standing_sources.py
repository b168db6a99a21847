"""An episode's recordings now, against those that its files in out/ were made from.

A run that has less to work with replaces nothing, and a recording that was only linked and has moved
is found again by what is in it.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from ..errors import ChaitimeError, InputRefusedError
from .episode_folder import EpisodeFolder
from .files import file_sha256, replace_file
from .manifest import Record, SourceStamp
from .recordings import POINTER_SUFFIX, pointed_to
from .settings import find_config

MOST_LOOKED_AT = 20_000
"""So many files are looked at for one that moved: a share may hold millions."""


def refuse_less(folder: EpisodeFolder, record: Record) -> None:
    """Raise InputRefusedError when out/ was made from more recordings than lie in source/ now."""
    known = record.sources
    if not any((folder.out / name).is_file() for name in record.written):
        return
    there = folder.sources()
    if len(there) >= len(known):
        return
    left = Counter(path.name for path in there)
    gone = [stamp.name for stamp in known if not left[stamp.name] or left.subtract([stamp.name])]
    named = ", ".join(gone) or f"{len(known) - len(there)} of them"
    raise InputRefusedError(
        f"{folder.out} was made from {len(known)} recordings, and {named} is no longer in {folder.source}: "
        "bring it back, or make the episode without it with --force"
    )


def follow_moved(folder: EpisodeFolder, record: Record) -> tuple[str, ...]:
    """Mend pointers in source/ whose recording lies elsewhere now, known by its content; say each.

    It is looked for where it lay, next to where it lay, and in the folder of the show, so that a share
    mounted elsewhere and a show on another machine are no loss. What is not found stays for
    `EpisodeFolder.sources` to name. The caller holds the episode's run lock.
    """
    said = []
    for pointer in sorted(folder.source.glob("*" + POINTER_SUFFIX)) if folder.source.is_dir() else []:
        try:
            old = pointed_to(pointer)
            if old.is_file():
                continue
            known = [stamp for stamp in record.sources if stamp.name == old.name and stamp.sha256]
            new = next(_alike(folder, old, known[0]), None) if len(known) == 1 else None
            if new:
                replace_file(pointer, os.fsencode(new) + b"\n")
                said.append(f"{old.name} was moved; found again by its content at {new}")
        except (OSError, ChaitimeError):  # whatever is wrong with it is told when it is read
            continue
    return tuple(said)


def _alike(folder: EpisodeFolder, old: Path, known: SourceStamp) -> Iterator[Path]:
    """Files with the content that a recording had, the likeliest places first."""
    seen = set[Path]()
    for path in islice(_files(_places(folder, old)), MOST_LOOKED_AT):
        if path in seen:
            continue
        seen.add(path)
        if path.stat().st_size == known.size_bytes and file_sha256(path) == known.sha256:
            yield path.resolve()


def _places(folder: EpisodeFolder, old: Path) -> list[tuple[Path, int]]:
    """Folders to look in, and how many levels deep."""
    config = find_config(folder.path.resolve())
    show = config.parent.parent if config else folder.path.resolve().parent
    there = next((above for above in old.parents if above.is_dir()), show)
    near = [(there, 3)] if len(there.parts) > 2 else []
    return [(old.parent, 0), (show, 6), *near]


def _files(places: list[tuple[Path, int]]) -> Iterator[Path]:
    for top, deep in places:
        for room, rooms, names in os.walk(top):
            at_depth = len(Path(room).parts) - len(top.parts)
            ours = {"out", "work", "facts", "try"}
            rooms[:] = [name for name in sorted(rooms) if not name.startswith(".") and name not in ours]
            if at_depth >= deep:
                rooms.clear()
            yield from (path for name in sorted(names) if (path := Path(room) / name).is_file())
