"""Podlove Simple Chapters 1.2, which Spotify and many apps read from a feed."""

from __future__ import annotations

from ..derive.tags import chapter_marks
from ..model.episode import Episode
from . import _escape
from ._clock import stamp
from ._templates import Templates

FILE_NAME = "{slug}.psc.xml"
ON_REQUEST = True
NAMESPACE = "http://podlove.org/simple-chapters"


def render(episode: Episode, templates: Templates) -> str:  # noqa: ARG001 - a fixed form
    """Write one element a chapter, in published time; no file without chapters."""
    found = chapter_marks(episode)
    if not found:
        return ""
    rows = (
        f'  <psc:chapter start="{stamp(mark.start_ms)}" title="{_escape.xml(mark.title)}"/>\n'
        for mark in found
    )
    return f'<psc:chapters version="1.2" xmlns:psc="{NAMESPACE}">\n{"".join(rows)}</psc:chapters>\n'
