"""Let voices settle: who speaks when, and how each sounds, found in turn until both stand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .cluster import GHOST_SHARE, mean_vectors
from .decode import course
from .embed import Points
from .frames import runs

_ROUNDS = 3
_GHOST_TURN_POINTS = 20


@dataclass(frozen=True, slots=True)
class Course:
    """Which voice speaks at each point (points,), and the voices' unit vectors (voices, 192)."""

    path: NDArray[np.int32]
    vectors: NDArray[np.float32]


def settled(points: Points, first: NDArray[np.float32]) -> Course:
    """Search and average in turn, beginning with unit vectors (voices, 192), until the voices stand."""
    vectors = first
    path = course(points.vectors, points.stretch, vectors)
    for _ in range(_ROUNDS if len(first) else 0):
        vectors = mean_vectors(points.vectors, path, len(first))
        path = course(points.vectors, points.stretch, vectors)
    return Course(path, vectors)


def without_ghosts(points: Points, found: Course) -> Course:
    """Take out voices with under 2 % of the speech and no turn of 2 s; their sound goes to the others."""
    if not len(found.vectors):
        return found
    longest = np.zeros(len(found.vectors), dtype=np.int64)
    for first, end in runs(found.path):
        longest[found.path[first]] = max(longest[found.path[first]], end - first)
    share = np.bincount(found.path, minlength=len(found.vectors)) / max(1, len(found.path))
    real = (share >= GHOST_SHARE) | (longest >= _GHOST_TURN_POINTS)
    if real.all() or not real.any():
        return found
    return without_ghosts(points, settled(points, found.vectors[real]))
