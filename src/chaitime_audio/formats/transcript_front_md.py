"""The Q&A post in Markdown with YAML front matter, for Hugo, Jekyll and their kin; on request."""

from __future__ import annotations

from ..domain.episode import Episode
from .rendering.page import page
from .rendering.templates import Templates

FILE_NAME = "transcript.front.md"
ON_REQUEST = True


def render(episode: Episode, templates: Templates) -> str:
    """Fill in ``templates/transcript.front.md.j2``; no file when nobody speaks."""
    values = page(episode)
    return templates.render(FILE_NAME, {"page": values}) if values.turns else ""
