from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import numpy as np

from chaitime_audio.recognition.activity._speech_spans import PAD_MS, speech_spans
from chaitime_audio.recognition.activity.standin import Engine as Standin
from chaitime_audio.recognition.context import EngineContext, Sound
from chaitime_audio.workers.in_process import InProcess


def _count(*spans: tuple[int, int], frames: int = 600) -> np.ndarray:
    made = np.zeros(frames, dtype=np.int8)
    for first, end in spans:
        made[first:end] += 1
    return made


def test_spans_are_padded_and_inside() -> None:
    """Speech gets a little air on both sides, never beyond the recording."""
    (only,) = speech_spans(_count((100, 200)), 10_000)
    assert 95 <= round(31 + 100 * 16.875) - only.start_ms <= 105
    assert only.duration_ms == round(100 * 16.875) + 2 * PAD_MS
    (edge,) = speech_spans(_count((0, 600)), 9_000)
    assert (edge.start_ms, edge.end_ms) == (0, 9_000)


def test_short_pauses_are_speech_long_ones_are_not() -> None:
    """0.2 s between two words is one span; 0.5 s is two, and they do not touch."""
    assert len(speech_spans(_count((100, 200), (212, 300)), 10_000)) == 1
    first, second = speech_spans(_count((100, 200), (230, 300)), 10_000)
    assert first.end_ms < second.start_ms


def test_clicks_are_not_speech() -> None:
    """A few frames alone are not a word; voices on top of each other are one span."""
    assert speech_spans(_count((100, 103)), 10_000) == ()
    assert len(speech_spans(_count((100, 200), (150, 250)), 10_000)) == 1
    assert speech_spans(_count(), 10_000) == ()


def test_standin_hears_loudness(tmp_path: Path) -> None:
    """The stand-in finds the loud stretch, across the minute it reads at a time."""
    samples = np.zeros(70 * 16_000)
    samples[58 * 16_000 : 63 * 16_000] = 0.2
    data = (samples * 32767).astype("<i2").tobytes()
    (tmp_path / "a.pcm").write_bytes(data)
    sound = Sound(tmp_path / "a.pcm", len(samples), sha256(data).hexdigest())
    (only,) = Standin().detect(sound, EngineContext(InProcess(), None, lambda _share: None)).spans
    assert (only.start_ms, only.end_ms) == (58_000, 63_000)
