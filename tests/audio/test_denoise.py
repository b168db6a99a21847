"""Steady noise goes down in the pauses; voices, length, stereo and every sample's place stay."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from scipy.ndimage import maximum_filter1d, minimum_filter1d

from chaitime_audio.audio.mastering.chain.deess import de_essed
from chaitime_audio.audio.mastering.chain.denoise import Denoiser, NoiseProfile
from chaitime_audio.audio.mastering.ffmpeg import Engine
from chaitime_audio.audio.probe import probe
from chaitime_audio.domain.sound import MixPlan

RATE = 44_100


def cut(sound: np.ndarray, size: int = 1 << 15) -> Iterator[np.ndarray]:
    """A stream of blocks, shape (frames, channels)."""
    shaped = sound.reshape(len(sound), -1).astype(np.float32)
    yield from (shaped[start : start + size] for start in range(0, len(shaped), size))


def denoised(sound: np.ndarray, strength="light", size: int = 1 << 15) -> np.ndarray:
    """The sound without its own noise."""
    profile = NoiseProfile()
    for block in cut(sound, size):
        profile.add(block)
    return np.concatenate(list(Denoiser(profile.noise(), strength).on(cut(sound, size))))


def talk(sounds, pause_s: float = 2.0) -> tuple[np.ndarray, np.ndarray]:
    """Four phrases with pauses between them, and where the pauses are."""
    pieces, quiet = [], []
    for index in range(4):
        voice = sounds.speech(3, 110 + 20 * index, index)
        pieces += [np.zeros(round(pause_s * RATE), np.float32), voice]
        quiet += [np.ones(round(pause_s * RATE), bool), np.zeros(len(voice), bool)]
    return np.concatenate(pieces), np.concatenate(quiet)


def level_db(sound: np.ndarray) -> float:
    """Mean power in dB."""
    return float(10 * np.log10(np.mean(sound.astype(np.float64) ** 2) + 1e-20))


def middle_of(quiet: np.ndarray) -> np.ndarray:
    """Where half a second all round is a pause."""
    return minimum_filter1d(quiet, RATE // 2, mode="constant", cval=False)


def hiss(frames: int, level: float = 0.004) -> np.ndarray:
    """White noise."""
    return (np.random.default_rng(3).standard_normal(frames) * level).astype(np.float32)


def hum(frames: int) -> np.ndarray:
    """The mains and four harmonics."""
    time = np.arange(frames) / RATE
    return sum(np.sin(2 * np.pi * 100 * k * time) * 0.004 / k for k in range(1, 6)).astype(np.float32)


@pytest.mark.parametrize("noise", [hiss, hum])
@pytest.mark.parametrize(("strength", "least_db"), [("light", 6.0), ("strong", 13.0)])
def test_noise_goes_down_in_the_pauses_and_speech_stays(
    sounds, noise, strength: str, least_db: float
) -> None:
    """By at least so much in the middle of pauses; speech changes by 0.7 dB at most."""
    clean, quiet = talk(sounds)
    noisy = clean + noise(len(clean))
    out = denoised(noisy, strength)[:, 0]
    middle = middle_of(quiet)
    assert level_db(noisy[middle]) - level_db(out[middle]) > least_db
    assert level_db(out[~quiet]) == pytest.approx(level_db(clean[~quiet]), abs=0.7)
    error = out[~quiet] - clean[~quiet]
    assert level_db(error) < level_db(clean[~quiet]) - 12


def test_a_clean_recording_is_hardly_changed(sounds) -> None:
    """Without noise the difference is far below the sound."""
    clean, _ = talk(sounds)
    out = denoised(clean + hiss(len(clean), 3e-5))[:, 0]
    assert level_db(out - clean) < level_db(clean) - 30


@pytest.mark.parametrize("frames", [1, 511, 2048, 2049, 100_003])
def test_as_many_frames_come_out_as_went_in(frames: int) -> None:
    """And silence stays silence."""
    assert denoised(hiss(frames)).shape == (frames, 1)
    assert not denoised(np.zeros(frames, np.float32)).any()


def test_nothing_moves(sounds) -> None:
    """A voice lies at the same sample as before."""
    clean, _ = talk(sounds)
    out = denoised(clean + hiss(len(clean)))[:, 0]
    window = slice(3 * RATE, 4 * RATE)
    shifts = [float(np.dot(out[window], np.roll(clean, shift)[window])) for shift in range(-20, 21)]
    assert int(np.argmax(shifts)) == 20


@pytest.mark.parametrize("size", [997, 4096, 1 << 17])
def test_blocks_make_no_difference(sounds, size: int) -> None:
    """However the sound is cut into blocks, the same comes out."""
    noisy = talk(sounds)[0][: 5 * RATE]
    noisy = noisy + hiss(len(noisy))
    assert np.allclose(denoised(noisy, "strong", size), denoised(noisy, "strong"), atol=1e-5)


def test_both_sides_get_the_same_gain(sounds) -> None:
    """A voice twice as loud on the left is that afterwards: the picture does not wander."""
    clean, _ = talk(sounds)
    noisy = clean + hiss(len(clean))
    out = denoised(np.stack([noisy, 0.5 * noisy], axis=1), "strong")
    assert np.allclose(out[:, 1], 0.5 * out[:, 0], atol=1e-6)


def esses(sounds, sharp: float) -> tuple[np.ndarray, np.ndarray]:
    """Vowels with bursts of treble between them, and where the bursts are."""
    voice = sounds.speech(6, seed=4)
    noise = np.diff(np.random.default_rng(5).standard_normal(len(voice) + 2), 2)
    bursts = (np.arange(len(voice)) % RATE) < RATE // 8
    return (voice * ~bursts + noise * bursts * sharp).astype(np.float32), bursts


def test_sharp_s_sounds_are_softened_and_vowels_are_not(sounds) -> None:
    """Loud bursts of treble go down by some decibels; between them not a sample changes."""
    sound, bursts = esses(sounds, 0.05)
    out = np.concatenate(list(de_essed(cut(sound))))[:, 0]
    assert out.shape == sound.shape
    assert 3 < level_db(sound[bursts]) - level_db(out[bursts]) < 9
    far = ~maximum_filter1d(bursts, RATE // 5)
    assert np.array_equal(out[far], sound[far])


def test_soft_s_sounds_stay(sounds) -> None:
    """Treble well below the voice is left alone."""
    sound, bursts = esses(sounds, 0.0015)
    out = np.concatenate(list(de_essed(cut(sound))))[:, 0]
    assert level_db(sound[bursts]) - level_db(out[bursts]) < 0.3


@pytest.mark.parametrize("size", [333, 1 << 16])
def test_de_essing_does_not_depend_on_blocks(sounds, size: int) -> None:
    """Nor on whether there is one channel or two alike."""
    sound, _ = esses(sounds, 0.05)
    whole = np.concatenate(list(de_essed(cut(sound))))
    assert np.allclose(np.concatenate(list(de_essed(cut(sound, size)))), whole, atol=1e-6)
    both = np.concatenate(list(de_essed(cut(np.stack([sound, sound], axis=1)))))
    assert np.allclose(both, whole, atol=1e-6)


def test_the_settings_reach_the_mp3(sounds, tmp_path: Path, silent) -> None:
    """The pauses of the finished MP3 are quieter with denoise, at the same loudness; off changes nothing."""
    clean, quiet = talk(sounds)
    path = sounds.write_wav(tmp_path / "noisy.wav", clean + hiss(len(clean)))
    heard = {}
    for name, options in {"off": {}, "strong": {"denoise": "strong", "de_ess": True}}.items():
        target = tmp_path / f"{name}.mp3"
        engine = Engine(trim=False, **options)
        master = engine.master(probe((path,), "single"), (path,), MixPlan(), target, silent)
        assert master.loudness.integrated_lufs == pytest.approx(-16, abs=0.5)
        heard[name] = sounds.pcm(target)[: len(quiet), 0]
    middle = middle_of(quiet)
    assert level_db(heard["off"][middle]) - level_db(heard["strong"][middle]) > 8
