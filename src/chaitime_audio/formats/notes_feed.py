"""Notes for an RSS item: at most 4,000 bytes of the HTML that every podcast app shows (p, br, a, ul, li)."""

from __future__ import annotations

from ..domain.episode import Episode
from .rendering.length_limits import fitted, utf8_bytes
from .rendering.page import page
from .rendering.templates import Templates

FILE_NAME = "notes/feed.html"
ON_REQUEST = True
MOST_BYTES = 4000


def render(episode: Episode, templates: Templates) -> str:
    """Fill in ``templates/notes-feed.html.j2``."""
    return fitted(templates, "notes-feed.html", page(episode), MOST_BYTES, utf8_bytes)
