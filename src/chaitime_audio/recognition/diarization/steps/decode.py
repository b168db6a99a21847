"""Say which voice speaks at each moment, and write it down as turns.

Embeddings of 1 s windows every 100 ms are compared with the voices' mean vectors; a Viterbi
search finds the most likely course, paying for each change of voice: much in the middle of a
stretch, little where the segmentation heard a change. Where several speak at once, the local
voices of the segmentation take the names that the search gave them where they spoke alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .frames import FIRST_MIDDLE_MS, FRAME_MS, first_frame, middle_ms, overlap_add, runs

if TYPE_CHECKING:
    from .embed import Points
    from .frames import Frames

SWITCH_INSIDE = 2.0
SWITCH_BETWEEN = 0.3
_SURE_FRAMES = 12
_BRIEF_FRAMES = 90
_FADE = 0.983


def course(
    points: NDArray[np.float32], stretch: NDArray[np.int32], voices: NDArray[np.float32]
) -> NDArray[np.int32]:
    """Return the voice (n,) of every point by Viterbi search over cosines with ``voices`` (k, dimension)."""
    if not len(points) or not len(voices):
        return np.zeros(len(points), dtype=np.int32)
    scores = np.nan_to_num(points @ voices.T)
    price = np.where(np.diff(stretch, prepend=-1) != 0, SWITCH_BETWEEN, SWITCH_INSIDE)
    total = scores[0]
    came = np.zeros(scores.shape, dtype=np.int32)
    own = np.arange(len(voices), dtype=np.int32)
    for index in range(1, len(scores)):
        best = int(total.argmax())
        stay = total >= total[best] - price[index]
        came[index] = np.where(stay, own, best)
        total = np.where(stay, total, total[best] - price[index]) + scores[index]
    path = np.zeros(len(scores), dtype=np.int32)
    path[-1] = int(total.argmax())
    for index in range(len(scores) - 1, 0, -1):
        path[index - 1] = came[index, path[index]]
    return path


def on_frames(frames: Frames, points: Points, path: NDArray[np.int32]) -> NDArray[np.int32]:
    """Lay the voice of the nearest point of the same stretch on each frame; -1 outside stretches."""
    main = np.full(len(frames.count), -1, dtype=np.int32)
    begins = np.searchsorted(points.stretch, np.arange(len(frames.stretches) + 1))
    for number, stretch in enumerate(frames.stretches):
        own = slice(begins[number], begins[number + 1])
        times = points.at_ms[own]
        at_ms = FIRST_MIDDLE_MS + FRAME_MS * np.arange(stretch.first, stretch.end)
        nearest = np.searchsorted((times[1:] + times[:-1]) / 2, at_ms)
        main[stretch.first : stretch.end] = path[own][nearest]
    return main


def activity(
    frames: Frames, main: NDArray[np.int32], voices: int
) -> tuple[NDArray[np.bool_], NDArray[np.int32]]:
    """Return who is active (frames, voices), and the one to give words to (frames,), -1 for nobody.

    ``main`` (frames,) is the voice of a frame that one voice has to itself, -1 elsewhere.
    """
    active = np.zeros((len(frames.count), voices), dtype=bool)
    single = (frames.count == 1) & (main >= 0)
    active[np.flatnonzero(single), main[single]] = True
    only = np.where(single, main, -1).astype(np.int32)
    crowd = np.flatnonzero(frames.count >= 2)
    if len(crowd):
        weight = named(frames, main, voices)[crowd]
        order = np.argsort(-weight, axis=1, kind="stable")
        for rank in range(voices):
            column = order[:, rank]
            chosen = (rank < frames.count[crowd]) & (weight[np.arange(len(crowd)), column] > 0)
            active[crowd[chosen], column[chosen]] = True
        heard = weight.max(axis=1) > 0
        only[crowd[heard]] = order[heard, 0]
        _settle_overlaps(frames, active, only)
    return active, only


def _settle_overlaps(frames: Frames, active: NDArray[np.bool_], only: NDArray[np.int32]) -> None:
    """Give a brief overlap's words to whoever speaks before and after it, or half to each of the two."""
    for first, end in runs(np.where(frames.count >= 2, 0, -1)):
        if end - first > _BRIEF_FRAMES:
            continue
        before = only[first - 1] if first else -1
        after = only[end] if end < len(only) else -1
        middle = (first + end) // 2 if before != after else end
        if before >= 0 and active[first:middle, before].all():
            only[first:middle] = before
        if after >= 0 and active[middle:end, after].all():
            only[middle:end] = after


def named(frames: Frames, main: NDArray[np.int32], voices: int) -> NDArray[np.float32]:
    """Return how strongly the segmentation hears each voice in each frame: (frames, voices).

    A local voice of a chunk goes by the name that ``main`` gives it where it speaks alone, near by
    counting more than far off. Chunks without overlap are left out: nobody asks for them.
    """
    crowded = frames.voices.sum(axis=2).max(axis=1) >= 2
    heard = np.zeros((*frames.voices.shape[:2], voices), dtype=np.float32)
    for chunk in np.flatnonzero(crowded).tolist():
        local = frames.voices[chunk]
        here = np.full(len(local), -1, dtype=np.int32)
        found = main[first_frame(chunk) :][: len(local)]
        here[: len(found)] = found
        alone = (local.sum(axis=1) == 1) & (here >= 0)
        for slot in range(local.shape[1]):
            votes = (alone & local[:, slot])[:, None] & (here[:, None] == np.arange(voices))
            if votes.sum() >= _SURE_FRAMES:
                name = _near(votes).argmax(axis=1)
                heard[chunk, np.arange(len(local)), name] += local[:, slot]
    return overlap_add(heard, crowded)[: len(frames.count)]


def _near(votes: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Sum votes (frames, voices) round every frame, fading by e every second both ways."""
    from scipy.signal import lfilter

    back = lfilter([1.0], [1.0, -_FADE], votes.astype(np.float64), axis=0)
    ahead = lfilter([1.0], [1.0, -_FADE], votes[::-1].astype(np.float64), axis=0)[::-1]
    return np.asarray(back + ahead)


def turns(active: NDArray[np.bool_], fill_ms: int, duration_ms: int) -> list[tuple[int, int, int]]:
    """Return (voice, start_ms, end_ms) in order of time; pauses in which nobody speaks are filled."""
    found: list[tuple[int, int, int]] = []
    silent = np.concatenate([[0], np.cumsum(active.any(axis=1))])
    for voice in range(active.shape[1]):
        mine: list[tuple[int, int]] = []
        for first, end in runs(np.where(active[:, voice], 0, -1)):
            short = mine and (first - mine[-1][1]) * FRAME_MS <= fill_ms
            if short and silent[first] == silent[mine[-1][1]]:
                mine[-1] = (mine[-1][0], end)
            else:
                mine.append((first, end))
        for first, end in mine:
            start_ms, end_ms = round(middle_ms(first)), min(duration_ms, round(middle_ms(end)))
            found.append((voice, 0 if first == 0 else start_ms, end_ms))
    return sorted((turn for turn in found if turn[2] > turn[1]), key=lambda turn: (turn[1], turn[2]))
