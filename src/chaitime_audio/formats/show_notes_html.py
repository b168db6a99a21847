"""Show notes as one self-contained page, in the style of the transcript."""

from __future__ import annotations

from ..domain.episode import Episode
from .rendering.page import page
from .rendering.templates import Templates

FILE_NAME = "show-notes.html"
ON_REQUEST = True


def render(episode: Episode, templates: Templates) -> str:
    """Fill in ``templates/show-notes.html.j2``."""
    return templates.render(FILE_NAME, {"page": page(episode)})
