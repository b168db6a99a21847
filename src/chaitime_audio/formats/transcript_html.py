"""The Q&A post as one self-contained page: no script, nothing loaded, light and dark, fit to be printed."""

from __future__ import annotations

from ..domain.episode import Episode
from .rendering.page import page
from .rendering.templates import Templates

FILE_NAME = "transcript.html"


def render(episode: Episode, templates: Templates) -> str:
    """Fill in ``templates/transcript.html.j2``; no file when nobody speaks."""
    values = page(episode)
    return templates.render(FILE_NAME, {"page": values}) if values.turns else ""
