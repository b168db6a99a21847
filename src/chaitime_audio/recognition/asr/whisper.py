"""OpenAI's Whisper through its own package, in batches of windows, with word times."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import ClassVar

from ...domain.sound import SpeechActivity
from ...domain.speech import Transcript
from ...model_files import resolve_whisper, whisper_sha256
from ..context import EngineContext, OnSpeechFound, Sound
from ..device import resolve_device
from .windowed.decode_task import DecodeTask
from .windowed.recognizer import BATCH, BATCH_GPU, WindowedRecognizer


@dataclass(frozen=True, slots=True)
class Engine:
    """openai-whisper. ``vocabulary`` is given as a prompt; ``language`` empty means: vote.

    ``precision`` is ``auto`` (int8 linear layers on a CPU, half on a GPU) or ``fp32``. Where torch has
    no int8, ``auto`` is fp32 on a CPU, and receipts say so.
    """

    model: str = "base"
    language: str = ""
    vocabulary: tuple[str, ...] = ()
    device: str = "auto"
    precision: str = "auto"

    revision: ClassVar[int] = 4

    def receipt(self) -> dict[str, str]:
        """What may change the words: the checkpoint, its precision, language and vocabulary."""
        return {
            "model": self.model,
            "model_sha256": whisper_sha256(self.model),
            "language": self.language,
            "vocabulary": "\n".join(self.vocabulary),
            "precision": "auto without int8" if self._lacks_int8 else self.precision,
        }

    def transcribe(self, sound: Sound, activity: SpeechActivity, context: EngineContext) -> Transcript:
        """Return the words spoken inside ``activity``. See `Transcriber`."""
        return self._ear(sound, activity, context).listen()

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
        quantise = device == "cpu" and self.precision == "auto" and not self._lacks_int8
        return DecodeTask(weights.path, weights.sha256, weights.alignment, device, quantise, self.revision)

    @property
    def _lacks_int8(self) -> bool:
        return self.precision == "auto" and not has_int8()


@functools.cache
def has_int8() -> bool:
    """Whether torch has what makes layers int8: seen in its files, without importing it.

    True where there is no torch: nothing is computed there, and receipts are read as they are.
    """
    torch = find_spec("torch")
    places = torch.submodule_search_locations if torch else None
    return places is None or any((Path(place) / "ao" / "quantization").is_dir() for place in places)
