"""Makes the jingle of the sample show: ``config/audio/{intro,outro,bed}.flac``; the same bytes every time.

Plucked strings after Karplus and Strong ("Digital synthesis of plucked-string and drum timbres", Computer
Music Journal 7(2), 1983) over soft organ tones. Run it with: python scripts/make_jingle.py
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.signal import lfilter

from chaitime_audio.audio import ffmpeg

RATE_HZ = 44_100
HERE = Path(__file__).resolve().parent.parent / "config" / "audio"
C, D, E, G, A = 60, 62, 64, 67, 69
Sound = NDArray[np.float64]


def pitch(key: int) -> float:
    """Frequency in Hz of a MIDI key."""
    return float(440.0 * 2 ** ((key - 69) / 12))


def pluck(key: int, seconds: float, seed: int) -> Sound:
    """A plucked string: noise that goes round a delay line and loses its edge."""
    period = round(RATE_HZ / pitch(key))
    noise = np.random.default_rng(seed).uniform(-1, 1, period)
    excited = np.concatenate([noise, np.zeros(round(seconds * RATE_HZ) - period)])
    loop = np.zeros(period + 2)
    loop[0], loop[period], loop[period + 1] = 1.0, -0.498, -0.498
    return np.asarray(lfilter([1.0], loop, excited))


def pad(keys: tuple[int, ...], seconds: float) -> Sound:
    """A soft chord that swells and fades."""
    time = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    tones = [np.sin(2 * np.pi * pitch(key) * time + key) for key in keys]
    overtones = [0.3 * np.sin(4 * np.pi * pitch(key) * time) for key in keys]
    return np.sum([*tones, *overtones], axis=0) / len(keys) * np.sin(np.pi * time / seconds) ** 0.7


def laid(pieces: list[tuple[float, Sound, float]], seconds: float) -> Sound:
    """Pieces at their times in seconds, with their gains, faded at the very end."""
    whole = np.zeros(round(seconds * RATE_HZ))
    for at, piece, gain in pieces:
        start = round(at * RATE_HZ)
        part = piece[: len(whole) - start]
        whole[start : start + len(part)] += gain * part
    fade = RATE_HZ // 2
    whole[-fade:] *= np.linspace(1, 0, fade) ** 2
    return np.asarray(whole * 0.5 / np.abs(whole).max())


def melody(keys: tuple[int, ...], step_s: float, first: int) -> list[tuple[float, Sound, float]]:
    """Plucked notes one after the other."""
    return [(index * step_s, pluck(key, 2.5, first + index), 0.8) for index, key in enumerate(keys)]


def write(name: str, sound: Sound) -> None:
    """Write a mono FLAC."""
    arguments = ["-f", "s16le", "-ar", str(RATE_HZ), "-ac", "1", "-i", "pipe:0", "-map_metadata", "-1"]
    arguments += ["-fflags", "+bitexact", "-flags:a", "+bitexact", "-f", "flac"]
    with ffmpeg.sink([*arguments, ffmpeg.output_of(HERE / name)]) as send:
        send(np.rint(sound * 32767).astype("<i2").tobytes())


def main() -> None:
    """Write all three."""
    HERE.mkdir(parents=True, exist_ok=True)
    intro = melody((C, E, G, A, G, E, G, C + 12), 0.32, 1)
    write("intro.flac", laid([*intro, (0.0, pad((C - 12, G - 12, E), 4.5), 0.25)], 4.5))
    outro = melody((G, E, D, C), 0.4, 21)
    write("outro.flac", laid([*outro, (0.0, pad((C - 12, G - 12, C), 4.0), 0.25)], 4.0))
    chords = ((C - 12, G - 12, E), (A - 24, E - 12, C), (G - 24, D - 12, G - 12), (C - 12, G - 12, C))
    write("bed.flac", laid([(4.0 * at, pad(keys, 6.0), 0.6) for at, keys in enumerate(chords)], 18.0))


if __name__ == "__main__":
    main()
