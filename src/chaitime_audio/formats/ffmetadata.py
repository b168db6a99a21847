"""ffmpeg's metadata file: title, show and chapters, to be put into a video or another encode of the talk."""

from __future__ import annotations

from ..domain import text
from ..domain.episode import Episode
from ..domain.tags import Mark
from ..editorial.notes.tags import chapter_marks
from .rendering.templates import Templates

FILE_NAME = "{slug}.ffmetadata.txt"
ON_REQUEST = True


def render(episode: Episode, templates: Templates) -> str:  # noqa: ARG001 - a fixed form
    """Write the tags and one section a chapter, in published ms."""
    described = {
        "title": episode.title,
        "artist": ", ".join((*episode.cast.hosts, *episode.cast.guests)),
        "album": episode.show.name,
        "date": episode.date.isoformat() if episode.date else "",
        "genre": "Podcast",
    }
    tags = "".join(f"{key}={text.ffmetadata(value)}\n" for key, value in described.items() if value)
    return f";FFMETADATA1\n{tags}" + "".join(map(_section, chapter_marks(episode)))


def _section(mark: Mark) -> str:
    times = f"TIMEBASE=1/1000\nSTART={mark.start_ms}\nEND={mark.end_ms}"
    return f"[CHAPTER]\n{times}\ntitle={text.ffmetadata(mark.title)}\n"
