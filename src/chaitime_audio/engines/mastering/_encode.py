"""One MP3 from a stream of sound, and what is measured on it after decoding."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import ChaitimeError, DestinationError, UsageError
from ...model.sound import Loudness
from .. import _ffmpeg
from ._intake import SAMPLE_RATE_HZ
from ._meter import SILENCE_LUFS, STEP_MS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_NEAR = 0.7
_AROUND = 24
_SUMMARY = {
    "integrated": re.compile(r"^\s+I:\s+(-?[\d.]+|-?inf|nan) LUFS", re.MULTILINE),
    "range": re.compile(r"^\s+LRA:\s+(-?[\d.]+|-?inf|nan) LU", re.MULTILINE),
    "peak": re.compile(r"True peak:\s+Peak:\s+(-?[\d.]+|-?inf|nan) dBFS"),
}


@dataclass(frozen=True, slots=True)
class Heard:
    """What was found on a decoded MP3. ``peaks`` has the 10 ms where it is loudest, linear true peaks."""

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
        *("-f", "mp3", _ffmpeg.output_of(target)),
    ]
    try:
        with _ffmpeg.sink(arguments) as write:
            for block in sound:
                write(block.astype("<f4", copy=False).tobytes())
    except _ffmpeg.FfmpegError as cause:
        if re.search("unknown encoder|encoder not found", cause.said, re.IGNORECASE):
            own = _ffmpeg.ffmpeg_path()
            raise UsageError(f"{own} cannot make MP3s (no libmp3lame); install a complete ffmpeg") from cause
        raise DestinationError(f"cannot write {target}: {cause.said}") from cause


def listen(mp3: Path, channels: int) -> Heard:
    """Decode an MP3: loudness and true peak by ffmpeg's ebur128, exact length, where its peaks are."""
    import numpy as np

    said: list[str] = []
    arguments = [
        *("-loglevel", "info", "-i", _ffmpeg.output_of(mp3)),
        *("-map", "0:a:0", "-af", "ebur128=peak=true:framelog=verbose"),
        *("-ar", str(SAMPLE_RATE_HZ), "-ac", str(channels), "-f", "f32le", "-acodec", "pcm_f32le"),
    ]
    frames, peaks = 0, dict[int, float]()
    step = SAMPLE_RATE_HZ * STEP_MS // 1000
    for data in _ffmpeg.stream(arguments, 4 * channels * step * 64, said):
        block = np.frombuffer(data, dtype="<f4").reshape(-1, channels)
        peaks.update(_peaks(block, frames // step, step))
        frames += len(block)
    return Heard(_summary("\n".join(said)), frames, peaks)


def _peaks(block: NDArray[np.float32], first: int, step: int) -> Iterator[tuple[int, float]]:
    """True peaks of the steps that come near full scale, four times oversampled."""
    import numpy as np
    from scipy.signal import resample_poly

    starts = np.arange(0, len(block), step)
    highest = np.maximum.reduceat(np.abs(block).max(axis=1), starts)
    for index in np.flatnonzero(highest > _NEAR):
        start = int(starts[index])
        piece = block[max(0, start - _AROUND) : start + step + _AROUND]
        yield first + int(index), float(np.abs(resample_poly(piece, 4, 1, axis=0)).max())


def _summary(said: str) -> Loudness:
    """Read ffmpeg's report. Raises ChaitimeError when there is none."""
    found = {name: pattern.findall(said) for name, pattern in _SUMMARY.items()}
    if not all(found.values()):
        raise ChaitimeError("ffmpeg did not report the loudness of the MP3; is it a complete build?")
    integrated, spread, peak = (float(found[name][-1]) for name in ("integrated", "range", "peak"))
    return Loudness(max(integrated, SILENCE_LUFS), max(peak, -120.0), spread)
