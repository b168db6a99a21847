"""WebVTT captions: lines of at most 65 characters, every cue with its voice, so that apps show names."""

from __future__ import annotations

from ..domain import text
from ..domain.episode import Episode
from ..domain.scripts import directed
from ..domain.timecode import stamp
from .rendering.cards import Card, Shape, cards
from .rendering.clock import runs
from .rendering.templates import Templates

FILE_NAME = "{slug}.vtt"
SHAPE = Shape(width=65, lines=2)


def render(episode: Episode, templates: Templates) -> str:  # noqa: ARG001 - captions have no template
    """Write the header and one cue a card, in published time."""
    found = cards(runs(episode, text.line), SHAPE, episode.duration_ms)
    return "\n\n".join(("WEBVTT", *map(cue, found))) + "\n" if found else ""


def cue(card: Card) -> str:
    """One cue; its text is escaped after it was laid out, as ``&amp;`` shows as one character."""
    shown = "\n".join(map(directed, map(text.vtt, card.lines)))
    return f"{stamp(card.start_ms)} --> {stamp(card.end_ms)}\n<v {text.vtt(card.name)}>{shown}"
