"""The Podcasting 2.0 JSON transcript, version 1.0.0: the spoken text by sentence, with real names."""

from __future__ import annotations

import json

from ..domain import text
from ..domain.episode import Episode
from ..domain.scripts import join_words
from .rendering.cards import Card, Shape, cards
from .rendering.clock import runs
from .rendering.templates import Templates

FILE_NAME = "{slug}.transcript.json"
SHAPE = Shape(width=240, lines=1, max_ms=20_000, sentence_price=3.0)


def render(episode: Episode, templates: Templates) -> str:  # noqa: ARG001 - JSON has no template
    """Write one segment a sentence, in published seconds."""
    found = cards(runs(episode, text.line), SHAPE, episode.duration_ms)
    if not found:
        return ""
    document = {"version": "1.0.0", "segments": [_segment(card) for card in found]}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _segment(card: Card) -> dict[str, object]:
    return {
        "speaker": card.name,
        "startTime": card.start_ms / 1000,
        "endTime": card.end_ms / 1000,
        "body": join_words(card.lines),
    }
