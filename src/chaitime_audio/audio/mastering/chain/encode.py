"""One MP3 from a stream of sound, and what is measured on it after decoding."""

from __future__ import annotations

import functools
import itertools
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ....domain.sound import Loudness
from ....errors import ChaitimeError, DestinationError, UsageError
from ... import ffmpeg
from .meter import SILENCE_LUFS, STEP_MS
from .pcm import IN_BULK, SAMPLE_RATE_HZ

_NEAR = 0.85
"""A true peak stands at most this far above the samples beside it and the values half-way between them."""
_HALF_WAY = (0.6226, -0.1660, 0.0610, -0.0176)
_FINER, _CELL, _AROUND = 8, 21, 12
"""Peaks are looked for in cells of so many samples, and oversampled with some on either side."""
_SUMMARY = {
    "integrated": re.compile(r"^\s+I:\s+(-?[\d.]+|-?inf|nan) LUFS", re.MULTILINE),
    "range": re.compile(r"^\s+LRA:\s+(-?[\d.]+|-?inf|nan) LU", re.MULTILINE),
}


@dataclass(frozen=True, slots=True)
class DecodedMeasurement:
    """What was found on a decoded file. ``peaks`` has the 10 ms with high true peaks, linear."""

    loudness: Loudness
    frames: int
    peaks: dict[int, float]


def encode(sound: Iterable[NDArray[np.float32]], channels: int, bit_rate_kbps: int, target: Path) -> None:
    """Write an MP3 with a constant bit rate and the LAME header, no tags.

    ``sound`` yields blocks of shape (frames, channels). Raises DestinationError when the
    file cannot be written, UsageError when this ffmpeg has no MP3 encoder.
    """
    arguments = [
        *("-f", "f32le", "-ar", str(SAMPLE_RATE_HZ), "-ac", str(channels), "-i", "pipe:0"),
        *("-c:a", "libmp3lame", "-b:a", f"{bit_rate_kbps}k", "-write_xing", "1"),
        *("-id3v2_version", "0", "-write_id3v1", "0", "-map_metadata", "-1"),
        *("-f", "mp3", ffmpeg.output_of(target)),
    ]
    try:
        with ffmpeg.sink(arguments) as write:
            for block in sound:
                write(block.astype("<f4", copy=False).tobytes())
    except ffmpeg.FfmpegError as cause:
        if re.search("unknown encoder|encoder not found", cause.said, re.IGNORECASE):
            own = ffmpeg.ffmpeg_path()
            raise UsageError(f"{own} cannot make MP3s (no libmp3lame); install a complete ffmpeg") from cause
        raise DestinationError(f"cannot write {target}: {cause.said}") from cause


def listen(path: Path, channels: int, near: float = 0.7) -> DecodedMeasurement:
    """Decode a file: loudness by ffmpeg's ebur128, true peaks, exact length.

    True peaks (eight times oversampled) are looked for wherever one may be the highest, or above
    ``near`` (linear); those above it are kept in ``peaks``.
    """
    said: list[str] = []
    arguments = [
        *("-loglevel", "info", "-i", ffmpeg.output_of(path)),
        *("-map", "0:a:0", "-af", f"ebur128=peak=none:framelog=quiet,{IN_BULK}"),
        *("-ar", str(SAMPLE_RATE_HZ), "-ac", str(channels), "-f", "f32le", "-acodec", "pcm_f32le"),
    ]
    frames, highest, peaks = 0, 0.0, dict[int, float]()
    step, silence = SAMPLE_RATE_HZ * STEP_MS // 1000, np.zeros((2 * _AROUND, channels), dtype=np.float32)
    held = silence
    for data in itertools.chain(ffmpeg.stream(arguments, 4 * channels * step * 64, said), (None,)):
        block = silence if data is None else np.frombuffer(data, dtype="<f4").reshape(-1, channels)
        held = np.concatenate([held[-2 * _AROUND :], block])
        for cell, peak in _peaks(held, min(near, highest)):
            highest = max(highest, peak)
            if peak > near:
                at = max(0, frames - _AROUND + cell * _CELL) // step
                peaks[at] = max(peak, peaks.get(at, 0.0))
        frames += len(block) if data else 0
    return DecodedMeasurement(_measured("\n".join(said), highest), frames, peaks)


def _peaks(sound: NDArray[np.float32], near: float) -> Iterator[tuple[int, float]]:
    """True peaks of the cells in which one may be above ``near``, by the number of the cell.

    Cells begin and end `_AROUND` frames inside of ``sound``.
    """
    from scipy.signal import resample_poly

    padded = np.pad(sound, ((0, (2 * _AROUND - len(sound)) % _CELL), (0, 0)))
    count = len(padded) - 2 * _AROUND
    half_way = sum(
        np.float32(weight) * (padded[_AROUND - at :][:count] + padded[_AROUND + 1 + at :][:count])
        for at, weight in enumerate(_HALF_WAY)
    )
    tips = np.maximum(np.abs(padded[_AROUND:][:count]), np.abs(half_way))
    found = np.flatnonzero(tips.reshape(-1, _CELL * sound.shape[1]).max(axis=1) > near * _NEAR)
    if found.size:
        windows = np.lib.stride_tricks.sliding_window_view(padded, _CELL + 2 * _AROUND, axis=0)
        between = resample_poly(windows[found * _CELL], _FINER, 1, axis=2, window=_taps())
        yield from zip(found.tolist(), np.abs(between).max(axis=(1, 2)).tolist(), strict=True)


@functools.cache
def _taps() -> NDArray[np.float64]:
    """The low-pass of the oversampling, ten samples to either side."""
    from scipy.signal import firwin

    taps: NDArray[np.float64] = firwin(2 * 10 * _FINER + 1, 1 / _FINER, window=("kaiser", 5.0))
    return taps


def _measured(said: str, peak: float) -> Loudness:
    """Read ffmpeg's report; the true peak is linear. Raises ChaitimeError when there is none."""
    found = {name: pattern.findall(said) for name, pattern in _SUMMARY.items()}
    if not all(found.values()):
        raise ChaitimeError("ffmpeg did not report the loudness of the MP3; is it a complete build?")
    integrated, spread = (float(found[name][-1]) for name in ("integrated", "range"))
    peak_db = round(20 * math.log10(peak), 2) if peak > 1e-6 else -120.0
    return Loudness(max(integrated, SILENCE_LUFS), peak_db, spread)
