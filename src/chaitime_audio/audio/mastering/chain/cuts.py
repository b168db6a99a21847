"""Cuts: passages taken out at quiet zero crossings, the ends laid over each other.

A cut from a to b plays the sound up to a little after a, and from a little before b, across
each other, so that exactly b - a is missing afterwards and times stay exact.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from ....domain.sound import SourceMs, Span
from ....errors import ConfigError
from .pcm import SAMPLE_RATE_HZ, Reader

OVERLAP_FRAMES = 2 * (SAMPLE_RATE_HZ * 8 // 1000)
REACH_MS = 12
FrameSpan = tuple[int, int]


def wished(cuts: tuple[Span, ...]) -> tuple[FrameSpan, ...]:
    """Return cuts in frames, in order; ones that touch or nearly touch become one."""
    joined: list[FrameSpan] = []
    for cut in sorted(cuts):
        start, end = _frames(cut.start_ms), _frames(cut.end_ms)
        if joined and start - joined[-1][1] < 4 * OVERLAP_FRAMES:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif end > start:
            joined.append((start, end))
    return tuple(joined)


def settled(
    cuts: tuple[FrameSpan, ...], around: Mapping[int, NDArray[np.float32]], frames: int
) -> tuple[FrameSpan, ...]:
    """Return the cuts as they will be made: moved by up to 12 ms to a quiet zero crossing.

    ``around`` has the sound about each end. What lies beyond the recording is dropped.
    """
    made = []
    for start, end in cuts:
        quiet_start = start + _quiet(around[start]) if start > OVERLAP_FRAMES else 0
        quiet_end = end + _quiet(around[end]) if end < frames - OVERLAP_FRAMES else frames
        if quiet_end - quiet_start > OVERLAP_FRAMES and start < frames:
            made.append((quiet_start, quiet_end))
    return tuple(made)


def as_spans(cuts: tuple[FrameSpan, ...]) -> tuple[Span, ...]:
    """Return cuts in milliseconds of source time."""
    return tuple(Span(_ms(start), _ms(end)) for start, end in cuts)


def spliced(
    blocks: Iterator[NDArray[np.float32]], cuts: tuple[FrameSpan, ...], frames: int
) -> Iterator[NDArray[np.float32]]:
    """Yield the sound without the cuts. Raises ConfigError when they leave nothing."""
    reader, at = Reader(blocks), 0
    tail: NDArray[np.float32] | None = None
    stretches = _kept(cuts, frames)
    if not stretches:
        raise ConfigError("the cuts leave nothing of the recording; take some out of episode.toml")
    for index, (start, end) in enumerate(stretches):
        reader.skip(start - at)
        at = end
        behind = OVERLAP_FRAMES if index + 1 < len(stretches) else 0
        ahead = 0 if tail is None else len(tail)
        if tail is not None:
            yield _across(tail, reader.take(ahead))
        yield from reader.pieces(end - start - ahead - behind)
        tail = reader.take(behind)


def _kept(cuts: tuple[FrameSpan, ...], frames: int) -> list[FrameSpan]:
    """The stretches that stay, half an overlap longer at each end that a cut made."""
    half = OVERLAP_FRAMES // 2
    kept, start = [], 0
    for cut_start, cut_end in cuts:
        if cut_start > 0:
            kept.append((start, cut_start + half))
        start = cut_end - half if kept else cut_end
    if start + half < frames:
        kept.append((start, frames))
    elif kept:
        kept[-1] = (kept[-1][0], kept[-1][1] - half)
    return kept


def _across(tail: NDArray[np.float32], head: NDArray[np.float32]) -> NDArray[np.float32]:
    """Fade one piece out and the other in, at equal power."""
    angle = np.linspace(0, np.pi / 2, len(head), dtype=np.float32)[:, None]
    mixed: NDArray[np.float32] = head * np.sin(angle) + tail[: len(head)] * np.cos(angle)
    return mixed


def _quiet(sound: NDArray[np.float32]) -> int:
    """How far to move from the middle to the quietest 4 ms within reach, at a zero crossing."""
    one = sound.sum(axis=1)
    middle, reach, width = len(one) // 2, SAMPLE_RATE_HZ * REACH_MS // 1000, SAMPLE_RATE_HZ * 4 // 1000
    energy = np.convolve(one**2, np.ones(width), mode="same")[middle - reach : middle + reach]
    quietest = middle - reach + int(np.argmin(energy))
    near = one[quietest - width // 2 : quietest + width // 2]
    crossings = np.flatnonzero(np.signbit(near[1:]) != np.signbit(near[:-1])) + 1
    if crossings.size:
        quietest += int(crossings[np.argmin(np.abs(crossings - width // 2))]) - width // 2
    return quietest - middle


def _frames(at_ms: int) -> int:
    return round(at_ms * SAMPLE_RATE_HZ / 1000)


def _ms(frame: int) -> SourceMs:
    return SourceMs(round(frame * 1000 / SAMPLE_RATE_HZ))
