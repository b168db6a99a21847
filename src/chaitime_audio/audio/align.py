"""Several recordings of one talk, one per person: brought to one clock and mixed.

How far two tracks are apart is found where they share sound (a little of each person is on the
other's microphone, or a clap is on both): the peak of their generalised cross-correlation with
phase transform (Knapp and Carter 1976). The same, near the end, gives the drift of the clocks.
Tracks that share nothing (each on his own headphones) are taken to start together, and that is said.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from ..domain.sound import Aligned, Span
from ..errors import InputRefusedError
from ..project.files import replacing
from ..recognition.context import SAMPLE_RATE_HZ, Progress
from . import ffmpeg
from .levels import levels_db, tracks_of
from .reading import FIRST_SOUND, WORTH_S, Reading, reading_of

COARSE_HZ = 2_000
WINDOW_S, MOST_WINDOWS = 20, 40
SEARCH_S, NEAR_S = 300.0, 1.0
CLEAR_PEAK, NEAR_PEAK = 9.0, 6.0
MOST_DRIFT_PPM, WORTH_DRIFT_S = 500.0, 0.015
DOUBTFUL_S = 0.5


def align(paths: tuple[Path, ...], target: Path, progress: Progress) -> Aligned:
    """Write the mix of all tracks (mono FLAC, 44.1 kHz, 24 bit) to ``target``.

    Raises InputRefusedError when a track cannot be decoded, DestinationError when ``target``
    cannot be written.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=target.parent, prefix=".tracks.") as folder:
        readings = [reading_of(path) for path in paths]
        plain = [_decoded(one, Path(folder) / f"{at}.s16", 0.0, 0.0) for at, one in enumerate(readings)]
        progress(0.3)
        heard = [
            (0.0, 0.0, True),
            *(offset_and_drift(_samples(plain[0]), _samples(one)) for one in plain[1:]),
        ]
        found, warnings = _settled(readings, heard)
        first = min(offset for offset, _ in found)
        offsets = [offset - first for offset, _ in found]
        drifts = [drift for _, drift in found]
        progress(0.5)
        placed = [
            _decoded(one, Path(folder) / f"{at}.placed.s16", offsets[at], drifts[at])
            for at, one in enumerate(readings)
        ]
        tracks = _tracks(placed)
        progress(0.7)
    _mix(readings, offsets, drifts, target)
    progress(1.0)
    return Aligned(
        offsets_ms=tuple(round(offset * 1000, 1) for offset in offsets),
        drifts_ppm=tuple(round(drift, 2) for drift in drifts),
        tracks=tracks,
        warnings=tuple(warnings),
    )


def _settled(
    readings: list[Reading], heard: list[tuple[float, float, bool]]
) -> tuple[list[tuple[float, float]], list[str]]:
    """Where each track belongs (seconds, ppm), by its sound or else its time stamps, and what is doubtful.

    Silence that time stamps tell of at the beginning is in the decoded sound already.
    """
    placed, doubts = list[tuple[float, float]](), list[str]()
    first, stamped = readings[0].path.name, any(one.start_s >= WORTH_S for one in readings)
    for reading, (offset_s, drift_ppm, sure) in zip(readings, heard, strict=True):
        name = reading.path.name
        if not sure and stamped:
            doubts.append(
                f"{name} shares no sound with {first}; placed by its time stamps, which begin at "
                f"{reading.start_s:.1f} s (those of {first} at {readings[0].start_s:.1f} s)"
            )
        elif not sure:
            doubts.append(f"{name} shares no sound with {first}; taken to start together")
        elif stamped and abs(offset_s) >= DOUBTFUL_S:
            doubts.append(
                f"{name}: by its sound it is {offset_s:+.1f} s from where its time stamps put it; "
                "its sound decided; listen whether it fits"
            )
        placed.append((offset_s, drift_ppm) if sure else (0.0, 0.0))
        doubts += reading.notes()
    return placed, doubts


