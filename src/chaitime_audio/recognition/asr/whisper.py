"""OpenAI's Whisper through its own package, in batches of windows, with word times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from ...domain.sound import Span, SpeechActivity
from ...domain.speech import Passages, Transcript
from ...model_files import resolve_whisper, whisper_names, whisper_sha256
from ..context import EngineContext, OnSpeechFound, Sound, resolve_device
from .windowed.decode_task import DecodeTask
from .windowed.recognizer import BATCH, BATCH_GPU, WindowedRecognizer


@dataclass(frozen=True, slots=True)
class Engine:
    """openai-whisper, the reference. ``vocabulary`` is given as a prompt; ``language`` empty means: vote.

    ``precision`` is ``auto`` (float32 on a CPU, half on a GPU) or ``fp32``.
    """

    model: str = "base"
    language: str = ""
    vocabulary: tuple[str, ...] = ()
    device: str = "auto"
    precision: str = "auto"

    revision: ClassVar[int] = 5
    hears_again_since: ClassVar[int] = 5

    def receipt(self) -> dict[str, str]:
        """What may change the words: the checkpoint, its precision, language and vocabulary."""
        return {
            "model": self.model,
            "model_sha256": whisper_sha256(self.model),
            "language": self.language,
            "vocabulary": "\n".join(self.vocabulary),
            "precision": self.precision,
        }

    def model_names(self) -> tuple[str, ...]:
        """The checkpoint, unless it is a file of the user's own."""
        return whisper_names(self.model)

    def transcribe(self, sound: Sound, activity: SpeechActivity, context: EngineContext) -> Transcript:
        """Return the words spoken inside ``activity``. See `Transcriber`."""
        return self._ear(sound, activity, context).listen()

    def again(
        self, sound: Sound, spans: Sequence[Span], transcript: Transcript, context: EngineContext
    ) -> Passages:
        """Hear turns that got no words once more. See `Transcriber`."""
        from .windowed.again import hear_again

        ear = replace(self._ear(sound, SpeechActivity(()), context), language=transcript.language)
        return hear_again(ear, spans, transcript)

    def ahead(self, sound: Sound, context: EngineContext) -> OnSpeechFound | None:
        """Begin with the first windows while others are still looked for. See `Transcriber`."""
        from .windowed.ahead import begin

        return begin(self._ear(sound, SpeechActivity(()), context))

    def _ear(self, sound: Sound, activity: SpeechActivity, context: EngineContext) -> WindowedRecognizer:
        task = self._task()
        language = self.language or ("en" if self.model.endswith(".en") else "")
        batch = BATCH if task.device == "cpu" else BATCH_GPU
        return WindowedRecognizer(task, sound, activity, context, language, self.vocabulary, batch)

    def _task(self) -> DecodeTask:
        weights = resolve_whisper(self.model)
        device = resolve_device(self.device)
        half = device != "cpu" and self.precision == "auto"
        return DecodeTask(weights.path, weights.sha256, weights.alignment, device, half, self.revision)
