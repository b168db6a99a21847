"""A newsletter issue in Markdown: subject, preview line, a quote to open with, claims, where to listen."""

from __future__ import annotations

from ..domain.episode import Episode
from .rendering.page import page
from .rendering.templates import Templates

FILE_NAME = "notes/newsletter.md"
ON_REQUEST = True


def render(episode: Episode, templates: Templates) -> str:
    """Fill in ``templates/notes-newsletter.md.j2``."""
    return templates.render("notes-newsletter.md", {"page": page(episode)})
