"""An episode's recordings now, against those that its files in out/ were made from.

A run that has less to work with replaces nothing, and a recording that was only linked and has moved
is found again by what is in it.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from ..errors import ChaitimeError, InputRefusedError
from .episode_folder import EpisodeFolder
from .files import file_sha256, replace_file
from .manifest import Record, SourceStamp
from .recordings import POINTER_SUFFIX, kind_by_name, link_text, pointed_to
from .settings import find_config

MOST_LOOKED_AT = 20_000
"""So many files are looked at for one that moved: a share may hold millions."""
LESS_S, LESS_SHARE = 2.0, 0.03
"""Sound that is shorter by more than both is less to work with; less than that, and it was trimmed."""


def refuse_less(folder: EpisodeFolder, record: Record, length_s: Callable[[Path], float]) -> None:
    """Raise InputRefusedError when out/ was made from more than lies in source/ now.

    That is more recordings, or more sound in one that has kept its name. ``length_s`` counts the seconds
    of sound in a file; it is asked only where a file is smaller than it was.
    """
    known = record.sources
    if not any((folder.out / name).is_file() for name in record.written):
        return
    there = folder.sources()
    if len(there) < len(known):
        _refuse_missing(folder, known, there)
    sizes = {stamp.name: stamp.size_bytes for stamp in known}
    smaller = [path for path in there if path.stat().st_size < sizes.get(path.name, 0)]
    if smaller and len(there) == len(known):
        tracks = _spoken_until_s(record)
        for path, spoken_s in zip(there, tracks, strict=False):
            if path in smaller:
                _refuse_shorter(folder, path.name, length_s(path), spoken_s)
        if not tracks:
            names = ", ".join(path.name for path in smaller)
            _refuse_shorter(folder, names, sum(length_s(path) for path in there), _made_from_s(record))


def _refuse_missing(folder: EpisodeFolder, known: Sequence[SourceStamp], there: Sequence[Path]) -> None:
    left = Counter(path.name for path in there)
    gone = [stamp.name for stamp in known if not left[stamp.name] or left.subtract([stamp.name])]
    named = ", ".join(gone) or f"{len(known) - len(there)} of them"
    raise InputRefusedError(
        f"{folder.out} was made from {len(known)} recordings, and {named} is no longer in {folder.source}: "
        "bring it back, or make the episode without it with --force"
    )


def _refuse_shorter(folder: EpisodeFolder, named: str, now_s: float, then_s: float) -> None:
    if then_s - now_s > max(LESS_S, LESS_SHARE * then_s):
        raise InputRefusedError(
            f"{folder.out} was made from {then_s:.0f} s of sound, and {now_s:.0f} s are left since {named} "
            "was cut short: bring the whole one back, or take it as it is with --force"
        )


def _made_from_s(record: Record) -> float:
    """How long the sound was that was decoded last; 0.0 when that is not known."""
    decoded = record.receipts.get("decoded")
    try:
        return float(decoded.value["sample_count"] / decoded.value["sample_rate_hz"]) if decoded else 0.0
    except (TypeError, KeyError, ZeroDivisionError):
        return 0.0


def _spoken_until_s(record: Record) -> tuple[float, ...]:
    """Of each track when its person last spoke, on its own clock; nothing when they were no tracks."""
    aligned = record.receipts.get("aligned")
    if aligned is None or len(record.sources) < 2:
        return ()
    try:
        starts, tracks = aligned.value["offsets_ms"], aligned.value["tracks"]
        ends = [max((spoken["end_ms"] for spoken in track), default=0) for track in tracks]
        return tuple((end - start) / 1000 for end, start in zip(ends, starts, strict=True))
    except (TypeError, KeyError, ValueError):
        return ()


def name_moved_target(folder: EpisodeFolder, record: Record) -> None:
    """Raise InputRefusedError for a symbolic link in source/ whose target lies elsewhere now, and say where.

    The link is a person's, and stays as it is. One whose target is not found is for
    `EpisodeFolder.sources` to name.
    """
    for link in sorted(folder.source.iterdir()) if folder.source.is_dir() else []:
        if not link.is_symlink() or link.exists() or kind_by_name(link.name) == "companion":
            continue
        known = [stamp for stamp in record.sources if stamp.name == link.name and stamp.sha256]
        old = Path(os.path.normpath(link.parent / link_text(link)))
        try:
            new = next(_alike(folder, old, known[0]), None) if len(known) == 1 else None
        except (OSError, ChaitimeError):
            continue
        if new:
            raise InputRefusedError(f"{link} points to {old}, which was moved to {new}; point it there")


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
