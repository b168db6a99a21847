"""Podlove Simple Chapters 1.2, which Spotify and many apps read from a feed."""

from __future__ import annotations

from ..domain import text
from ..domain.episode import Episode
from ..domain.tags import Mark
from ..domain.timecode import stamp
from ..editorial.notes.tags import chapter_marks
from .rendering.pictures import picture_address
from .rendering.templates import Templates

FILE_NAME = "{slug}.psc.xml"
ON_REQUEST = True
NAMESPACE = "http://podlove.org/simple-chapters"


def render(episode: Episode, templates: Templates) -> str:  # noqa: ARG001 - a fixed form
    """Write one element a chapter, in published time; no file without chapters."""
    found = chapter_marks(episode)
    if not found:
        return ""
    rows = (_row(episode, mark) for mark in found)
    return f'<psc:chapters version="1.2" xmlns:psc="{NAMESPACE}">\n{"".join(rows)}</psc:chapters>\n'


def _row(episode: Episode, mark: Mark) -> str:
    values = {
        "start": stamp(mark.start_ms),
        "title": mark.title,
        "href": text.url(mark.url),
        "image": picture_address(episode, mark),
    }
    given = " ".join(f'{name}="{text.xml(value)}"' for name, value in values.items() if value)
    return f"  <psc:chapter {given}/>\n"
