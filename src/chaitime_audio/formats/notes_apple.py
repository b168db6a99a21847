"""Notes for Apple Podcasts: at most 4,000 bytes of p, ul, li and a; each chapter a paragraph of its own."""

from __future__ import annotations

from ..domain.episode import Episode
from .rendering.length_limits import fitted, utf8_bytes
from .rendering.page import page
from .rendering.templates import Templates

FILE_NAME = "notes/apple.html"
ON_REQUEST = True
MOST_BYTES = 4000


def render(episode: Episode, templates: Templates) -> str:
    """Fill in ``templates/notes-apple.html.j2``."""
    return fitted(templates, "notes-apple.html", page(episode), MOST_BYTES, utf8_bytes)
