"""A diarizer for tests and for machines without models: it listens to nothing and shares out the speech."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ...domain.sound import SpeechActivity
from ...domain.speech import Diarization, Turn, VoicePrint
from ..context import EngineContext, Sound


@dataclass(frozen=True, slots=True)
class Engine:
    """Gives spans of speech to voices in turn: S1, S2, S1 …; two voices unless told otherwise."""

    revision: ClassVar[int] = 1

    def receipt(self) -> dict[str, str]:
        """Nothing but the rule itself."""
        return {}

    def model_names(self) -> tuple[str, ...]:
        """None."""
        return ()

    def diarize(
        self, sound: Sound, activity: SpeechActivity, speakers: int, context: EngineContext
    ) -> Diarization:
        """Return one turn per span of speech."""
        voices = speakers or 2
        turns = tuple(
            Turn(f"S{index % voices + 1}", piece)
            for index, piece in enumerate(activity.spans)
            if piece.start_ms < sound.duration_ms
        )
        labels = dict.fromkeys(turn.label for turn in turns)
        prints = tuple(
            VoicePrint(label, tuple(float(index == rank) for index in range(voices)), _talk_ms(turns, label))
            for rank, label in enumerate(labels)
        )
        context.progress(1.0)
        return Diarization(turns, turns, prints)


def _talk_ms(turns: tuple[Turn, ...], label: str) -> int:
    return sum(turn.span.duration_ms for turn in turns if turn.label == label)
