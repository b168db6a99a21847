"""From what a person hands in to an episode folder.

A folder with ``episode.toml`` or ``source/`` is an episode. A bare recording gets one in
``episodes/`` of the nearest configuration, else beside itself; the same content finds its
folder again, a namesake gets ``-2``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..domain.brief import Brief
from ..domain.sound import Arrangement
from ..errors import DestinationError, InputRefusedError, UsageError
from .belonging import proposed
from .episode_file import Overrides, create
from .episode_folder import EpisodeFolder, slug
from .file_names import extended, printable_name
from .files import copy_in, replace_file, same_file
from .finder import BRIEF_NAME
from .recordings import INCOMING_NAME, POINTER_SUFFIX, begins_like_sound, kind_by_name, pointed_to
from .settings import find_config


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for: paths as typed, where to put the episode, how several files belong together."""

    paths: tuple[Path, ...]
    out: Path | None = None
    arrangement: Arrangement | None = None
    link: bool = False


def existing_episode(request: Request) -> EpisodeFolder | None:
    """Return the episode that a single path names: its folder, or a file in its source/.

    Raises UsageError for paths that are not there, InputRefusedError for a folder without sound.
    """
    for path in request.paths:
        if not path.exists():
            raise UsageError(f"there is no {path}; check the name")
    first = request.paths[0]
    if first.is_dir():
        if len(request.paths) > 1:
            raise UsageError(f"{first} is a folder; name one episode folder, or only recordings")
        return _episode_at(first)
    home = first.resolve().parent
    if home.name == "source" and (home.parent / BRIEF_NAME).exists():
        return EpisodeFolder(home.parent)
    return None


def arrangement_of(request: Request) -> Arrangement:
    """Say how several recordings belong together: as asked, or as numbered names propose.

    Raises UsageError, which asks, when neither tells.
    """
    if request.arrangement:
        return request.arrangement
    if len(request.paths) == 1:
        return "single"
    if proposed(request.paths) == "parts":
        return "parts"
    names = ", ".join(path.name for path in request.paths)
    raise UsageError(
        f"how do {names} belong together? add --parts (pieces, in this order) or --tracks (one per person)"
    )


def arrangement_in(folder: EpisodeFolder, brief: Brief) -> Arrangement:
    """Say how the recordings in an episode folder belong together.

    Raises UsageError, which asks, when neither episode.toml nor numbered names tell.
    """
    sources = folder.sources()
    if len(sources) == 1 and brief.arrangement != "tracks":
        return "single"
    if brief.arrangement in ("parts", "tracks"):
        return brief.arrangement
    for path in sources:
        if kind_by_name(path.name) == "unknown" and not begins_like_sound(path):
            raise InputRefusedError(
                f"{path} is not a kind of recording chaitime knows; move it out of {folder.source}"
            )
    if proposed(sources) == "parts":
        return "parts"
    names = ", ".join(path.name for path in sources)
    raise UsageError(
        f'how do {names} belong together? write arrangement = "parts" (pieces, in this order) or '
        f'"tracks" (one per person) into {folder.brief}'
    )


def home_of(request: Request, told: Overrides) -> EpisodeFolder:
    """Return the folder a bare recording belongs to; it may not exist yet."""
    if request.out:
        return EpisodeFolder(request.out)
    first = request.paths[0].resolve()
    config = find_config(first.parent) or find_config(Path.cwd())
    episodes = config.parent.parent / "episodes" if config else first.parent
    number = f"{told.number:03d}-" if told.number else ""
    stem = slug(number + (told.title or request.paths[0].stem))
    for name in (stem, *(f"{stem}-{count}" for count in range(2, 1000))):
        folder = EpisodeFolder(episodes / name)
        if folder.brief.is_file() and _has(folder, request.paths):
            return folder
        if _is_begun(folder, request) or _has(folder, request.paths):
            return next((known for known in _episodes(episodes) if _has(known, request.paths)), folder)
    raise UsageError(f"{episodes} has a thousand folders called {stem}; use --out")


def settle(request: Request, folder: EpisodeFolder, told: Overrides) -> EpisodeFolder:
    """Make the episode folder: recordings copied in or pointed to, ``episode.toml`` written.

    The caller holds its run lock.

    A folder that holds these recordings already stays as it is; one in which a run was killed
    while it brought them in gets the rest. Raises DestinationError when it holds others or cannot
    be written.
    """
    if not _has(folder, request.paths):
        brought = _brought(folder, request)
        if brought is None:
            raise DestinationError(f"{folder.path} holds another recording already; choose another --out")
        _bring_in(request, folder, brought)
    if not folder.brief.exists():
        create(folder, told)
    return folder


