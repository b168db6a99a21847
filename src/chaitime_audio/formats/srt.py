"""SubRip captions: two lines of at most 32 characters, a new card and ``Name:`` at each change of speaker."""

from __future__ import annotations

from ..domain import text
from ..domain.episode import Episode
from ..domain.scripts import directed
from ..domain.timecode import stamp
from .rendering.cards import Card, Shape, cards
from .rendering.clock import runs
from .rendering.templates import Templates

FILE_NAME = "{slug}.srt"
SHAPE = Shape(width=32, lines=2, labelled=True)


def render(episode: Episode, templates: Templates) -> str:  # noqa: ARG001 - captions have no template
    """Number the cards from 1, in published time."""
    found = cards(runs(episode, text.srt), SHAPE, episode.duration_ms)
    return "\n".join(_block(number, card) for number, card in enumerate(found, 1))


def _block(number: int, card: Card) -> str:
    times = f"{stamp(card.start_ms, ',')} --> {stamp(card.end_ms, ',')}"
    return "\n".join((str(number), times, *map(directed, card.lines), ""))
