"""The sound of a clip: cut out of the MP3, faded at its ends, brought to loudness, as MP3 and M4A."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ...audio import ffmpeg
from ...audio.mastering.chain.encode import encode, listen
from ...audio.mastering.chain.extra_formats import Programme, pressed_extras
from ...audio.mastering.chain.meter import SILENCE_LUFS, Meter, integrated
from ...audio.mastering.chain.pcm import SAMPLE_RATE_HZ
from ...audio.word_edges import Read
from ...domain.sound import Loudness, Span, span
from ...errors import InputRefusedError
from ...project.files import replacing

EARLY_MS = 500
FADE_IN_MS, FADE_OUT_MS = 12, 60
CEILING_DBTP = -1.0
HEADROOM_DB = 1.0
ATTEMPTS = 4
PATIENCE = 1
"""After so many attempts to lower single places, the whole ceiling comes down as well."""
KBPS = {1: 128, 2: 160}
LOWEST_RATE_HZ = 16_000


def stretch(mp3: Path, piece: Span, channels: int, rate_hz: int = SAMPLE_RATE_HZ) -> NDArray[np.float32]:
    """Return a stretch of our MP3, shape (frames, channels), exact to the sample.

    A constant bit rate and the LAME header make the times of its frames exact; decoding begins earlier,
    as a frame needs bits of those before it. Raises InputRefusedError when it cannot be decoded.
    """
    early_ms = min(EARLY_MS, int(piece.start_ms))
    arguments = [
        *("-ss", f"{(piece.start_ms - early_ms) / 1000:.3f}"),
        *("-t", f"{(piece.duration_ms + early_ms) / 1000:.3f}"),
        *ffmpeg.input_of(mp3),
        *("-map", "0:a:0", "-ac", str(channels), "-ar", str(rate_hz), "-f", "f32le", "-c:a", "pcm_f32le"),
    ]
    try:
        data = b"".join(ffmpeg.stream(arguments))
    except ffmpeg.FfmpegError as cause:
        raise InputRefusedError(f"cannot decode {mp3}: {cause.said}") from cause
    return np.frombuffer(data, dtype="<f4").reshape(-1, channels)[early_ms * rate_hz // 1000 :]


def reader(mp3: Path) -> Read:
    """Return what reads 16 kHz mono stretches of an MP3 (see `word_edges.Read`)."""

    def read(start_ms: int, end_ms: int) -> NDArray[np.float32]:
        start_ms = max(0, start_ms)
        found = span(start_ms, max(start_ms, end_ms))
        return stretch(mp3, found, 1, LOWEST_RATE_HZ)[:, 0] if found.duration_ms else np.zeros(0, np.float32)

    return read


def faded(sound: NDArray[np.float32]) -> NDArray[np.float32]:
    """The sound with its ends faded, so that neither clicks."""
    out = sound.copy()
    for length_ms, side in ((FADE_IN_MS, slice(None)), (FADE_OUT_MS, slice(None, None, -1))):
        count = min(len(out), SAMPLE_RATE_HZ * length_ms // 1000)
        ramp = np.sin(np.linspace(0, np.pi / 2, count, dtype=np.float32)) ** 2
        out[side][:count] *= ramp[:, None]
    return out


def write_sound(sound: NDArray[np.float32], target_lufs: float, mp3: Path) -> Loudness:
    """Write a clip as MP3 and, beside it, as M4A; return what was measured on the decoded MP3.

    ``sound`` has shape (frames, channels). Raises DestinationError when they cannot be written.
    """
    programme = _programme(sound, target_lufs)
    heard = None
    with replacing(mp3) as temporary:
        for attempt in range(ATTEMPTS):
            encode(programme.limited(), programme.channels, KBPS[programme.channels], temporary)
            heard = listen(temporary, programme.channels, programme.goal)
            if not (programme.hot(heard) or programme.missing_lu(heard)):
                break
            programme = programme.mended([heard], all_over=attempt >= PATIENCE)
    pressed_extras(programme, ("m4a",), mp3)
    assert heard is not None
    return heard.loudness


def _programme(sound: NDArray[np.float32], target_lufs: float) -> Programme:
    meter = Meter(SAMPLE_RATE_HZ)
    meter.add(sound)
    meter.close()
    channels = sound.shape[1]
    levels = meter.levels(((1.0, 0.0), (0.0, 1.0))[:channels])
    loudness = integrated(levels.energies)
    gain_db = target_lufs - loudness if loudness > SILENCE_LUFS else 0.0
    ceilings = np.full(max(1, len(levels.peaks)), 10 ** ((CEILING_DBTP - HEADROOM_DB) / 20))
    return Programme(lambda: _blocks(sound), channels, gain_db, ceilings, (target_lufs, CEILING_DBTP))


def _blocks(sound: NDArray[np.float32], size: int = 1 << 15) -> Iterator[NDArray[np.float32]]:
    for start in range(0, len(sound), size):
        yield sound[start : start + size]
