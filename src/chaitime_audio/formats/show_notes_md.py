"""Show notes in Markdown: summary, claims, chapters, guest, links, quotes with their times."""

from __future__ import annotations

from ..domain.episode import Episode
from .rendering.page import page
from .rendering.templates import Templates

FILE_NAME = "show-notes.md"


def render(episode: Episode, templates: Templates) -> str:
    """Fill in ``templates/show-notes.md.j2``."""
    return templates.render(FILE_NAME, {"page": page(episode)})
