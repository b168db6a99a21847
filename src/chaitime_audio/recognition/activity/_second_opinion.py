"""A second opinion on recordings in which the first search finds next to nobody: quiet speech, far away.

Silero's network (MIT, inside faster-whisper's wheel) listens to each minute without its rumble and at an
ordinary level, which is where the first one is deaf. Noise and music stay what they are at any level.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from ...domain.sound import Span, span
from ..context import SAMPLE_RATE_HZ, Sound

MINUTE_MS = 60_000
RUMBLE_HZ, ORDER = 150, 4
LEVEL_RMS, SILENCE_RMS = 0.05, 1e-5
THRESHOLD, SHORTEST_PAUSE_MS, AIR_MS = 0.5, 300, 200
PER_MS = SAMPLE_RATE_HZ // 1000


def quiet_speech(sound: Sound) -> tuple[Span, ...]:
    """Return spans of speech, in order, disjoint, with 0.2 s of air, cut at the edges of minutes."""
    return tuple(
        one
        for start_ms in range(0, sound.duration_ms, MINUTE_MS)
        for one in _in_minute(sound, start_ms, min(start_ms + MINUTE_MS, sound.duration_ms))
    )


def _in_minute(sound: Sound, start_ms: int, end_ms: int) -> Iterator[Span]:
    from faster_whisper.vad import VadOptions, get_speech_timestamps

    levelled = _levelled(sound.read(start_ms, end_ms))
    if levelled is None:
        return
    how = VadOptions(threshold=THRESHOLD, min_silence_duration_ms=SHORTEST_PAUSE_MS, speech_pad_ms=AIR_MS)
    for found in get_speech_timestamps(levelled, how):
        first, last = start_ms + found["start"] // PER_MS, start_ms + found["end"] // PER_MS
        yield span(first, min(last, end_ms))


def _levelled(samples: NDArray[np.float32]) -> NDArray[np.float32] | None:
    """The samples without rumble at −26 dBFS; None where there is nothing but digital silence."""
    from scipy.signal import butter, sosfilt

    filtered = sosfilt(butter(ORDER, RUMBLE_HZ, "high", fs=SAMPLE_RATE_HZ, output="sos"), samples)
    loudness = float(np.sqrt(np.mean(filtered**2))) if len(filtered) else 0.0
    if loudness < SILENCE_RMS:
        return None
    levelled: NDArray[np.float32] = np.clip(filtered * (LEVEL_RMS / loudness), -1, 1).astype(np.float32)
    return levelled
