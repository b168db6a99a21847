"""Where nobody says anything: quiet before and after the talk is cut, long silences are shortened.

A place is quiet when nobody speaks there by the diarization and it lies far below the loudness of the
programme; so music, laughter and a door stay. What is cut joins the human's cuts, and all times follow.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ....domain.sound import Span
from .cuts import OVERLAP_FRAMES, FrameSpan
from .meter import STEP_MS, Levels, integrated, loudnesses, tenths
from .pcm import SAMPLE_RATE_HZ

STEP_FRAMES = SAMPLE_RATE_HZ * STEP_MS // 1000
BEFORE_MS, AFTER_MS = 300, 700
"""What stays of the quiet before the first and after the last sound."""
WORTH_MS = 250
"""Less is not worth a cut."""
QUIET_LU, OVER_FLOOR_LU, LOUDEST_QUIET_LU = -30.0, 6.0, -15.0
FADE_IN_MS, FADE_OUT_MS, SHORTEST_FADE_MS = 150, 500, 10


@dataclass(frozen=True, slots=True)
class Edges:
    """What may be done about quiet: trim both ends, and the longest silence that stays (0: any)."""

    trim: bool = True
    longest_silence_ms: int = 0

    def found(
        self, levels: Levels, spans: Iterable[Span], cuts: tuple[FrameSpan, ...], frames: int
    ) -> tuple[FrameSpan, ...]:
        """Return ``cuts`` with those of quiet added, in frames, in order and apart from each other.

        ``levels`` are those of the recording, ``spans`` where anybody speaks, ``frames`` its length.
        """
        if not (self.trim or self.longest_silence_ms) or not len(levels.energies):
            return cuts
        heard = _heard(levels, spans)
        for start, end in cuts:
            heard[start // STEP_FRAMES : end // STEP_FRAMES] = False
        wanted = list(self._quiet(heard, frames))
        return _joined([*cuts, *wanted], frames) if wanted else cuts

    def _quiet(self, heard: NDArray[np.bool_], frames: int) -> Iterator[FrameSpan]:
        places = np.flatnonzero(heard)
        if not places.size:
            return
        first, last = int(places[0]) * STEP_FRAMES, (int(places[-1]) + 1) * STEP_FRAMES
        if self.trim:
            yield from _worth(0, first - _frames(BEFORE_MS))
            yield from _worth(min(frames, last + _frames(AFTER_MS)), frames)
        if self.longest_silence_ms:
            half = _frames(self.longest_silence_ms) // 2
            for before, after in pairwise(places):
                if after - before > 1:
                    yield from _worth((int(before) + 1) * STEP_FRAMES + half, int(after) * STEP_FRAMES - half)


def fades(spans: Iterable[Span], cuts: tuple[FrameSpan, ...], frames: int, levels: Levels) -> tuple[int, int]:
    """Return how many frames fade in and out, of the talk as it is cut; never over anything heard."""
    kept = np.ones(len(levels.energies), dtype=bool)
    for start, end in cuts:
        kept[start // STEP_FRAMES : end // STEP_FRAMES] = False
    heard = np.flatnonzero(_heard(levels, spans)[kept]) if kept.any() else np.zeros(0, dtype=int)
    length = frames - sum(end - start for start, end in cuts)
    shortest = min(_frames(SHORTEST_FADE_MS), length // 2)
    if not heard.size:
        return shortest, shortest
    room = int(heard[0]) * STEP_FRAMES, length - (int(heard[-1]) + 1) * STEP_FRAMES
    return max(shortest, min(_frames(FADE_IN_MS), room[0])), max(shortest, min(_frames(FADE_OUT_MS), room[1]))


def faded(
    blocks: Iterator[NDArray[np.float32]], lengths: tuple[int, int], frames: int
) -> Iterator[NDArray[np.float32]]:
    """Yield the sound, its first and last frames on half a cosine from and to nothing."""
    at, (into, out) = 0, lengths
    for block in blocks:
        places = np.arange(at, at + len(block))
        at += len(block)
        shaped = block
        if into and places[0] < into:
            shaped = shaped * _rise((places + 0.5) / into)
        if out and at > frames - out:
            shaped = shaped * _rise((frames - places - 0.5) / out)
        yield shaped


def _rise(share: NDArray[np.float64]) -> NDArray[np.float32]:
    risen = 0.5 - 0.5 * np.cos(np.pi * np.clip(share, 0.0, 1.0))
    return risen.astype(np.float32)[:, None]


def _heard(levels: Levels, spans: Iterable[Span]) -> NDArray[np.bool_]:
    """For every 10 ms whether somebody speaks or something sounds."""
    loudness = -0.691 + 10 * np.log10(np.maximum(tenths(levels.energies), 1e-12))
    heard = np.repeat(loudness > _limit(levels), 100 // STEP_MS)[: len(levels.energies)]
    for span in spans:
        heard[span.start_ms // STEP_MS : -(-span.end_ms // STEP_MS)] = True
    return heard


def _limit(levels: Levels) -> float:
    """The loudness below which a tenth of a second is quiet: above the noise of the room, below any voice."""
    programme, blocks = integrated(levels.energies), loudnesses(levels.energies, 4)
    sounding = blocks[blocks > -69.9]
    floor = float(np.percentile(sounding, 5)) if sounding.size else programme + QUIET_LU
    limit = max(programme + QUIET_LU, floor + OVER_FLOOR_LU)
    return min(limit, programme + LOUDEST_QUIET_LU)


def _worth(start: int, end: int) -> Iterator[FrameSpan]:
    if end - start >= _frames(WORTH_MS):
        yield start, end


def _joined(cuts: list[FrameSpan], frames: int) -> tuple[FrameSpan, ...]:
    """Cuts in order; those that touch or nearly touch become one."""
    joined: list[FrameSpan] = []
    for start, end in sorted(cuts):
        if joined and start - joined[-1][1] < 4 * OVERLAP_FRAMES:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, min(end, frames)))
    return tuple(joined)


def _frames(length_ms: int) -> int:
    return length_ms * SAMPLE_RATE_HZ // 1000
