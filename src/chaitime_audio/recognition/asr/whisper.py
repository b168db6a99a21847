"""OpenAI's Whisper through its own package, in batches of windows, with word times."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ...model_files import resolve_whisper, whisper_sha256
from ..context import resolve_device
from .windowed.decode_task import DecodeTask, Lifted
from .windowed.engine import WindowedEngine


@dataclass(frozen=True, slots=True)
class Engine(WindowedEngine):
    """openai-whisper, the reference. ``vocabulary`` is given as a prompt; ``language`` empty means: vote.

    ``precision`` is ``auto`` (float32 on a CPU, half on a GPU) or ``fp32``. With a ``lift`` (nats; 2 to 4)
    the vocabulary is not told: its tokens are lifted where they are heard (`windowed.term_lift`).
    """

    lift: float = 0.0
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
            **({"lift": str(self.lift)} if self._lifts else {}),
        }

    @property
    def told(self) -> tuple[str, ...]:
        """Nothing where the vocabulary is lifted."""
        return () if self._lifts else self.vocabulary

    @property
    def _lifts(self) -> bool:
        return self.lift > 0 and bool(self.vocabulary)

    def _task(self) -> DecodeTask:
        weights = resolve_whisper(self.model)
        device = resolve_device(self.device)
        half = device != "cpu" and self.precision == "auto"
        lifted = Lifted(self.vocabulary, self.lift) if self._lifts else None
        return DecodeTask(
            weights.path, weights.sha256, weights.alignment, device, half, self.revision, lifted
        )