def offset_and_drift(one: NDArray[np.int16], other: NDArray[np.int16]) -> tuple[float, float, bool]:
    """Return how many seconds later ``other`` began, how many ppm faster its clock ran, and if that is sure.

    Both are 16 kHz mono. Windows all over the talk are looked for in ``one``, the first anywhere,
    the others near where they should be; a straight line through what was found gives both.
    """
    ours, theirs = _coarse(one), _coarse(other)
    width = WINDOW_S * COARSE_HZ
    found: list[tuple[float, float]] = []
    for at in range(0, len(theirs) - width + 1, max(width, len(theirs) // MOST_WINDOWS)):
        guess = found[-1][1] if found else 0.0
        reach = NEAR_S if found else SEARCH_S
        start = max(0, at + round((guess - reach) * COARSE_HZ))
        lag, clear = _lag(
            ours[start : at + width + round((guess + reach) * COARSE_HZ)], theirs[at : at + width]
        )
        if clear >= (NEAR_PEAK if found else CLEAR_PEAK):
            found.append((at / COARSE_HZ, (start - at) / COARSE_HZ + lag))
    if not found:
        return 0.0, 0.0, False
    times, lags = np.array(found).T
    if len(found) < 3:
        return float(np.median(lags)), 0.0, True
    slope, start_s = np.polyfit(times, lags, 1)
    drift = float(-slope * 1e6)
    worth_it = abs(slope) * len(theirs) / COARSE_HZ > WORTH_DRIFT_S
    if abs(drift) > MOST_DRIFT_PPM or not worth_it:
        return float(np.median(lags)), 0.0, True
    return float(start_s), drift, True


def _coarse(samples: NDArray[np.int16]) -> NDArray[np.float32]:
    """2 kHz are enough for a few milliseconds, and forgive a drift within a window."""
    from scipy.signal import decimate

    coarse: NDArray[np.float32] = decimate(_float(samples), SAMPLE_RATE_HZ // COARSE_HZ, ftype="fir")
    return coarse


def _lag(one: NDArray[np.float32], other: NDArray[np.float32]) -> tuple[float, float]:
    """Seconds into ``one`` at which ``other`` begins, and how far the peak stands out (in deviations)."""
    from scipy import fft

    if len(one) < COARSE_HZ or not other.any():
        return 0.0, 0.0
    size = fft.next_fast_len(len(one) + len(other))
    cross = fft.rfft(one, size) * np.conj(fft.rfft(other, size))
    phases = fft.irfft(cross / (np.abs(cross) + 1e-3 * np.abs(cross).mean() + 1e-12), size)
    phases = np.convolve(phases, np.ones(5) / 5, mode="same")
    peak = int(np.argmax(phases))
    clear = float(phases[peak] / (np.std(phases) + 1e-12))
    return (peak if peak < len(one) else peak - size) / COARSE_HZ, clear


def _tracks(placed: list[Path]) -> tuple[tuple[Span, ...], ...]:
    levels = [_levels(path) for path in placed]
    longest = max(len(one) for one in levels)
    padded = [np.pad(one, (0, longest - len(one)), constant_values=-100.0) for one in levels]
    return tracks_of(np.stack(padded))


def _levels(path: Path) -> NDArray[np.float64]:
    samples, minute = _samples(path), 60 * SAMPLE_RATE_HZ
    pieces = [levels_db(_float(samples[at : at + minute])) for at in range(0, len(samples), minute)]
    return np.concatenate(pieces)


def _samples(path: Path) -> NDArray[np.int16]:
    return np.memmap(path, dtype="<i2", mode="r")


def _float(samples: NDArray[np.int16]) -> NDArray[np.float32]:
    return np.asarray(samples, dtype=np.float32) / np.float32(32768.0)


def _decoded(reading: Reading, target: Path, offset_s: float, drift_ppm: float) -> Path:
    """Decode one track to raw 16 kHz mono, moved to its place on the common clock."""
    path = reading.path
    arguments = [
        *(*reading.input, *FIRST_SOUND),
        *("-af", _placing(reading, offset_s, drift_ppm, SAMPLE_RATE_HZ)),
    ]
    try:
        with target.open("wb") as writer:
            for block in ffmpeg.stream([*arguments, "-f", "s16le", "-acodec", "pcm_s16le"]):
                writer.write(block)
    except ffmpeg.FfmpegError as cause:
        raise InputRefusedError(f"cannot decode {path}: {cause.said}") from cause
    if target.stat().st_size < 2 * SAMPLE_RATE_HZ:
        raise InputRefusedError(f"{path} is shorter than a second; nothing can be made of it")
    return target


def _placing(reading: Reading, offset_s: float, drift_ppm: float, rate_hz: int) -> str:
    """Filters that bring a track to a rate, undo its drift, start it where it belongs, and make it mono."""
    chain = reading.filters(rate_hz)
    if drift_ppm:
        faster = 1_000_000
        chain += [f"aresample={faster}", f"asetrate={round(faster + drift_ppm)}", f"aresample={rate_hz}"]
    if delay_ms := round(offset_s * 1000):
        chain += [f"adelay={delay_ms}:all=1"]
    return ",".join([*chain, "aformat=channel_layouts=mono"])


def _mix(readings: list[Reading], offsets: list[float], drifts: list[float], target: Path) -> None:
    rate = 44_100
    inputs, chains = [], []
    for at, reading in enumerate(readings):
        inputs += reading.input
        chains.append(f"[{at}:a:0]{_placing(reading, offsets[at], drifts[at], rate)}[t{at}]")
    names = "".join(f"[t{at}]" for at in range(len(readings)))
    graph = ";".join([*chains, f"{names}amix=inputs={len(readings)}:duration=longest:normalize=1[mix]"])
    output = ("-map", "[mix]", "-sample_fmt", "s32", "-acodec", "flac", "-f", "flac")
    with replacing(target) as temporary, temporary.open("wb") as writer:
        try:
            for block in ffmpeg.stream([*inputs, "-filter_complex", graph, *output]):
                writer.write(block)
        except ffmpeg.FfmpegError as cause:
            raise InputRefusedError(f"cannot mix the tracks: {cause.said}") from cause