def _bring_in(request: Request, folder: EpisodeFolder, brought: frozenset[str]) -> None:
    """Bring in what is not there yet, and see afterwards that all of it is found again."""
    incoming, many = folder.source / INCOMING_NAME, len(request.paths) > 1
    if many:
        replace_file(incoming, b"recordings are being brought in\n")
    for name, path in _named(request):
        if name not in brought:
            _bring(path, folder, name, link=request.link)
    if many:
        incoming.unlink(missing_ok=True)
    seen = len(folder.sources())
    if seen != len(request.paths):
        raise InputRefusedError(
            f"{len(request.paths)} recordings were brought into {folder.source}, but {seen} are found there; "
            "give those that are missing the ending of what they are, such as .wav"
        )


def _named(request: Request) -> list[tuple[str, Path]]:
    """Each recording with the name it gets in source/."""
    many, end = len(request.paths) > 1, POINTER_SUFFIX if request.link else ""
    return [
        (extended(_visible(path), before=f"{index:02d}-" if many else "", behind=end), path)
        for index, path in enumerate(request.paths, 1)
    ]


def _visible(path: Path) -> str:
    """A name under which source/ sees a recording that was handed in by name, whatever it is called.

    Raises InputRefusedError for one that is still arriving.
    """
    name = printable_name(path)
    kind = kind_by_name(name)
    if kind == "partial":
        raise InputRefusedError(f"{path} is still being written or uploaded; run again when it is complete")
    name += "" if kind in ("recording", "unknown") and not name.endswith(POINTER_SUFFIX) else ".recording"
    return "_" + name if name.startswith((".", "~$")) else name


def _is_begun(folder: EpisodeFolder, request: Request) -> bool:
    """Whether nobody has put anything here, or only a run that was killed while it brought these in."""
    half = (folder.source / INCOMING_NAME).exists()
    if not half and (folder.brief.exists() or folder.record.exists() or folder.out.exists()):
        return False
    return _brought(folder, request) is not None


def _brought(folder: EpisodeFolder, request: Request) -> frozenset[str] | None:
    """Names in source/ of those that are there already, whole; None when others are there too.

    The temporary of a copy that was broken off is nobody's.
    """
    wanted, same = dict(_named(request)), _points_to if request.link else same_file
    found = folder.source.iterdir() if folder.source.is_dir() else iter(())
    there = {item.name: item for item in found if not item.name.startswith(".")}
    try:
        ours = all(name in wanted and same(item, wanted[name]) for name, item in there.items())
    except OSError:
        return None
    return frozenset(there) if ours else None


def _points_to(pointer: Path, path: Path) -> bool:
    return pointed_to(pointer) == path.resolve()


def _bring(path: Path, folder: EpisodeFolder, name: str, *, link: bool) -> None:
    if link:
        replace_file(folder.source / name, os.fsencode(path.resolve()) + b"\n")
    else:
        copy_in(path, folder.source / name)


def _episode_at(path: Path) -> EpisodeFolder:
    if (path / BRIEF_NAME).exists() or (path / "source").is_dir():
        return EpisodeFolder(path)
    raise InputRefusedError(
        f"{path} is not an episode: it has neither {BRIEF_NAME} nor source/; name a recording instead"
    )


def _episodes(folder: Path) -> Iterator[EpisodeFolder]:
    found = sorted(folder.iterdir()) if folder.is_dir() else []
    yield from (EpisodeFolder(item) for item in found if (item / BRIEF_NAME).is_file())


def _has(folder: EpisodeFolder, paths: tuple[Path, ...]) -> bool:
    """Whether an episode's recordings are exactly these, by content (sizes first: they are cheap)."""
    try:
        sources = folder.sources()
    except InputRefusedError:
        return False
    try:
        return len(sources) == len(paths) and all(
            same_file(ours, theirs) for ours, theirs in zip(sources, paths, strict=True)
        )
    except OSError as cause:
        raise InputRefusedError(f"cannot read {cause.filename or paths[0]}: {cause.strerror}") from cause
