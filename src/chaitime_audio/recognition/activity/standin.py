"""A detector for tests and for machines without models: it hears loudness, not speech."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ...domain.sound import Span, SpeechActivity, span
from ..context import EngineContext, Sound

FRAME_MS = 50
JOIN_MS = 300
_STEP_MS = 60_000
_LOUD = 0.01


@dataclass(frozen=True, slots=True)
class Engine:
    """Calls everything louder than -40 dBFS speech."""

    revision: ClassVar[int] = 1

    def receipt(self) -> dict[str, str]:
        """Nothing but the rule itself."""
        return {}

    def model_names(self) -> tuple[str, ...]:
        """None."""
        return ()

    def detect(self, sound: Sound, context: EngineContext) -> SpeechActivity:
        """Return spans of sound, a minute read at a time."""
        found: list[Span] = []
        for start_ms in range(0, sound.duration_ms, _STEP_MS):
            for at_ms in _loud_frames(sound, start_ms, min(start_ms + _STEP_MS, sound.duration_ms)):
                end_ms = min(at_ms + FRAME_MS, sound.duration_ms)
                if found and at_ms - found[-1].end_ms <= JOIN_MS:
                    found[-1] = span(found[-1].start_ms, end_ms)
                else:
                    found.append(span(at_ms, end_ms))
            context.progress(min(1.0, (start_ms + _STEP_MS) / max(1, sound.duration_ms)))
        return SpeechActivity(tuple(found))


def _loud_frames(sound: Sound, start_ms: int, end_ms: int) -> list[int]:
    """Start times of the 50 ms frames of a stretch that are loud."""
    import numpy as np

    samples = sound.read(start_ms, end_ms)
    whole = samples[: len(samples) // (FRAME_MS * 16) * FRAME_MS * 16].reshape(-1, FRAME_MS * 16)
    loud = np.square(whole).sum(axis=1) > FRAME_MS * 16 * _LOUD**2
    return [start_ms + index * FRAME_MS for index in np.flatnonzero(loud).tolist()]
