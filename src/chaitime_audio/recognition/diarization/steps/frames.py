"""What the segmentation network heard, joined from overlapping chunks into one line of frames.

The network gives, for every 10 s chunk (one every 2.5 s), which of three local voices speak in
each 16.875 ms frame. Local voices of neighbouring chunks are matched where the chunks overlap;
the mean over chunks then says how many speak and which local voice it is. A *stretch* is sound
of one local voice alone: usually one person, sometimes two that the network joined.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

Voices = NDArray[np.bool_]
"""(chunks, frames, local voices)"""

CHUNK_MS = 10_000
STEP_MS = 2_500
FRAMES_PER_CHUNK = 589
FRAME_MS = 16.875
FIRST_MIDDLE_MS = 30.96875
_JOIN_FRAMES = 9


@dataclass(frozen=True, slots=True)
class FrameRun:
    """Frames ``first`` to ``end`` (excluded) of one local voice, pauses up to 0.15 s included."""

    first: int
    end: int


@dataclass(frozen=True, slots=True)
class Frames:
    """The joined line: ``count`` (frames,) voices at once; ``alone`` (frames,) the local voice or -1."""

    voices: Voices
    count: NDArray[np.int8]
    alone: NDArray[np.int8]

    @property
    def stretches(self) -> tuple[FrameRun, ...]:
        """Stretches in order of time."""
        found: list[FrameRun] = []
        voice = -1
        for first, end in runs(self.alone):
            if found and self.alone[first] == voice and first - found[-1].end <= _JOIN_FRAMES:
                found[-1] = FrameRun(found[-1].first, end)
            else:
                found.append(FrameRun(first, end))
            voice = self.alone[first]
        return tuple(found)


def middle_ms(frame: float) -> float:
    """Time of a frame's middle; borders between frames are laid there, as pyannote does."""
    return FIRST_MIDDLE_MS + frame * FRAME_MS


def first_frame(chunk: int) -> int:
    """Frame at which a chunk begins."""
    return round(chunk * STEP_MS / FRAME_MS)


def chunk_count(samples: int) -> int:
    """How many chunks cover so many samples; the last one is padded with silence."""
    return 1 + max(0, -(-(samples - CHUNK_MS * 16) // (STEP_MS * 16)))


def runs(values: NDArray[np.integer]) -> list[tuple[int, int]]:
    """First and end (excluded) of every run of one value, runs of negative values left out."""
    if not len(values):
        return []
    borders = np.flatnonzero(np.diff(values)) + 1
    pairs = zip([0, *borders.tolist()], [*borders.tolist(), len(values)], strict=True)
    return [(first, end) for first, end in pairs if values[first] >= 0]


def join(voices: Voices, duration_ms: int) -> Frames:
    """Join chunks into one line that ends with the recording."""
    matched = _match(voices)
    line = overlap_add(matched.astype(np.float32), np.ones(len(voices), dtype=bool))
    seen = overlap_add(np.ones((*voices.shape[:2], 1), dtype=np.float32), np.ones(len(voices), dtype=bool))
    length = min(len(line), max(1, int((duration_ms - FIRST_MIDDLE_MS) / FRAME_MS) + 1))
    mean = (line / np.maximum(seen, 1))[:length]
    count = np.rint(mean.sum(axis=1)).astype(np.int8)
    alone = np.where(count == 1, mean.argmax(axis=1), -1).astype(np.int8)
    return Frames(matched, count, alone)


def voices_at_once(voices: Voices) -> NDArray[np.int8]:
    """How many voices there are in every frame (frames,) that the chunks so far have seen."""
    every = np.ones(len(voices), dtype=bool)
    total = overlap_add(voices.sum(axis=2, keepdims=True, dtype=np.float32), every)
    seen = overlap_add(np.ones((*voices.shape[:2], 1), dtype=np.float32), every)
    count: NDArray[np.int8] = np.rint(total / np.maximum(seen, 1))[:, 0].astype(np.int8)
    return count


def overlap_add(chunks: NDArray[np.float32], used: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Sum chunks (chunks, frames, columns) at their places into (all frames, columns)."""
    total = np.zeros((first_frame(len(chunks) - 1) + chunks.shape[1], chunks.shape[2]), dtype=np.float32)
    for index in np.flatnonzero(used).tolist():
        first = first_frame(index)
        total[first : first + chunks.shape[1]] += chunks[index]
    return total


def _match(voices: Voices) -> Voices:
    """Order each chunk's local voices so that they agree with the chunk before on the sound both heard."""
    orders = [list(order) for order in permutations(range(voices.shape[2]))]
    matched = voices.copy()
    for index in range(1, len(voices)):
        shift = first_frame(index) - first_frame(index - 1)
        before = matched[index - 1, shift:].astype(np.int32)
        now = voices[index, : len(before)].astype(np.int32)
        agreement = before.T @ now
        best = max(orders, key=lambda order: sum(agreement[slot, order[slot]] for slot in range(len(order))))
        matched[index] = voices[index][:, best]
    return matched
