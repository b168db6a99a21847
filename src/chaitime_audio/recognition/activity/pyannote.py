"""Speech activity from pyannote's segmentation: wherever it hears at least one voice.

The pass is the one diarization needs anyway; its batches are kept, so it runs once.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from ...domain.sound import SpeechActivity
from ..context import EngineContext, Sound
from ..diarization.pyannote import SEGMENTATION, segment_task

LITTLE = 0.03
"""A recording with less speech than this share of it is listened to by another network as well."""


@dataclass(frozen=True, slots=True)
class Engine:
    """The default detector. Where it finds next to nobody, a second network has its say."""

    device: str = "auto"
    revision: ClassVar[int] = 2

    def receipt(self) -> dict[str, str]:
        """Return the network's checksum."""
        from ...model_files import model

        return {"segmentation_sha256": model(SEGMENTATION).sha256}

    def model_names(self) -> tuple[str, ...]:
        """The network."""
        return (SEGMENTATION,)

    def detect(self, sound: Sound, context: EngineContext) -> SpeechActivity:
        """Return spans of speech, padded by 100 ms; pauses up to 0.3 s belong to the speech round them.

        Raises ModelUnavailableError when the network is absent or not what it should be.
        """
        from ..diarization.steps.segment import segment
        from ._second_opinion import quiet_speech
        from ._speech_spans import joined, speech_spans, tell_found

        tell = partial(tell_found, context.finding, sound.duration_ms) if context.finding else None
        frames = segment(segment_task(self.device), sound, context, context.progress, tell)
        found = SpeechActivity(speech_spans(frames.count, sound.duration_ms))
        if found.speech_ms >= LITTLE * sound.duration_ms:
            return found
        return SpeechActivity(joined((*found.spans, *quiet_speech(sound))))
