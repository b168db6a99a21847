"""Quiet, far speech is found by a second network where the first finds next to nobody; noise is not."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from chaitime_audio.audio.decode import decode
from chaitime_audio.audio.probe import probe
from chaitime_audio.domain.sound import span
from chaitime_audio.recognition.activity._second_opinion import quiet_speech
from chaitime_audio.recognition.activity._speech_spans import joined
from chaitime_audio.recognition.context import Sound

SAMPLE = Path(__file__).parents[3] / "episodes" / "001-tom-ellery" / "source" / "tom-ellery.flac"
RATE_HZ = 16_000


def _sound(folder: Path, samples: np.ndarray) -> Sound:
    data = np.clip(np.rint(samples * 32767), -32768, 32767).astype("<i2").tobytes()
    (folder / "sound.s16").write_bytes(data)
    return Sound(folder / "sound.s16", len(samples), sha256(data).hexdigest())


@pytest.mark.models
def test_far_speech_under_rumble_is_found(tmp_path: Path) -> None:
    """Speech at about −55 dBFS under a rumble 17 dB louder is found, with right times, nothing else."""
    done = decode(probe((SAMPLE,)), (SAMPLE,), tmp_path / "whole.s16", lambda _share: None)
    speech = Sound(tmp_path / "whole.s16", done.sample_count, done.sha256).read(1_000, 9_000)
    at_s = np.arange(30 * RATE_HZ) / RATE_HZ
    samples = 0.017 * np.sin(2 * np.pi * 47 * at_s) + np.random.default_rng(1).normal(0, 2e-4, len(at_s))
    samples[10 * RATE_HZ : 18 * RATE_HZ] += speech * (0.0018 / np.sqrt(np.mean(speech**2)))
    found = quiet_speech(_sound(tmp_path, samples))
    assert sum(one.duration_ms for one in found) > 5_000
    assert all(9_500 <= one.start_ms < one.end_ms <= 18_500 for one in found)


@pytest.mark.models
@pytest.mark.parametrize("kind", ["silence", "noise", "tones", "nothing"])
def test_what_is_no_speech_is_not_taken_for_it(tmp_path: Path, kind: str) -> None:
    """Digital silence, noise and chords give no span however far they are turned up, nor does no sound."""
    at_s = np.arange(0 if kind == "nothing" else 70 * RATE_HZ) / RATE_HZ
    samples = {
        "silence": np.zeros(len(at_s)),
        "noise": np.random.default_rng(0).normal(0, 0.003, len(at_s)),
        "tones": 0.1 * sum(np.sin(2 * np.pi * pitch * at_s) for pitch in (220, 277, 330)),
        "nothing": np.zeros(0),
    }[kind]
    assert quiet_speech(_sound(tmp_path, samples)) == ()


def test_both_opinions_are_one_list() -> None:
    """Spans of two networks are in order and never overlap."""
    assert joined((span(500, 900), span(0, 100), span(800, 1_200), span(1_200, 1_300))) == (
        span(0, 100),
        span(500, 1_300),
    )
