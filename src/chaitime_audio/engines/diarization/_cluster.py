"""Find the voices: group embeddings of about 3 s of sound each, and say how many groups there are.

Average linkage over cosine distances. Two groups join while a mean pair of theirs is closer than
`THRESHOLD`: on read and conversational speech the right count stands from 0.58 to 0.74. Groups with
under 2 % of the speech and 5 s, or under 1.5 s, are ghosts: their sound goes to the nearest voice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

THRESHOLD = 0.63
GHOST_SHARE = 0.02
GHOST_POINTS = 50
LEAST_POINTS = 15
_UNIT_POINTS = 30
_MOST_UNITS = 4000
_MORE_CUTS = 30
_ALIKE = 0.45


def centroids(points: Vectors, stretch: NDArray[np.int32], speakers: int = 0) -> Vectors:
    """Return unit vectors (voices, dimension), the most talkative first.

    ``points`` (n, dimension) are unit embeddings every 100 ms, NaN where there is none; ``stretch``
    (n,) tells which belong together; ``speakers`` is the known count, 0 for find it out. Fewer
    voices than asked for come back when no more than that have 1.5 s of sound to themselves.
    """
    import numpy as np
    from scipy.cluster.hierarchy import fcluster, linkage

    vectors, weights = _units(points, stretch)
    if len(vectors) < 2:
        return vectors
    if len(vectors) > _MOST_UNITS:
        chosen = np.linspace(0, len(vectors) - 1, _MOST_UNITS).round().astype(int)
        vectors, weights = vectors[chosen], weights[chosen]
    tree = linkage(vectors.astype(np.float64), method="average", metric="cosine")
    least = int(np.clip(GHOST_SHARE * weights.sum(), LEAST_POINTS, GHOST_POINTS))
    if not speakers:
        return _means(vectors, weights, fcluster(tree, THRESHOLD, "distance"), least)
    best = vectors[:0]
    for cut in range(speakers, min(len(vectors), speakers + _MORE_CUTS) + 1):
        alike = cut > 1 and tree[1 - cut, 2] < _ALIKE
        groups = fcluster(tree, cut, "maxclust")
        found = _means(vectors, weights, groups, GHOST_POINTS if alike else least)[:speakers]
        best = found if len(found) > len(best) else best
        if len(best) == speakers:
            break
    return best


def mean_vectors(points: Vectors, labels: NDArray[np.int32], voices: int) -> Vectors:
    """Return the unit mean of the points of each label; zeros for a label without points."""
    import numpy as np

    valid = ~np.isnan(points[:, 0])
    sums = np.zeros((voices, points.shape[1]), dtype=np.float32)
    np.add.at(sums, labels[valid], points[valid])
    return unit(sums)


def unit(vectors: Vectors) -> Vectors:
    """Scale rows to length 1; rows of zeros stay."""
    import numpy as np

    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float32)


def _units(points: Vectors, stretch: NDArray[np.int32]) -> tuple[Vectors, NDArray[np.int64]]:
    """Average neighbouring points of a stretch into units of about 3 s; also their sizes in points."""
    import numpy as np

    valid = np.flatnonzero(~np.isnan(points[:, 0]))
    if not len(valid):
        return points[:0], np.zeros(0, dtype=np.int64)
    groups: list[NDArray[np.int64]] = []
    for part in np.split(valid, np.flatnonzero(np.diff(stretch[valid])) + 1):
        groups.extend(np.array_split(part, max(1, round(len(part) / _UNIT_POINTS))))
    vectors = np.stack([points[group].mean(axis=0) for group in groups])
    return unit(vectors), np.array([len(group) for group in groups])


def _means(vectors: Vectors, weights: NDArray[np.int64], groups: NDArray[np.int32], least: int) -> Vectors:
    """Weighted unit means of the groups of ``least`` points or more (or of the heaviest), heaviest first."""
    import numpy as np

    names = np.unique(groups)
    sizes = np.array([weights[groups == name].sum() for name in names])
    order = np.argsort(-sizes, kind="stable")
    chosen = order[: max(1, int((sizes >= least).sum()))]
    rows = [(vectors * weights[:, None])[groups == names[index]].sum(axis=0) for index in chosen]
    return unit(np.stack(rows))
