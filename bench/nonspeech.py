"""Ten minutes in which nobody speaks: how many words are heard."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .recordings import write_wav
from .stages import beginning, make

RATE_HZ = 16_000
MINUTES = 10
NOISE_DBFS = -50.0
TONES_DBFS = -20.0
Wave = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Row:
    """One sound without speech: words believed, texts dropped, seconds taken for speech."""

    name: str
    minutes: float
    words: int
    text: str
    dropped: int
    speech_s: float


def measure(*, quick: bool) -> Iterator[Row]:
    """Yield a row per sound; the refusal of recordings without speech is off."""
    with beginning(2) as pool:
        yield from pool.map(_row, SOUNDS, itertools.repeat(2 if quick else MINUTES))


def _row(name: str, minutes: int) -> Row:
    wave = SOUNDS[name](minutes * 60 * RATE_HZ)
    pcm = np.clip(np.rint(wave * 32767), -32768, 32767).astype(np.int16)
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        path = write_wav(Path(place) / f"{name.replace(' ', '-')}.wav", pcm, RATE_HZ)
        found = make(path, Path(place) / "episode")
    words, dropped = found.transcript.words, found.transcript.dropped
    text = " ".join(word.text for word in words[:12])
    return Row(name, minutes, len(words), text, len(dropped), found.activity.speech_ms / 1000)


def silence(samples: int) -> Wave:
    """Digital silence."""
    return np.zeros(samples)


def pink_noise(samples: int) -> Wave:
    """Noise whose power falls by 3 dB an octave, at −50 dBFS RMS."""
    dice = np.random.default_rng(1)
    spectrum = np.fft.rfft(dice.standard_normal(samples))
    spectrum[1:] /= np.sqrt(np.arange(1, len(spectrum)))
    spectrum[0] = 0
    return _at(np.fft.irfft(spectrum, samples), NOISE_DBFS)


def tone_bed(samples: int) -> Wave:
    """A slow bed of chords, swelling and changing every four seconds, at −20 dBFS RMS."""
    at_s = np.arange(samples) / RATE_HZ
    chords = np.array([[220, 277.2, 329.6], [196, 246.9, 293.7], [174.6, 220, 261.6], [164.8, 207.7, 246.9]])
    notes = chords[(at_s // 4).astype(int) % len(chords)]
    bed = sum(np.sin(2 * np.pi * notes[:, voice] * at_s) / (voice + 1) for voice in range(3))
    return _at(np.asarray(bed) * (0.6 + 0.4 * np.sin(2 * np.pi * at_s / 4)), TONES_DBFS)


def _at(wave: Wave, dbfs: float) -> Wave:
    return np.asarray(wave * 10 ** (dbfs / 20) / np.sqrt(np.mean(wave**2)))


SOUNDS: dict[str, Callable[[int], Wave]] = {
    "digital silence": silence,
    "pink noise at −50 dBFS": pink_noise,
    "tone bed": tone_bed,
}
