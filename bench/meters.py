"""Meters for finished MP3s that are not ours: ffmpeg's ebur128, pyloudnorm, and plain oversampling."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from chaitime_audio.audio.ffmpeg import ffmpeg_path
from chaitime_audio.audio.mastering.chain.gains import voices
from chaitime_audio.audio.mastering.chain.meter import Meter
from chaitime_audio.domain.sound import SourceMs, Span, Timeline

from .recordings import LONG_RATE_HZ

Sound = NDArray[np.float64]
Spans = tuple[tuple[str, Span], ...]


def decoded(path: Path, channels: int) -> Sound:
    """Any sound as floats at 44.1 kHz, shape (frames, channels)."""
    command = [ffmpeg_path(), "-nostdin", "-loglevel", "error", "-i", str(path)]
    command += ["-f", "f32le", "-ac", str(channels), "-ar", str(LONG_RATE_HZ), "pipe:1"]
    data = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
    return np.frombuffer(data, dtype="<f4").reshape(-1, channels).astype(np.float64)


def ebur128(path: Path) -> tuple[float, float]:
    """Integrated loudness in LUFS and true peak in dBTP, as ffmpeg's filter of that name says."""
    command = [ffmpeg_path(), "-nostdin", "-hide_banner", "-i", str(path)]
    command += ["-af", "ebur128=peak=true:framelog=quiet", "-f", "null", "-"]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stderr
    summary = said[said.rindex("Summary:") :]
    loudness, peak = (
        re.search(r"I:\s+(-?[\d.]+) LUFS", summary),
        re.search(r"Peak:\s+(-?[\d.]+) dBFS", summary),
    )
    assert loudness
    assert peak
    return float(loudness[1]), float(peak[1])


def pyloudnorm_lufs(sound: Sound) -> float:
    """Integrated loudness, as pyloudnorm measures it."""
    import pyloudnorm

    return float(pyloudnorm.Meter(LONG_RATE_HZ).integrated_loudness(sound))


def oversampled_dbtp(sound: Sound) -> float:
    """Highest peak after oversampling four times, in pieces so that it fits into memory."""
    from scipy.signal import resample_poly

    highest, size = 0.0, LONG_RATE_HZ * 10
    for start in range(0, len(sound), size):
        piece = sound[max(0, start - 64) : start + size + 64]
        highest = max(highest, float(np.abs(resample_poly(piece, 4, 1, axis=0)).max()))
    return float(20 * np.log10(highest + 1e-12))


def spread_lu(sound: Sound, spans: Spans, timeline: Timeline) -> float:
    """How far apart the loudest and the softest voice are, in LU; 0 with fewer than two."""
    meter = Meter(LONG_RATE_HZ)
    meter.add(sound.astype(np.float32))
    meter.close()
    sides = [(1.0, 0.0), (0.0, 1.0)][: sound.shape[1]]
    placed = tuple((label, _moved(where, timeline)) for label, where in spans if timeline.keeps(where))
    found = voices(meter.levels(sides).energies, placed)
    return max(found.values()) - min(found.values()) if len(found) > 1 else 0.0


def _moved(where: Span, timeline: Timeline) -> Span:
    start, end = timeline.published(where.start_ms), timeline.published(where.end_ms)
    return Span(SourceMs(start), SourceMs(max(start, end)))
