"""What every engine with our windows has in common: its options, and how it is bound to a sound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from ....domain.sound import Span, SpeechActivity
from ....domain.speech import Passages, Transcript
from ....model_files import whisper_names
from ....workers import Task
from ...context import EngineContext, OnSpeechFound, Sound
from .batches import Batch, WindowResult
from .recognizer import BATCH, BATCH_GPU, WindowedRecognizer


class WindowTask(Task[Batch, tuple[WindowResult, ...]], Protocol):
    """Decodes batches of windows on one device."""

    @property
    def device(self) -> str:
        """``cpu`` or the name of a GPU."""
        ...


@dataclass(frozen=True, slots=True)
class WindowedEngine:
    """A Whisper checkpoint. ``vocabulary`` is given as a prompt; ``language`` empty means: vote.

    An engine adds ``revision``, ``hears_again_since``, its ``receipt`` and the task that decodes.
    """

    model: str = "base"
    language: str = ""
    vocabulary: tuple[str, ...] = ()
    device: str = "auto"
    precision: str = "auto"

    def model_names(self) -> tuple[str, ...]:
        """The checkpoint, unless it is a file of the user's own."""
        return whisper_names(self.model)

    @property
    def told(self) -> tuple[str, ...]:
        """The terms that are given as a prompt."""
        return self.vocabulary

    def transcribe(self, sound: Sound, activity: SpeechActivity, context: EngineContext) -> Transcript:
        """Return the words spoken inside ``activity``. See `Transcriber`."""
        return self._recognizer(sound, activity, context).listen()

    def again(
        self, sound: Sound, spans: Sequence[Span], transcript: Transcript, context: EngineContext
    ) -> Passages:
        """Hear turns that got no words once more. See `Transcriber`."""
        from .again import hear_again

        known = replace(self._recognizer(sound, SpeechActivity(()), context), language=transcript.language)
        return hear_again(known, spans, transcript)

    def ahead(self, sound: Sound, context: EngineContext) -> OnSpeechFound | None:
        """Begin with the first windows while others are still looked for. See `Transcriber`."""
        from .ahead import begin

        return begin(self._recognizer(sound, SpeechActivity(()), context))

    def _recognizer(
        self, sound: Sound, activity: SpeechActivity, context: EngineContext
    ) -> WindowedRecognizer:
        task = self._task()
        language = self.language or ("en" if self.model.endswith(".en") else "")
        batch = BATCH if task.device == "cpu" else BATCH_GPU
        return WindowedRecognizer(task, sound, activity, context, language, self.told, batch)

    def _task(self) -> WindowTask:
        """What decodes with this engine's checkpoint, precision and device."""
        raise NotImplementedError
