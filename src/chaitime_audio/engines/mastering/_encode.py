"""One MP3 from a stream of sound, and what is measured on it after decoding.

The limiter looks at two samples for every one, so that it sees peaks between samples.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import ChaitimeError, DestinationError
from ...model.sound import Loudness
from .. import _ffmpeg
from ._intake import SAMPLE_RATE_HZ
from ._meter import SILENCE_LUFS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_OVERSAMPLED_HZ = 2 * SAMPLE_RATE_HZ
_LOOKAHEAD_MS = 5
_DELAY = _OVERSAMPLED_HZ * _LOOKAHEAD_MS // 1000 - 1
_SUMMARY = {
    "integrated": re.compile(r"^\s+I:\s+(-?[\d.]+|-?inf|nan) LUFS", re.MULTILINE),
    "range": re.compile(r"^\s+LRA:\s+(-?[\d.]+|-?inf|nan) LU", re.MULTILINE),
    "peak": re.compile(r"True peak:\s+Peak:\s+(-?[\d.]+|-?inf|nan) dBFS"),
}


@dataclass(frozen=True, slots=True)
class Press:
    """How to encode: channels, bit rate, a gain, and the ceiling of the limiter in dBTP."""

    channels: int
    bit_rate_kbps: int
    gain_db: float
    ceiling_dbtp: float


@dataclass(frozen=True, slots=True)
class Heard:
    """What was found on a decoded MP3."""

    loudness: Loudness
    frames: int


def encode(sound: Iterable[NDArray[np.float32]], press: Press, target: Path) -> None:
    """Write an MP3 with a constant bit rate and the LAME header, no tags.

    ``sound`` yields blocks of shape (frames, channels). Raises DestinationError when the
    file cannot be written.
    """
    try:
        with _ffmpeg.sink(_arguments(press, target)) as write:
            for block in sound:
                write(block.astype("<f4").tobytes())
    except _ffmpeg.FfmpegError as cause:
        raise DestinationError(f"cannot write {target}: {cause.said}") from cause


def listen(mp3: Path, channels: int) -> Heard:
    """Decode an MP3 and measure loudness, true peak (ffmpeg's ebur128) and exact length."""
    said: list[str] = []
    arguments = [
        *("-loglevel", "info", "-i", _ffmpeg.output_of(mp3)),
        *("-map", "0:a:0", "-af", "ebur128=peak=true:framelog=verbose"),
        *("-ar", str(SAMPLE_RATE_HZ), "-ac", str(channels), "-f", "s16le", "-acodec", "pcm_s16le"),
    ]
    count = sum(len(block) for block in _ffmpeg.stream(arguments, said=said))
    text = "\n".join(said)
    found = {name: pattern.findall(text) for name, pattern in _SUMMARY.items()}
    if not all(found.values()):
        raise ChaitimeError("ffmpeg did not report the loudness of the MP3; is it a complete build?")
    integrated, spread, peak = (float(found[name][-1]) for name in ("integrated", "range", "peak"))
    loudness = Loudness(max(integrated, SILENCE_LUFS), max(peak, -120.0), spread)
    return Heard(loudness, count // (2 * channels))


def _arguments(press: Press, target: Path) -> list[str]:
    ceiling = 10 ** (min(press.ceiling_dbtp, 0.0) / 20)
    filters = [
        f"volume={press.gain_db:.3f}dB:precision=float",
        f"aresample={_OVERSAMPLED_HZ}",
        f"apad=pad_len={_DELAY}",
        f"alimiter=limit={ceiling:.5f}:attack={_LOOKAHEAD_MS}:release=50:level=0",
        f"atrim=start_sample={_DELAY}",
        f"aresample={SAMPLE_RATE_HZ}",
    ]
    return [
        *("-f", "f32le", "-ar", str(SAMPLE_RATE_HZ), "-ac", str(press.channels), "-i", "pipe:0"),
        *("-af", ",".join(filters), "-c:a", "libmp3lame", "-b:a", f"{press.bit_rate_kbps}k"),
        *("-write_xing", "1", "-id3v2_version", "0", "-write_id3v1", "0", "-map_metadata", "-1"),
        *("-f", "mp3", _ffmpeg.output_of(target)),
    ]
