"""The Q&A post to paste into Hashnode, Medium or Substack, without its title; on request.

No raw HTML, no footnotes, no embedded players; every link is a whole address.
"""

from __future__ import annotations

from ..domain.episode import Episode
from .rendering.page import page
from .rendering.templates import Templates

FILE_NAME = "transcript.plain.md"
ON_REQUEST = True


def render(episode: Episode, templates: Templates) -> str:
    """Fill in ``templates/transcript.plain.md.j2``; no file when nobody speaks."""
    values = page(episode)
    return templates.render(FILE_NAME, {"page": values}) if values.turns else ""
