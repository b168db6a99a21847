"""All but voices turned down by DeepFilterNet3 in a process of its own (the extra denoise)."""

from __future__ import annotations

import sys
import wave
from importlib.util import find_spec

import numpy as np
import pytest

from chaitime_audio.audio.mastering.chain import voice_denoise
from chaitime_audio.audio.mastering.ffmpeg import Engine
from chaitime_audio.audio.probe import probe
from chaitime_audio.domain.sound import MixPlan
from chaitime_audio.errors import ModelUnavailableError, UsageError, WorkerDiedError

there = pytest.mark.skipif(find_spec(voice_denoise.PACKAGE) is None, reason="without the extra denoise")
RATE_HZ = voice_denoise.RATE_HZ


def blocks(sound: np.ndarray, size: int = 7_000) -> list[bytes]:
    return [sound[at : at + size].astype("<f4").tobytes() for at in range(0, len(sound), size)]


def through(sound: np.ndarray) -> np.ndarray:
    out = b"".join(voice_denoise.through_network(iter(blocks(sound)), sound.shape[1]))
    return np.frombuffer(out, "<f4").reshape(-1, sound.shape[1])


@there
def test_noise_goes_down_and_the_length_stays():
    """Hiss alone is brought down by at least 15 dB on both channels; as many samples come out as went in."""
    noise = np.random.default_rng(1).normal(0, 0.05, (RATE_HZ * 3 + 123, 2))
    out = through(noise)
    assert out.shape == noise.shape
    settled = slice(RATE_HZ, None)
    for channel in range(2):
        before, after = (np.sqrt(np.mean(one[settled, channel] ** 2)) for one in (noise, out))
        assert 20 * np.log10(before / after) > 15


@there
def test_channels_are_cleaned_apart():
    """What is on one channel does not leak into a silent one."""
    noise = np.zeros((RATE_HZ, 2))
    noise[:, 0] = np.random.default_rng(2).normal(0, 0.1, RATE_HZ)
    assert np.abs(through(noise)[:, 1]).max() < 1e-6


@there
def test_another_model_is_refused(monkeypatch):
    """A model with another sum than the one that is known is not loaded."""
    monkeypatch.setattr(voice_denoise, "MODEL_SHA256", "0" * 64)
    with pytest.raises(ModelUnavailableError, match="another model"):
        through(np.zeros((480, 1)))


@there
def test_a_process_that_dies_is_told(monkeypatch):
    """When the library ends its process, a sentence says so; ours goes on."""
    monkeypatch.setattr(voice_denoise, "LIMIT_DB", "no number")
    with pytest.raises(WorkerDiedError, match="audio.denoise"):
        through(np.zeros((RATE_HZ * 5, 1)))


@pytest.mark.pure
def test_without_the_package_it_is_said(monkeypatch):
    """Where the extra is not installed, the line says how to install it."""
    monkeypatch.setitem(sys.modules, voice_denoise.PACKAGE, None)
    monkeypatch.setattr(voice_denoise, "find_spec", lambda _: None)
    with pytest.raises(UsageError, match=r"chaitime-audio\[denoise\]"):
        voice_denoise.check_installed()


@there
def test_the_mp3_is_made_of_what_is_left(tmp_path):
    """Mastering with it takes as long a programme, times unmoved, and leaves nothing beside the MP3."""
    path, noise = tmp_path / "talk.wav", np.random.default_rng(3).normal(0, 1500, 44_100 * 3)
    with wave.open(str(path), "wb") as writer:
        writer.setparams((1, 2, 44_100, 0, "NONE", ""))
        writer.writeframes(noise.astype("<i2").tobytes())
    target = tmp_path / "facts" / "master.mp3"
    target.parent.mkdir()
    made = Engine(denoise="voice", trim=False).master(
        probe((path,)), (path,), MixPlan(), target, lambda _: None
    )
    assert abs(made.duration_ms - 3_000) <= 2
    assert [one.name for one in target.parent.iterdir()] == ["master.mp3"]
