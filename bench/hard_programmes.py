"""Six programmes that are hard to master, made by script from speech: the same samples every time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from chaitime_audio.domain.sound import Span, span

from .recordings import LONG_RATE_HZ, Recording, read_pcm, write_wav

Sound = NDArray[np.float64]
SECONDS = 60
PIECE_S = 6


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme as WAV, and who speaks when in it."""

    name: str
    path: Path
    spans: tuple[tuple[str, Span], ...]


def programmes(recording: Recording, folder: Path) -> list[Programme]:
    """Write all six, made from the first minute of a recording with two voices."""
    pcm = read_pcm(recording.path, LONG_RATE_HZ)[: SECONDS * LONG_RATE_HZ]
    speech = pcm.astype(np.float64) / 32768
    speech *= 0.1 / np.sqrt(np.mean(speech**2))
    turns = tuple(
        (turn.speaker, span(round(turn.start_s * 1000), round(turn.end_s * 1000)))
        for turn in recording.truth.turns
        if turn.end_s <= SECONDS
    )
    return [_written(name, make(speech, turns), turns, folder) for name, make in MAKERS.items()]


def _written(name: str, sound: Sound, turns: tuple[tuple[str, Span], ...], folder: Path) -> Programme:
    rate = 8000 if name == "telephone" else LONG_RATE_HZ
    pcm = np.rint(np.clip(sound, -1, 1) * 32767).astype(np.int16)
    spans = () if name == "very dynamic" else turns
    return Programme(name, write_wav(folder / f"{name.replace(' ', '-')}.wav", pcm, rate), spans)


def _dynamic(speech: Sound, _turns: object) -> Sound:
    """Six seconds loud, six seconds 30 dB softer, by nobody's turns."""
    piece = np.arange(len(speech)) // (PIECE_S * LONG_RATE_HZ)
    return speech * np.where(piece % 2, 10 ** (-30 / 20), 1.5)


def _quiet(speech: Sound, _turns: object) -> Sound:
    """About -50 LUFS."""
    return speech * 10 ** (-29 / 20)


def _clipped(speech: Sound, _turns: object) -> Sound:
    """Recorded 24 dB too hot."""
    return np.clip(speech * 16, -1, 1)


def _music(speech: Sound, _turns: object) -> Sound:
    """Ten loud seconds of a square-wave chord, then talk half as loud, then the chord again."""
    time = np.arange(10 * LONG_RATE_HZ) / LONG_RATE_HZ
    tones = [np.sign(np.sin(2 * np.pi * pitch * time)) for pitch in (220.0, 277.2, 329.6)]
    chord = np.sum(tones, axis=0) * 0.2
    sound = speech * 0.5
    sound[: len(chord)] = chord
    sound[-len(chord) :] = chord
    return np.asarray(sound)


def _far(speech: Sound, turns: tuple[tuple[str, Span], ...]) -> Sound:
    """The second voice 20 dB down."""
    sound, first = speech.copy(), turns[0][0]
    for label, where in turns:
        if label != first:
            sound[where.start_ms * LONG_RATE_HZ // 1000 : where.end_ms * LONG_RATE_HZ // 1000] *= 0.1
    return sound


def _telephone(speech: Sound, _turns: object) -> Sound:
    """8 kHz, 300 to 3400 Hz, with a little hiss."""
    from scipy.signal import butter, resample_poly, sosfilt

    narrow = sosfilt(butter(4, (300, 3400), "bandpass", fs=LONG_RATE_HZ, output="sos"), speech)
    slow = resample_poly(narrow, 80, 441)
    return np.asarray(slow + np.random.default_rng(1).standard_normal(len(slow)) * 0.001)


MAKERS: dict[str, Callable[[Sound, tuple[tuple[str, Span], ...]], Sound]] = {
    "very dynamic": _dynamic,
    "very quiet": _quiet,
    "clipped": _clipped,
    "music and talk": _music,
    "one speaker 20 dB down": _far,
    "telephone": _telephone,
}
