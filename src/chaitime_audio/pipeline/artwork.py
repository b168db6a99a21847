"""The show's cover and the pictures of chapters: looked at before anything slow begins, made ready once.

What was made ready is kept in facts/ as long as the picture it was made of looks the same.
"""

from __future__ import annotations

from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from ..domain.brief import Brief, ChapterWish
from ..domain.tags import Mark
from ..domain.timecode import clock
from ..errors import ConfigError
from ..formats.rendering.pictures import picture_name
from ..project.episode_folder import EpisodeFolder
from ..project.file_memory import FileMemory, looks_of
from ..tagging.cover import check_cover, check_picture, prepare_cover, prepare_picture
from ..tagging.drawn_cover import drawn_cover
from ..tagging.wide_cover import prepare_wide
from .registry import Registry

COVER_NAME = "cover.jpg"
REVISION = 1
"""Grows when a cover or a picture comes out otherwise, so that those that are kept are made anew."""


def cover_of(registry: Registry, files: FileMemory | None = None) -> bytes:
    """Return the show's cover as a JPEG: its own, checked and converted, or one that is drawn.

    With ``files`` it is made once, until the picture or the show's name changes.
    """
    show, path = registry.settings.show, _artwork(registry)

    def make() -> bytes:
        return prepare_cover(path) if path else drawn_cover(show.name, show.tagline)

    if files is None:
        return make()
    key = _key(path) if path else _revision(sha256(f"{show.name}\n{show.tagline}".encode()).hexdigest())
    return files.kept_file(COVER_NAME, key, make)


def wide_cover_of(registry: Registry) -> tuple[bytes, ...]:
    """Return the show's 16:9 picture as a JPEG, if it names one.

    Raises ConfigError, naming the setting, for one that is no picture, or of another shape.
    """
    path = registry.file(registry.settings.feed.wide, "feed.wide")
    try:
        return (prepare_wide(path),) if path else ()
    except ConfigError as problem:
        raise ConfigError(f"feed.wide: {problem}") from problem


def look_at_cover(registry: Registry, files: FileMemory) -> None:
    """Open the show's own cover, if it has one that was not made ready yet.

    Raises ConfigError naming the setting, for one that `cover_of` could not use.
    """
    path = _artwork(registry)
    try:
        if path and not files.has_kept(COVER_NAME, _key(path)):
            check_cover(path)
    except ConfigError as problem:
        raise ConfigError(f"show.artwork: {problem}") from problem


def check_pictures(folder: EpisodeFolder, brief: Brief, files: FileMemory) -> None:
    """Open every picture that is wished for and was not made ready yet.

    Raises ConfigError naming episode.toml, the chapter and the picture, for one that is missing,
    no picture, damaged, or too small.
    """
    for wish in brief.chapters:
        path = folder.home / wish.picture
        if wish.picture and not (path.is_file() and files.has_kept(picture_name(wish.picture), _key(path))):
            try:
                check_picture(path)
            except ConfigError as problem:
                raise ConfigError(f"{folder.brief}: {_where(wish)}: {problem}") from problem


def prepared_pictures(
    folder: EpisodeFolder, chapters: tuple[Mark, ...], files: FileMemory | None = None
) -> tuple[tuple[str, bytes], ...]:
    """Return the pictures of chapters as JPEGs, each once, by their names in episode.toml.

    With ``files`` each is made once, until its picture changes. Raises ConfigError as `check_pictures` does.
    """
    names = dict.fromkeys(chapter.picture for chapter in chapters if chapter.picture)
    return tuple((name, _prepared(folder.home / name, picture_name(name), files)) for name in names)


def _prepared(path: Path, kept_as: str, files: FileMemory | None) -> bytes:
    if files is None or not path.is_file():
        return prepare_picture(path)
    return files.kept_file(kept_as, _key(path), lambda: prepare_picture(path))


def _artwork(registry: Registry) -> Path | None:
    return registry.file(registry.settings.show.artwork, "show.artwork")


def _key(path: Path) -> str:
    return _revision(looks_of(path))


def _revision(made_of: str) -> str:
    return f"{REVISION} pillow {version('pillow')} {made_of}"


def _where(wish: ChapterWish) -> str:
    at = "" if wish.at is None else f" at {clock(wish.at)}"
    return f"chapter{at}" + (f" “{wish.title}”" if wish.title else "")
