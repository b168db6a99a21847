"""Finds episode folders and bare recordings below a folder."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from ..briefing import Told
from ..engines.probe import probe
from ..errors import ChaitimeError, UsageError
from ..folder import BRIEF_NAME, MEDIA_SUFFIXES, EpisodeFolder
from ..intake import Request, home_of, settle


@dataclass(frozen=True, slots=True)
class Found:
    """An episode folder, or with ``recording`` the one that a bare recording will get."""

    folder: EpisodeFolder
    recording: Path | None = None

    @property
    def path(self) -> Path:
        """What tells it from all others: the bare recording, else the episode's folder."""
        return self.recording or self.folder.path

    def settled(self, *, link: bool, told: Told) -> EpisodeFolder:
        """Return the folder, made if need be; a namesake that was made meanwhile is not taken.

        Raises what `probe` and `intake.settle` raise; what is no recording leaves no folder.
        """
        if self.recording is None:
            return self.folder
        request = Request((self.recording,), link=link)
        probe(request.paths, "single")
        return settle(request, home_of(request, told), told)


def find(top: Path) -> tuple[Found, ...]:
    """Return every episode below ``top`` in order of path, each once.

    Episode folders are not looked into; ``out/``, hidden names and links to folders are passed
    over. Raises UsageError when ``top`` is no folder.
    """
    found: dict[Path, Found] = {}
    for path in below(top):
        item = found_at(path)
        found.setdefault((item.recording or item.folder.path).resolve(), item)
    return tuple(found[key] for key in sorted(found))


def below(top: Path) -> tuple[Path, ...]:
    """Return the episode folders below ``top``, then the bare recordings, without opening any."""
    if not top.is_dir():
        raise UsageError(f"there is no folder {top}; name the folder with your episodes")
    episodes: list[Path] = []
    bare: list[Path] = []
    for room, rooms, names in os.walk(top):
        here = Path(room)
        if (here / BRIEF_NAME).is_file():
            episodes.append(here)
            rooms.clear()
            continue
        rooms[:] = sorted(name for name in rooms if name != "out" and not name.startswith("."))
        bare += [here / name for name in sorted(names) if _is_recording(here / name)]
    return (*episodes, *bare)


def found_at(path: Path) -> Found:
    """Return the episode at an episode folder, or that of a bare recording, made or not."""
    if path.is_dir():
        return Found(EpisodeFolder(path))
    home = home_of(Request((path,)), Told())
    return Found(home) if home.brief.is_file() else Found(home, path)


def newest_first(items: Iterable[Found]) -> tuple[Found, ...]:
    """Return them by the time at which their recordings were last written, the latest first."""

    def written(found: Found) -> float:
        try:
            paths = (found.recording,) if found.recording else found.folder.sources()
            return max(path.stat().st_mtime for path in paths)
        except (OSError, ChaitimeError):
            return 0.0

    return tuple(sorted(items, key=written, reverse=True))


def only(items: Iterable[Found], wanted: tuple[str, ...]) -> tuple[Found, ...]:
    """Return those whose folder or recording has one of these in its name, or fits it as a pattern."""
    return tuple(found for found in items if any(_fits(found, text) for text in wanted))


def _fits(found: Found, text: str) -> bool:
    names = [found.folder.path.name, *([found.recording.name] if found.recording else [])]
    wanted = text.casefold()
    return any(wanted in name.casefold() or fnmatch(name.casefold(), wanted) for name in names)


def _is_recording(path: Path) -> bool:
    """By name: a partial download ends otherwise (``.part``, ``.crdownload``)."""
    return path.suffix.lower() in MEDIA_SUFFIXES and not path.name.startswith(".") and path.is_file()
