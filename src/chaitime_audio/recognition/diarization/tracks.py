"""Diarization for free: every person was recorded on a track of his or her own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ...domain.sound import Span, SpeechActivity, span
from ...domain.speech import Diarization, Turn
from ..context import EngineContext, Sound


@dataclass(frozen=True, slots=True)
class Engine:
    """Takes the spans that the tracks' own levels gave, where speech was heard; overlaps are kept."""

    revision: ClassVar[int] = 2

    def receipt(self) -> dict[str, str]:
        """Nothing but the rule itself."""
        return {}

    def model_names(self) -> tuple[str, ...]:
        """None."""
        return ()

    def diarize(
        self,
        sound: Sound,
        activity: SpeechActivity,
        speakers: int,  # noqa: ARG002  (part of the contract)
        context: EngineContext,
    ) -> Diarization:
        """Return the turns of `Sound.tracks`; ``speakers`` is not needed.

        A level cannot tell a handset put down from a word, so spans in which ``activity`` has no
        speech go. Where two speak at once, ``exclusive`` gives the time to the longer turn: the
        shorter one is most often a word of agreement.
        """
        spoken = (tuple(item for item in spans if _heard(item, activity)) for spans in sound.tracks)
        order = sorted((spans for spans in spoken if spans), key=lambda spans: spans[0].start_ms)
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


def _heard(piece: Span, activity: SpeechActivity) -> bool:
    """Whether there is speech in a span; activity that is empty says nothing."""
    return not activity.spans or any(piece.overlap_ms(item) for item in activity.spans)


def _without(piece: Span, other: Span) -> list[Span]:
    """What is left of a span outside another one."""
    if not piece.overlap_ms(other):
        return [piece]
    left = [(piece.start_ms, other.start_ms), (other.end_ms, piece.end_ms)]
    return [span(start, end) for start, end in left if start < end]
