"""Description for YouTube: at most 5,000 characters of plain text, no angle brackets (it refuses them)."""

from __future__ import annotations

from ..domain.episode import Episode
from .rendering.length_limits import fitted
from .rendering.page import page
from .rendering.templates import Templates

FILE_NAME = "notes/youtube.txt"
ON_REQUEST = True
MOST_CHARACTERS = 5000


def render(episode: Episode, templates: Templates) -> str:
    """Fill in ``templates/notes-youtube.txt.j2``."""
    return fitted(templates, "notes-youtube.txt", page(episode), MOST_CHARACTERS)
