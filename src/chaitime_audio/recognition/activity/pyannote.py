"""Speech activity from pyannote's segmentation: wherever it hears at least one voice.

The pass is the one diarization needs anyway; its batches are kept, so it runs once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from ...domain.sound import Span, SpeechActivity, span
from ..context import EngineContext, OnSpeechFound, Sound
from ..diarization.pyannote import SEGMENTATION, segment_task
from ..diarization.steps.frames import STEP_MS, middle_ms, runs, voices_at_once
from ..diarization.steps.segment import segment
from ._second_opinion import quiet_speech

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ..diarization.steps.frames import Voices

PAD_MS = 100
JOIN_MS = 300
SHORTEST_MS = 80
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
        tell = partial(_tell, context.finding, sound.duration_ms) if context.finding else None
        frames = segment(segment_task(self.device), sound, context, context.progress, tell)
        found = SpeechActivity(speech_spans(frames.count, sound.duration_ms))
        if found.speech_ms >= LITTLE * sound.duration_ms:
            return found
        return SpeechActivity(joined((*found.spans, *quiet_speech(sound))))


def _tell(finding: OnSpeechFound, duration_ms: int, voices: Voices) -> None:
    """Tell what chunks up to here say; the last ones will be averaged with those still to come."""
    known_ms = (len(voices) - 1) * STEP_MS - PAD_MS - JOIN_MS
    spans = speech_spans(voices_at_once(voices), duration_ms)
    finding(tuple(item for item in spans if item.end_ms < known_ms), known_ms)


def speech_spans(count: NDArray[np.int8], duration_ms: int) -> tuple[Span, ...]:
    """Turn voices at once per frame (frames,) into ordered, disjoint spans inside the recording."""
    import numpy as np

    found: list[tuple[int, int]] = []
    for first, end in runs(np.where(count > 0, 0, -1)):
        start_ms, end_ms = round(middle_ms(first)), round(middle_ms(end))
        if end_ms - start_ms < SHORTEST_MS:
            continue
        start_ms, end_ms = max(0, start_ms - PAD_MS), min(duration_ms, end_ms + PAD_MS)
        if found and start_ms - found[-1][1] <= JOIN_MS - 2 * PAD_MS:
            found[-1] = (found[-1][0], end_ms)
        elif end_ms > start_ms:
            found.append((start_ms, end_ms))
    return tuple(span(start_ms, end_ms) for start_ms, end_ms in found)


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Put spans in order and make one of those that meet."""
    found: list[Span] = []
    for item in sorted(spans):
        if found and item.start_ms <= found[-1].end_ms:
            found[-1] = span(found[-1].start_ms, max(found[-1].end_ms, item.end_ms))
        else:
            found.append(item)
    return tuple(found)
