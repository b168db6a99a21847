"""Diarization for free: every person was recorded on a track of his or her own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ...domain.sound import Span, SpeechActivity, span
from ...domain.speech import Diarization, Turn
from ..context import EngineContext, Sound


@dataclass(frozen=True, slots=True)
class Engine:
    """Takes the spans that the tracks' own levels gave; overlaps are kept."""

    revision: ClassVar[int] = 1

    def receipt(self) -> dict[str, str]:
        """Nothing but the rule itself."""
        return {}

    def model_names(self) -> tuple[str, ...]:
        """None."""
        return ()

    def diarize(
        self,
        sound: Sound,
        activity: SpeechActivity,  # noqa: ARG002  (part of the contract)
        speakers: int,  # noqa: ARG002
        context: EngineContext,
    ) -> Diarization:
        """Return the turns of `Sound.tracks`; ``activity`` and ``speakers`` are not needed.

        Where two speak at once, ``exclusive`` gives the time to the longer turn: the shorter
        one is most often a word of agreement.
        """
        order = sorted((spans for spans in sound.tracks if spans), key=lambda spans: spans[0].start_ms)
        turns = sorted(
            (Turn(f"S{number}", piece) for number, spans in enumerate(order, 1) for piece in spans),
            key=lambda turn: (turn.span.start_ms, turn.label),
        )
        context.progress(1.0)
        return Diarization(tuple(turns), exclusive_of(turns))


def exclusive_of(turns: list[Turn]) -> tuple[Turn, ...]:
    """Cut turns so that nobody overlaps: longer turns win, a shorter one keeps what is left of it."""
    taken: list[Turn] = []
    for turn in sorted(turns, key=lambda item: (-item.span.duration_ms, item.span.start_ms)):
        pieces = [turn.span]
        for other in taken:
            pieces = [left for piece in pieces for left in _without(piece, other.span)]
        taken.extend(Turn(turn.label, piece) for piece in pieces)
    return tuple(sorted(taken, key=lambda item: item.span.start_ms))


def _without(piece: Span, other: Span) -> list[Span]:
    """What is left of a span outside another one."""
    if not piece.overlap_ms(other):
        return [piece]
    left = [(piece.start_ms, other.start_ms), (other.end_ms, piece.end_ms)]
    return [span(start, end) for start, end in left if start < end]
