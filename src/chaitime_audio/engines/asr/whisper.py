"""OpenAI's Whisper through its own package, in batches of windows, with word times."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ...model.sound import Span, SpeechActivity
from ...model.speech import Transcript
from ...weights import WeightsFile, resolve_whisper
from ..sound import Sound, Workbench
from ._decode_task import Batch, DecodeTask
from ._language import LanguageTask, vote
from ._listen import listen


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

    revision: ClassVar[int] = 1

    def receipt(self) -> dict[str, str]:
        """What may change the words: the checkpoint, its precision, language and vocabulary."""
        return {
            "model": self.model,
            "model_sha256": self._weights().sha256,
            "language": self.language,
            "vocabulary": "\n".join(self.vocabulary),
            "precision": self.precision,
        }

    def transcribe(self, sound: Sound, activity: SpeechActivity, bench: Workbench) -> Transcript:
        """Return the words spoken inside ``activity``. See `Transcriber`."""
        task = self._task()
        language, certainty = self._language(task, sound, activity, bench)
        prompt = ", ".join(self.vocabulary)

        def decode(
            windows: tuple[tuple[Span, ...], ...], temperature: float, prompted: bool
        ) -> tuple[Batch, ...]:
            return tuple(
                Batch(sound, group, language, temperature, prompt if prompted else "") for group in windows
            )

        return listen(task, decode, sound, activity, bench, (language, certainty))

    def _task(self) -> DecodeTask:
        weights = self._weights()
        device = _device(self.device)
        quantise = device == "cpu" and self.precision == "auto"
        return DecodeTask(weights.path, weights.sha256, weights.alignment, device, quantise, self.revision)

    def _language(
        self, task: DecodeTask, sound: Sound, activity: SpeechActivity, bench: Workbench
    ) -> tuple[str, float]:
        if self.language:
            return self.language, 1.0
        if self.model.endswith(".en"):
            return "en", 1.0
        return vote(LanguageTask(task), sound, activity, bench)

    def _weights(self) -> WeightsFile:
        return resolve_whisper(self.model)


def _device(wanted: str) -> str:
    """Resolve ``auto`` without importing torch where there is no GPU to be found."""
    import shutil

    if wanted != "auto":
        return wanted
    if shutil.which("nvidia-smi") is None:
        return "cpu"
    import torch

    return "cuda" if torch.cuda.is_available() else "cpu"
