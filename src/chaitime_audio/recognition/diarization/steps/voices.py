"""From frames and embeddings to turns and voice prints: pure arithmetic, in one process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ....domain.sound import span
from ....domain.speech import Diarization, Turn, VoicePrint
from .cluster import GHOST_SHARE, centroids, mean_vectors
from .decode import activity, course, turns
from .embed import HOP_MS, Points
from .frames import FIRST_MIDDLE_MS, FRAME_MS, Frames, runs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FILL_MS = 500
_ROUNDS = 3
_GHOST_TURN_POINTS = 20


@dataclass(frozen=True, slots=True)
class _Course:
    """Which voice speaks at each point (points,), and the voices' unit vectors (voices, 192)."""

    path: NDArray[np.int32]
    vectors: NDArray[np.float32]


def voices(frames: Frames, points: Points, speakers: int, duration_ms: int) -> Diarization:
    """Tell the voices apart. ``speakers`` is the known count, 0 for find it out."""
    import numpy as np

    found = _settle(points, centroids(points.vectors, points.stretch, speakers))
    if not speakers and len(found.vectors):
        found = _without_ghosts(points, found)
    if len(found.vectors):
        active, only = activity(frames, _on_frames(frames, points, found.path), len(found.vectors))
    else:
        active, only = (frames.count > 0)[:, None], np.where(frames.count > 0, 0, -1)
    alone = only[:, None] == np.arange(active.shape[1])
    return _written(turns(active, FILL_MS, duration_ms), turns(alone, FILL_MS, duration_ms), points, found)


def _settle(points: Points, first: NDArray[np.float32]) -> _Course:
    """Search and average in turn until the voices stand."""
    vectors = first
    path = course(points.vectors, points.stretch, vectors)
    for _ in range(_ROUNDS if len(first) else 0):
        vectors = mean_vectors(points.vectors, path, len(first))
        path = course(points.vectors, points.stretch, vectors)
    return _Course(path, vectors)


def _without_ghosts(points: Points, found: _Course) -> _Course:
    """Take out voices with under 2 % of the speech and no turn of 2 s; their sound goes to the others."""
    import numpy as np

    longest = np.zeros(len(found.vectors), dtype=np.int64)
    for first, end in runs(found.path):
        longest[found.path[first]] = max(longest[found.path[first]], end - first)
    share = np.bincount(found.path, minlength=len(found.vectors)) / max(1, len(found.path))
    real = (share >= GHOST_SHARE) | (longest >= _GHOST_TURN_POINTS)
    if real.all() or not real.any():
        return found
    return _without_ghosts(points, _settle(points, found.vectors[real]))


def _on_frames(frames: Frames, points: Points, path: NDArray[np.int32]) -> NDArray[np.int32]:
    """Lay the voice of the nearest point of the same stretch on each frame; -1 outside stretches."""
    import numpy as np

    main = np.full(len(frames.count), -1, dtype=np.int32)
    begins = np.searchsorted(points.stretch, np.arange(len(frames.stretches) + 1))
    for number, stretch in enumerate(frames.stretches):
        own = slice(begins[number], begins[number + 1])
        times = points.at_ms[own]
        at_ms = FIRST_MIDDLE_MS + FRAME_MS * np.arange(stretch.first, stretch.end)
        nearest = np.searchsorted((times[1:] + times[:-1]) / 2, at_ms)
        main[stretch.first : stretch.end] = path[own][nearest]
    return main


def _written(
    spoken: list[tuple[int, int, int]],
    alone: list[tuple[int, int, int]],
    points: Points,
    found: _Course,
) -> Diarization:
    """Name voices S1, S2 … by first appearance and write everything down."""
    import numpy as np

    names = {voice: f"S{rank + 1}" for rank, voice in enumerate(dict.fromkeys(turn[0] for turn in spoken))}
    valid = ~np.isnan(points.vectors[:, 0])
    heard = np.bincount(found.path[valid], minlength=len(found.vectors))
    prints = tuple(
        VoicePrint(name, tuple(round(float(x), 6) for x in found.vectors[voice]), int(heard[voice]) * HOP_MS)
        for voice, name in names.items()
        if voice < len(heard) and heard[voice]
    )
    return Diarization(_turns(spoken, names), _turns(alone, names), prints)


def _turns(found: list[tuple[int, int, int]], names: dict[int, str]) -> tuple[Turn, ...]:
    return tuple(Turn(names[voice], span(start_ms, end_ms)) for voice, start_ms, end_ms in found)
