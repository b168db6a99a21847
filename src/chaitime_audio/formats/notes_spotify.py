"""Notes for Spotify: at most 4,000 characters, tags counted; chapters as lines to click on."""

from __future__ import annotations

from ..domain.episode import Episode
from .rendering.length_limits import fitted
from .rendering.page import page
from .rendering.templates import Templates

FILE_NAME = "notes/spotify.html"
ON_REQUEST = True
MOST_CHARACTERS = 4000


def render(episode: Episode, templates: Templates) -> str:
    """Fill in ``templates/notes-spotify.html.j2``."""
    return fitted(templates, "notes-spotify.html", page(episode), MOST_CHARACTERS)
