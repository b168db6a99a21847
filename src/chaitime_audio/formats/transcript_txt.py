"""The Q&A post as plain text, also without its frame: the lyrics frame of the MP3."""

from __future__ import annotations

from ..domain.episode import Episode
from .rendering.page import page
from .rendering.page_turns import turns
from .rendering.templates import Templates

FILE_NAME = "transcript.txt"


def render(episode: Episode, templates: Templates) -> str:
    """Fill in ``templates/transcript.txt.j2``; no file when nobody speaks."""
    values = page(episode)
    return templates.render(FILE_NAME, {"page": values}) if values.turns else ""


def plain(episode: Episode) -> str:
    """Only the turns: ``Full Name: text``, paragraphs and turns parted by a blank line."""
    return "\n\n".join(f"{turn.name}: " + "\n\n".join(turn.paragraphs) for turn in turns(episode))
