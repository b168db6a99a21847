"""The Q&A post in Markdown: title, intro, About the Series, turns with full names, links."""

from __future__ import annotations

from ..domain.episode import Episode
from .rendering.page import page
from .rendering.templates import Templates

FILE_NAME = "transcript.md"


def render(episode: Episode, templates: Templates) -> str:
    """Fill in ``templates/transcript.md.j2``; no file when nobody speaks."""
    values = page(episode)
    return templates.render(FILE_NAME, {"page": values}) if values.turns else ""
