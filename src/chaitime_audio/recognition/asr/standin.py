"""A recogniser for tests and for machines without models: it listens to nothing and says a script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from ...domain.sound import Span, SpeechActivity, span
from ...domain.speech import Passages, Segment, Transcript, Word
from ..context import EngineContext, Sound

_SCRIPT = (
    "What is the answer to question {number}?",
    "The answer to question {number} is always tea, with milk.",
)


@dataclass(frozen=True, slots=True)
class Engine:
    """Asks in every first stretch of speech and answers in every second, words spread evenly."""

    language: str = ""
    revision: ClassVar[int] = 1
    hears_again_since: ClassVar[int] = 0

    def receipt(self) -> dict[str, str]:
        """Return the one option."""
        return {"language": self.language}

    def model_names(self) -> tuple[str, ...]:
        """None."""
        return ()

    def transcribe(self, sound: Sound, activity: SpeechActivity, context: EngineContext) -> Transcript:
        """Return one segment per span of speech; ``sound`` is not listened to."""
        segments: list[Segment] = []
        said = 0
        for index, piece in enumerate(item for item in activity.spans if item.end_ms <= sound.duration_ms):
            words = _spread(_SCRIPT[index % 2].format(number=index // 2 + 1).split(), piece, said)
            said += len(words)
            segments.append(Segment(words, mean_logprob=-0.1, no_speech=0.0, compression=1.0))
        context.progress(1.0)
        return Transcript(self.language or "en", 1.0, tuple(segments))

    def again(
        self, _sound: Sound, _spans: Sequence[Span], _transcript: Transcript, _bench: EngineContext
    ) -> Passages:
        """Return nothing: a script is said once."""
        return Passages()

    def ahead(self, sound: Sound, context: EngineContext) -> None:
        """Return nothing: a script is said at once."""


def _spread(texts: list[str], piece: Span, first_id: int) -> tuple[Word, ...]:
    step = piece.duration_ms / len(texts)
    return tuple(
        Word(
            first_id + at,
            text,
            span(piece.start_ms + round(at * step), piece.start_ms + round((at + 1) * step)),
            0.9,
        )
        for at, text in enumerate(texts)
    )
