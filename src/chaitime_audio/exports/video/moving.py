"""The frames of a whole episode: stills that change with the chapters, or a slow waveform on them.

Pictures are converted once, and of the waveform only its own place is drawn anew for each frame.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from ..clips.frames import AHEAD, BAR, PITCH, Voiced
from ..clips.layout import Box, rgb
from .planes import Planes, yuv

STILL_FPS, WAVE_FPS = 2, 5
BARS_A_SECOND = 5
"""As many as frames, so that every frame moves the waveform by one bar."""


def frame_count(duration_ms: int, fps: int) -> int:
    """How many frames it takes to cover the sound."""
    return max(1, math.ceil(duration_ms * fps / 1000))


def still_frames(
    pictures: Sequence[Planes], starts_ms: Sequence[int], duration_ms: int, fps: int = STILL_FPS
) -> Iterator[bytes]:
    """Yield the picture of each moment's chapter; each is packed once."""
    packed = [picture.packed() for picture in pictures]
    for number in range(frame_count(duration_ms, fps)):
        yield packed[_chapter_at(number * 1000 / fps, starts_ms)]


def wave_frames(
    pictures: Sequence[Planes],
    starts_ms: Sequence[int],
    wave: tuple[NDArray[np.float64], Sequence[Voiced], Box],
    duration_ms: int,
) -> Iterator[bytes]:
    """Yield the same with the waveform round each moment: ``wave`` is heights (0 to 1), voices, place."""
    heights, voices, box = wave
    box = Box(box.x // 2 * 2, box.y // 2 * 2, box.width // (2 * PITCH) * 2 * PITCH, box.height // 2 * 2)
    bars = box.width // PITCH
    colours = _colours(heights, voices)
    levels = np.round(heights * (box.height // 2)).astype(int)
    for number in range(frame_count(duration_ms, WAVE_FPS)):
        frame = pictures[_chapter_at(number * 1000 / WAVE_FPS, starts_ms)].copy()
        first = number - bars // 2
        shares, tints = [], []
        for bar in range(first, first + bars):
            there = 0 <= bar < len(levels)
            faint = 1.0 if bar <= number else AHEAD
            shares.append(_bar(int(levels[bar]) if there else 0, box.height) * (faint if there else 0.0))
            tints.append(colours[min(max(bar, 0), len(colours) - 1)])
        _lay(frame, box, np.concatenate(shares, axis=1), np.repeat(np.asarray(tints), PITCH, axis=0))
        yield frame.packed()


def heights_of(loudness: Sequence[float]) -> NDArray[np.float64]:
    """How tall bars are, 0 to 1, by amplitudes of a fifth of a second each."""
    found = np.asarray(loudness, dtype=np.float64)
    full = max(1e-4, float(np.percentile(found, 98))) if len(found) else 1.0
    tall: NDArray[np.float64] = 0.06 + 0.94 * np.clip(found / full, 0, 1) ** 1.25
    return tall


def _chapter_at(at_ms: float, starts_ms: Sequence[int]) -> int:
    return max(0, sum(start <= at_ms for start in starts_ms) - 1)


def _colours(heights: NDArray[np.float64], voices: Sequence[Voiced]) -> list[tuple[int, int, int]]:
    """The colour of each bar: of who spoke last."""
    found, at = [], -1
    for bar in range(max(1, len(heights))):
        while at + 1 < len(voices) and voices[at + 1].start_ms <= bar * 1000 // BARS_A_SECOND:
            at += 1
        found.append(rgb(voices[max(at, 0)].colour) if voices else (255, 255, 255))
    return found


@cache
def _bar(half: int, height: int) -> NDArray[np.float32]:
    """How much of each pixel a bar covers, shape (height, PITCH); its ends are round."""
    radius = BAR / 2
    half = max(half, math.ceil(radius))
    y = np.abs(np.arange(height) + 0.5 - height / 2)[:, None]
    x = np.arange(PITCH)[None, :] + 0.5 - PITCH / 2
    away = np.sqrt(x**2 + np.maximum(0, y - (half - radius)) ** 2)
    inside: NDArray[np.float32] = np.clip(radius - away + 0.5, 0, 1).astype(np.float32)
    return inside


def _lay(frame: Planes, box: Box, share: NDArray[np.float32], tints: NDArray[np.int64]) -> None:
    """Lay bars in their colours over a frame."""
    colours = yuv(tints[None, :, :].astype(np.float32))
    small = share.reshape(share.shape[0] // 2, 2, -1, 2).mean(axis=(1, 3))
    for plane, colour, much, half in zip(
        (frame.y, frame.u, frame.v), colours, (share, small, small), (1, 2, 2), strict=True
    ):
        place = plane[box.y // half : box.bottom // half, box.x // half : box.right // half]
        place[:] = np.round(place + (colour[:, ::half] - place) * much).astype(np.uint8)
