"""The meter agrees with the standard and with two meters that we did not write."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyloudnorm
import pytest

from chaitime_audio.audio.mastering.chain.encode import listen
from chaitime_audio.audio.mastering.chain.meter import Meter, integrated, measured


def metered(sound: np.ndarray, rate: int = 44_100, block: int = 10_000):
    meter = Meter(rate)
    for start in range(0, len(sound), block):
        meter.add(sound[start : start + block])
    meter.close()
    sides = ((1.0, 0.0), (0.0, 1.0))[: sound.shape[1]]
    return meter, meter.levels(sides)


@pytest.mark.parametrize("level", [1.0, 0.1, 0.01])
@pytest.mark.parametrize("channels", [1, 2])
def test_it_agrees_with_pyloudnorm(level: float, channels: int, sounds) -> None:
    """Integrated loudness within 0.1 LU of an independent implementation of BS.1770."""
    voices = [sounds.speech(12, seed=seed, pitch_hz=100 + 60 * seed) for seed in range(channels)]
    sound = np.stack(voices, axis=1) * np.float32(level)
    _, levels = metered(sound)
    assert integrated(levels.energies) == pytest.approx(
        pyloudnorm.Meter(44_100).integrated_loudness(sound.astype(np.float64)), abs=0.1
    )


def test_it_agrees_with_ffmpeg(tmp_path: Path, sounds) -> None:
    """Loudness within 0.1 LU, range within 0.5 LU, true peak within 0.3 dB of ffmpeg's ebur128."""
    quiet_then_loud = np.concatenate([sounds.speech(15) * 0.2, sounds.speech(15, seed=2)])[:, None]
    path = sounds.write_wav(tmp_path / "a.wav", quiet_then_loud, kind="f32")
    theirs = listen(path, 1).loudness
    meter, levels = metered(quiet_then_loud)
    ours = measured(levels, meter.peak)
    assert ours.integrated_lufs == pytest.approx(theirs.integrated_lufs, abs=0.1)
    assert ours.range_lu == pytest.approx(theirs.range_lu, abs=0.5)
    assert ours.true_peak_dbtp == pytest.approx(theirs.true_peak_dbtp, abs=0.3)


def test_the_standards_own_tone(sounds) -> None:
    """BS.1770: a 997 Hz sine at full scale in one channel is -3.01 LUFS."""
    time = np.arange(44_100 * 3) / 44_100
    _, levels = metered(np.sin(2 * np.pi * 997 * time).astype(np.float32)[:, None])
    assert integrated(levels.energies) == pytest.approx(-3.01, abs=0.03)


def test_peaks_between_samples_are_seen() -> None:
    """A sine at a quarter of the rate, sampled at 45 degrees, peaks 3 dB above its samples."""
    sound = (0.5 * np.sin(np.pi / 2 * np.arange(44_100) + np.pi / 4)).astype(np.float32)[:, None]
    meter, _ = metered(sound)
    assert np.abs(sound).max() == pytest.approx(0.354, abs=0.01)
    assert meter.peak == pytest.approx(0.5, rel=0.05)


def test_blocks_do_not_matter(sounds) -> None:
    """The same sound in other pieces measures the same."""
    sound = sounds.speech(3)[:, None]
    _, one = metered(sound, block=441)
    _, two = metered(sound, block=100_001)
    np.testing.assert_allclose(one.energies, two.energies, rtol=1e-5, atol=1e-12)
    np.testing.assert_allclose(one.peaks, two.peaks)


def test_any_mix_can_be_asked_for_afterwards(sounds) -> None:
    """Loudness of (left + right) / 2 worked out from what was kept is what measuring it gives."""
    pair = np.stack([sounds.speech(5), sounds.speech(5, seed=3)], axis=1)
    meter, _ = metered(pair)
    _, direct = metered(pair.mean(axis=1, keepdims=True))
    mixed = meter.levels(((0.5, 0.5),))
    assert integrated(mixed.energies) == pytest.approx(integrated(direct.energies), abs=0.01)


@pytest.mark.parametrize("side", [(0.5, 0.5), (0.5, -0.5), (1.0, 0.0), (0.0, -1.0)])
def test_peaks_of_a_mix_are_its_own(side: tuple[float, float], sounds) -> None:
    """Peaks of a mix are those of the mixed sound, not the sum of peaks that never meet."""
    pair = np.stack([sounds.speech(5), sounds.speech(5, seed=3)], axis=1)
    meter, _ = metered(pair)
    _, direct = metered((pair @ np.float32(side))[:, None])
    np.testing.assert_allclose(meter.levels((side,)).peaks, direct.peaks, atol=1e-6)


def test_silence_is_silence() -> None:
    """No sound is -70 LUFS, not minus infinity and not an error."""
    _, levels = metered(np.zeros((44_100, 1), dtype=np.float32))
    assert measured(levels, 0.0).integrated_lufs == -70.0
