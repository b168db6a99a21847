"""The Q&A post as plain text, also without its frame: the lyrics frame of the MP3."""

from __future__ import annotations

from ..model.episode import Episode
from ._page import page
from ._templates import Templates
from ._turns import turns

FILE_NAME = "transcript.txt"


def render(episode: Episode, templates: Templates) -> str:
    """Fill in ``templates/transcript.txt.j2``; no file when nobody speaks."""
    values = page(episode)
    return templates.render(FILE_NAME, {"page": values}) if values.turns else ""


def plain(episode: Episode) -> str:
    """Only the turns: ``Full Name: text``, paragraphs and turns parted by a blank line."""
    return "\n\n".join(f"{turn.name}: " + "\n\n".join(turn.paragraphs) for turn in turns(episode))
