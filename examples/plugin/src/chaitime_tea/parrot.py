"""A speech recogniser that hears one phrase wherever anybody speaks.

The manual of recognisers is the docstring of `chaitime_audio.recognition.asr`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from chaitime_audio.domain.sound import Span, SpeechActivity
from chaitime_audio.domain.speech import Passages, Segment, Transcript, Word
from chaitime_audio.recognition.context import EngineContext, Sound


@dataclass(frozen=True, slots=True)
class Engine:
    """Says ``phrase`` once for each stretch of speech; set it by ``asr_options = { phrase = "…" }``."""

    language: str = ""
    phrase: str = "Polly."
    revision: ClassVar[int] = 1
    hears_again_since: ClassVar[int] = 0

    def receipt(self) -> dict[str, str]:
        """Return what may change the words; name and version of this package are added to it."""
        return {"language": self.language, "phrase": self.phrase}

    def model_names(self) -> tuple[str, ...]:
        """None."""
        return ()

    def transcribe(self, sound: Sound, activity: SpeechActivity, context: EngineContext) -> Transcript:
        """Return one segment of one word for each stretch of speech."""
        words = (Word(at, self.phrase, item, 1.0) for at, item in enumerate(activity.spans))
        segments = (Segment((word,), mean_logprob=0.0, no_speech=0.0, compression=1.0) for word in words)
        return Transcript(self.language or "en", 1.0, tuple(segments))

    def again(
        self, sound: Sound, spans: Sequence[Span], transcript: Transcript, context: EngineContext
    ) -> Passages:
        """Return nothing: it misses no stretch."""
        return Passages()

    def ahead(self, sound: Sound, context: EngineContext) -> None:
        """Return nothing: a phrase needs no beginning."""
