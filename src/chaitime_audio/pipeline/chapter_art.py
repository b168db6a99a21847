"""Pictures of chapters: looked at before anything slow begins, made ready when the episode is published."""

from __future__ import annotations

from ..domain.brief import Brief, ChapterWish
from ..domain.tags import Mark
from ..domain.timecode import clock
from ..errors import ConfigError
from ..project.episode_folder import EpisodeFolder
from ..tagging.mp3 import check_picture, prepare_picture


def check_pictures(folder: EpisodeFolder, brief: Brief) -> None:
    """Open every picture that is wished for.

    Raises ConfigError naming episode.toml, the chapter and the picture, for one that is missing,
    no picture, damaged, or too small.
    """
    for wish in brief.chapters:
        if wish.picture:
            try:
                check_picture(folder.home / wish.picture)
            except ConfigError as problem:
                raise ConfigError(f"{folder.brief}: {_where(wish)}: {problem}") from problem


def prepared_pictures(folder: EpisodeFolder, chapters: tuple[Mark, ...]) -> tuple[tuple[str, bytes], ...]:
    """Return the pictures of chapters as JPEGs, each once, by their names in episode.toml.

    Raises ConfigError as `check_pictures` does.
    """
    names = dict.fromkeys(chapter.picture for chapter in chapters if chapter.picture)
    return tuple((name, prepare_picture(folder.home / name)) for name in names)


def _where(wish: ChapterWish) -> str:
    at = "" if wish.at is None else f" at {clock(wish.at)}"
    return f"chapter{at}" + (f" “{wish.title}”" if wish.title else "")
