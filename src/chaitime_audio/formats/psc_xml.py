"""Podlove Simple Chapters 1.2, which Spotify and many apps read from a feed."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from ..domain.episode import Episode
from ..domain.tags import Mark
from ..domain.text import url
from ..domain.timecode import stamp
from ..editorial.notes.tags import chapter_marks
from .rendering.pictures import picture_address
from .rendering.templates import Templates
from .rendering.xml_elements import document, element, says

FILE_NAME = "{slug}.psc.xml"
ON_REQUEST = True


def render(episode: Episode, templates: Templates) -> str:  # noqa: ARG001 - a fixed form
    """Write one element a chapter, in published time; no file without chapters."""
    found = chapters(episode)
    return document(found) if says(found) else ""


def chapters(episode: Episode) -> Element:
    """``psc:chapters`` with one element a chapter; it says nothing for an episode without chapters."""
    rows = [_row(episode, mark) for mark in chapter_marks(episode)]
    return element("psc:chapters", "", *rows, version="1.2" if rows else "")


def _row(episode: Episode, mark: Mark) -> Element:
    return element(
        "psc:chapter",
        start=stamp(mark.start_ms),
        title=mark.title,
        href=url(mark.url),
        image=picture_address(episode, mark),
    )
