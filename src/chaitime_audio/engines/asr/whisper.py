"""OpenAI's Whisper through its own package, in batches of windows, with word times."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ...model.sound import SpeechActivity
from ...model.speech import Transcript
from ...weights import resolve_whisper, whisper_sha256
from .._device import resolve_device
from ..sound import Finding, Sound, Workbench
from ._decode_task import DecodeTask
from ._listen import BATCH, BATCH_GPU, Ear


@dataclass(frozen=True, slots=True)
class Engine:
    """openai-whisper. ``vocabulary`` is given as a prompt; ``language`` empty means: vote.

    ``precision`` is ``auto`` (int8 linear layers on a CPU, half on a GPU) or ``fp32``.
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
            "precision": self.precision,
        }

    def transcribe(self, sound: Sound, activity: SpeechActivity, bench: Workbench) -> Transcript:
        """Return the words spoken inside ``activity``. See `Transcriber`."""
        return self._ear(sound, activity, bench).listen()

    def ahead(self, sound: Sound, bench: Workbench) -> Finding | None:
        """Begin with the first windows while others are still looked for. See `Transcriber`."""
        from ._ahead import begin

        return begin(self._ear(sound, SpeechActivity(()), bench))

    def _ear(self, sound: Sound, activity: SpeechActivity, bench: Workbench) -> Ear:
        task = self._task()
        language = self.language or ("en" if self.model.endswith(".en") else "")
        batch = BATCH if task.device == "cpu" else BATCH_GPU
        return Ear(task, sound, activity, bench, language, self.vocabulary, batch)

    def _task(self) -> DecodeTask:
        weights = resolve_whisper(self.model)
        device = resolve_device(self.device)
        quantise = device == "cpu" and self.precision == "auto"
        return DecodeTask(weights.path, weights.sha256, weights.alignment, device, quantise, self.revision)
