"""From any recording to one file of raw 16 kHz mono sound, in one streaming pass of ffmpeg.

ffmpeg mixes surround down by its layout and resamples; one or two channels arrive here as
float. Two channels, and float recordings that may go beyond full scale, are first kept aside
and measured over the whole recording; then they are made one channel that fits 16 bits.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..domain.sound import Decoded, Recording, Span
from ..errors import InputRefusedError
from ..project.files import replacing
from ..recognition.context import SAMPLE_RATE_HZ, Progress
from . import ffmpeg
from .channels import Balance, scrubbed
from .levels import apart, levels_db, tracks_of
from .reading import Reading, reach_s, reading_of
from .wave_header import declared_s

SHORTEST_MS = 1000
LONGEST_S = 24 * 3600
MISSING_SHARE = 0.01
REFUSED_SHARE = 0.2
_FULL_SCALE = 32767.0


@dataclass(slots=True)
class _Seen:
    """What a pass notices on its way."""

    channels: int
    force: bool = False
    balance: Balance = field(default_factory=Balance)
    peak: float = 0.0
    frames: int = 0
    warnings: list[str] = field(default_factory=list)


def decode(
    recording: Recording,
    paths: tuple[Path, ...],
    target: Path,
    progress: Progress,
    force: bool = False,
) -> Decoded:
    """Write the whole recording to ``target``, parts one after the other.

    What was odd but could be used is told in ``warnings`` of the result. Raises
    InputRefusedError for what cannot be decoded, is shorter than a second or lacks more than a
    fifth of what its header claims (unless ``force``), and
    DestinationError when ``target`` cannot be written.
    """
    channels = 2 if any(source.channels > 1 for source in recording.sources) else 1
    beyond = any(source.codec.startswith("pcm_f") for source in recording.sources)
    seen = _Seen(channels, force)
    tracks: tuple[tuple[Span, ...], ...] = ()
    with replacing(target) as temporary:
        blocks = _blocks(paths, seen, progress)
        if channels == 1 and not beyond:
            downmix, total = "mono", _write(temporary, blocks)
        else:
            downmix, total, tracks = _measured(blocks, temporary, seen, "<f4" if beyond else "<i2")
        if seen.frames * 1000 < SHORTEST_MS * SAMPLE_RATE_HZ:
            raise InputRefusedError(f"{paths[0]} is shorter than a second; nothing can be made of it")
    return Decoded(
        seen.frames,
        total,
        downmix if channels == 2 else "mono",
        warnings=tuple(seen.warnings),
        tracks=tracks,
    )


def _measured(
    blocks: Iterator[NDArray[np.float32]], temporary: Path, seen: _Seen, kept_as: str
) -> tuple[str, str, tuple[tuple[Span, ...], ...]]:
    """Keep all channels aside while measuring, then make one.

    Returns how, the sha256 of it, and who speaks on which channel if each has a person of its own.
    """
    aside = temporary.with_name(temporary.name + ".aside.part")
    tracks: tuple[tuple[Span, ...], ...] = ()
    try:
        with aside.open("wb") as writer:
            for block in blocks:
                writer.write((block if kept_as == "<f4" else _to_16_bit(block)).tobytes())
        downmix, weights = seen.balance.downmix()
        scale = (1.0 if kept_as == "<f4" else 1 / _FULL_SCALE) / max(1.0, seen.peak * (kept_as == "<f4"))
        if downmix == "mix":
            tracks, loudest = _tracks(aside, np.dtype(kept_as), scale)
            if tracks:  # each side has a person of its own: halved, a telephone's few bits would suffer
                weights = (max(0.5, 1 / max(1.0, loudest)),) * 2
        total = _write(temporary, _mixed(aside, np.dtype(kept_as), seen, (weights, scale)))
        return downmix, total, tracks
    finally:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)


def _tracks(aside: Path, kept_as: np.dtype[Any], scale: float) -> tuple[tuple[tuple[Span, ...], ...], float]:
    """Look whether each of two channels has a person of its own, a minute at a time.

    Also returns the largest sample that the sum of both would have (1.0 is full scale).
    """
    minute = 60 * SAMPLE_RATE_HZ * 2 * kept_as.itemsize
    found: list[NDArray[np.float64]] = []
    loudest = 0.0
    with aside.open("rb") as reader:
        while data := reader.read(minute):
            pair = np.frombuffer(data, dtype=kept_as).astype(np.float32).reshape(-1, 2) * np.float32(scale)
            found.append(np.stack([levels_db(pair[:, 0]), levels_db(pair[:, 1])]))
            loudest = max(loudest, float(np.abs(pair.sum(axis=1)).max(initial=0.0)))
    levels = np.concatenate(found, axis=1)
    return (tracks_of(levels) if apart(levels) else ()), loudest


def _mixed(
    aside: Path, kept_as: np.dtype[Any], seen: _Seen, mix: tuple[tuple[float, float], float]
) -> Iterator[NDArray[np.float32]]:
    weights, scale = mix
    with aside.open("rb") as reader:
        while data := reader.read(ffmpeg.BLOCK_BYTES):
            block = np.frombuffer(data, dtype=kept_as).astype(np.float32) * np.float32(scale)
            yield (
                block.reshape(-1, 2) @ np.asarray(weights, dtype=np.float32) if seen.channels == 2 else block
            )


def _write(target: Path, blocks: Iterator[NDArray[np.float32]]) -> str:
    """Write blocks of samples as 16-bit; returns their sha256."""
    total = sha256()
    with target.open("wb") as writer:
        for block in blocks:
            data = _to_16_bit(block).tobytes()
            writer.write(data)
            total.update(data)
    return total.hexdigest()


def _to_16_bit(block: NDArray[np.float32]) -> NDArray[np.int16]:
    rounded: NDArray[np.int16] = np.clip(np.rint(block * _FULL_SCALE), -32768, 32767).astype("<i2")
    return rounded


def _blocks(paths: tuple[Path, ...], seen: _Seen, progress: Progress) -> Iterator[NDArray[np.float32]]:
    """Yield samples at 16 kHz of all files in order: shape (frames,), or (frames, 2)."""
    for index, path in enumerate(paths):
        reading = reading_of(path)
        claimed = max(reading.banner.claimed_s, declared_s(path))
        first, damaged, said = seen.frames, 0, list[str]()
        try:
            for data in ffmpeg.stream(reading.arguments(SAMPLE_RATE_HZ, seen.channels), said=said):
                block, odd = _samples(data, seen)
                damaged += odd
                share = (seen.frames - first) / SAMPLE_RATE_HZ / claimed if claimed else 0.5
                progress((index + min(1.0, share)) / len(paths))
                yield block
        except ffmpeg.FfmpegError as cause:
            raise InputRefusedError(f"cannot decode {path}: {cause.said}") from cause
        if seen.frames == first:
            raise InputRefusedError(f"{path} holds no sound; record or copy it again")
        seconds = (seen.frames - first) / SAMPLE_RATE_HZ
        if claimed and seconds < claimed * (1 - MISSING_SHARE) and _is_whole(reading):
            seen.warnings.append(f"{path.name}: its sound ends after {seconds:.0f} of {claimed:.0f} s")
            claimed = 0.0
        if seconds < claimed * (1 - REFUSED_SHARE) and not seen.force:
            raise InputRefusedError(f"{_cut_short(path, seconds, claimed)}; --force takes what there is")
        seen.warnings += [*_oddities(path, seconds, claimed, (damaged, said)), *reading.notes()]


def _samples(data: bytes, seen: _Seen) -> tuple[NDArray[np.float32], int]:
    block, damaged = scrubbed(np.frombuffer(data, dtype="<f4"))
    seen.peak = max(seen.peak, float(np.abs(block).max(initial=0.0)))
    if seen.channels == 2:
        block = block.reshape(-1, 2)
        seen.balance.add(block)
    seen.frames += len(block)
    if seen.frames > LONGEST_S * SAMPLE_RATE_HZ:
        raise InputRefusedError("the recording is longer than 24 hours; cut it into episodes first")
    return block, damaged


def _oddities(path: Path, seconds: float, claimed: float, found: tuple[int, list[str]]) -> Iterator[str]:
    damaged, said = found
    if claimed and seconds < claimed * (1 - MISSING_SHARE):
        yield f"{_cut_short(path, seconds, claimed)}; is the copy whole?"
    elif said:
        yield f"{path.name} has damaged places ({ffmpeg.last_line(said[-1])}); what can be read is used"
    if damaged:
        yield f"{path.name} has {damaged} samples that are not numbers; they were silenced"


def _cut_short(path: Path, seconds: float, claimed: float) -> str:
    return f"{path.name} is cut short: it claims {claimed:.0f} s and holds {seconds:.0f} s"


def _is_whole(reading: Reading) -> bool:
    """Whether what a header claims is there, if not as sound: a picture may last longer."""
    more = reading.banner.pictures or len(reading.banner.sounds) > 1
    return more and reach_s(reading.path) >= reading.banner.claimed_s * (1 - MISSING_SHARE)
