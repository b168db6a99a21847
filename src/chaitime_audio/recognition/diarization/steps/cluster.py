"""Find the voices: group embeddings of about 3 s of sound each, and say how many groups there are.

Average linkage over cosine distances, read from the top. A fork parts two people when the mean
cosine across it is well below the mean cosine within its sides (so a telephone line, which makes
all voices alike, or noise, which makes each unlike itself, shifts nothing); where a side is too
short to know its own spread, when the distance alone is large. Groups with under 2 % of the
speech and 5 s, or under 1.5 s, are ghosts: their sound goes to the nearest voice.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

FAR = 0.63
ACROSS_TO_WITHIN = 0.62
GHOST_SHARE = 0.02
GHOST_POINTS = 50
LEAST_POINTS = 15
_UNIT_POINTS = 30
_MOST_UNITS = 4000
_MORE_CUTS = 30
_ALIKE = 0.45
_SAME = 0.30


def centroids(points: Vectors, stretch: NDArray[np.int32], speakers: int = 0) -> Vectors:
    """Return unit vectors (voices, dimension), the most talkative first.

    ``points`` (n, dimension) are unit embeddings every 100 ms, NaN where there is none; ``stretch``
    (n,) tells which belong together; ``speakers`` is the known count, 0 for find it out. Fewer
    voices than asked for come back when no more than that have 1.5 s of sound to themselves.
    """
    grown = grow(points, stretch)
    return grown.exactly(speakers) if speakers else grown.people()


def grow(points: Vectors, stretch: NDArray[np.int32]) -> Grown:
    """Group points (see `centroids`) into a tree, of which different numbers of voices can be asked."""
    from scipy.cluster.hierarchy import linkage

    vectors, weights = _units(points, stretch)
    if len(vectors) > _MOST_UNITS:
        chosen = np.linspace(0, len(vectors) - 1, _MOST_UNITS).round().astype(int)
        vectors, weights = vectors[chosen], weights[chosen]
    tree = np.zeros((0, 4))
    if len(vectors) > 1:
        tree = linkage(vectors.astype(np.float64), method="average", metric="cosine")
    return Grown(tree, vectors, weights)


@dataclass(frozen=True, slots=True)
class Grown:
    """A linkage tree over units of about 3 s: vectors (units, dimension), sizes in points (units,)."""

    tree: NDArray[np.float64]
    vectors: Vectors
    weights: NDArray[np.int64]

    @property
    def least(self) -> int:
        """Points that a group must have to be a voice."""
        return int(min(max(GHOST_SHARE * self.weights.sum(), LEAST_POINTS), GHOST_POINTS))

    def people(self) -> Vectors:
        """The voices that the tree's forks part."""
        if len(self.vectors) < 2:
            return self.vectors
        groups = _people(self.tree, self.vectors, self.weights)
        return _means(self.vectors, self.weights, groups, self.least)

    def exactly(self, speakers: int) -> Vectors:
        """So many voices; fewer where no more have 1.5 s of sound to themselves."""
        if len(self.vectors) < 2:
            return self.vectors
        best = self.vectors[:0]
        for cut in range(speakers, min(len(self.vectors), speakers + _MORE_CUTS) + 1):
            alike = cut > 1 and self.tree[1 - cut, 2] < _ALIKE
            found = self._cut(cut, GHOST_POINTS if alike else self.least)[:speakers]
            best = found if len(found) > len(best) else best
            if len(best) == speakers:
                break
        return best

    def at_most(self, voices: int) -> Vectors:
        """As many voices as there are groups large enough, but no more than asked for."""
        best = self.vectors[:1]
        for cut in range(1, min(len(self.vectors), voices + _MORE_CUTS) + 1):
            if len(self.vectors) < 2 or (cut > voices and self.tree[1 - cut, 2] < _SAME):
                break
            found = self._cut(cut, LEAST_POINTS)[:voices]
            best = found if len(found) > len(best) or cut == 1 else best
            if len(best) == voices:
                break
        return best

    def _cut(self, groups: int, least: int) -> Vectors:
        from scipy.cluster.hierarchy import fcluster

        return _means(self.vectors, self.weights, fcluster(self.tree, groups, "maxclust"), least)


def mean_vectors(points: Vectors, labels: NDArray[np.int32], voices: int) -> Vectors:
    """Return the unit mean of the points of each label; zeros for a label without points."""
    valid = ~np.isnan(points[:, 0])
    sums = np.zeros((voices, points.shape[1]), dtype=np.float32)
    np.add.at(sums, labels[valid], points[valid])
    return unit(sums)


def unit(vectors: Vectors) -> Vectors:
    """Scale rows to length 1; rows of zeros stay."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float32)


def _units(points: Vectors, stretch: NDArray[np.int32]) -> tuple[Vectors, NDArray[np.int64]]:
    """Average neighbouring points of a stretch into units of about 3 s; also their sizes in points."""
    valid = np.flatnonzero(~np.isnan(points[:, 0]))
    if not len(valid):
        return points[:0], np.zeros(0, dtype=np.int64)
    groups: list[NDArray[np.int64]] = []
    for part in np.split(valid, np.flatnonzero(np.diff(stretch[valid])) + 1):
        groups.extend(np.array_split(part, max(1, round(len(part) / _UNIT_POINTS))))
    vectors = np.stack([points[group].mean(axis=0) for group in groups])
    return unit(vectors), np.array([len(group) for group in groups])


def _people(tree: NDArray[np.float64], vectors: Vectors, weights: NDArray[np.int64]) -> NDArray[np.int32]:
    """Number the groups that the tree's forks part from 1; scraps that come off on the way keep 0."""
    forks = _Forks(tree, vectors, weights)
    groups = np.zeros(len(vectors), dtype=np.int32)
    open_nodes, name = [2 * len(vectors) - 2], 0
    while open_nodes:
        node = open_nodes.pop()
        sides = forks.parted(node)
        open_nodes.extend(sides)
        if not sides:
            name += 1
            groups[forks.leaves(node)] = name
    return groups


class _Forks:
    """A linkage tree with the sum of vectors, the number of units and the points under every node."""

    def __init__(self, tree: NDArray[np.float64], vectors: Vectors, weights: NDArray[np.int64]) -> None:
        self._sides = tree[:, :2].astype(int)
        self._heights = tree[:, 2]
        self._leaves = len(vectors)
        self._sums = np.concatenate([vectors, np.zeros((len(tree), vectors.shape[1]))])
        self._units = np.concatenate([np.ones(len(vectors)), tree[:, 3]])
        self._points = np.concatenate([weights, np.zeros(len(tree), dtype=np.int64)])
        for index, (left, right) in enumerate(self._sides):
            self._sums[self._leaves + index] = self._sums[left] + self._sums[right]
            self._points[self._leaves + index] = self._points[left] + self._points[right]

    def parted(self, node: int) -> list[int]:
        """Sides to look at on their own; none when everything under the node is one person."""
        if node < self._leaves:
            return []
        left, right = (int(side) for side in self._sides[node - self._leaves])
        if min(self._points[left], self._points[right]) >= GHOST_POINTS:
            return [left, right] if self._contrast(left, right) < ACROSS_TO_WITHIN else []
        if self._heights[node - self._leaves] > FAR:
            return [left, right]
        if self._holds_two(node):
            return [left if self._points[left] > self._points[right] else right]
        return []

    def leaves(self, node: int) -> list[int]:
        """Units under a node."""
        found, open_nodes = [], [node]
        while open_nodes:
            at = open_nodes.pop()
            if at < self._leaves:
                found.append(at)
            else:
                open_nodes.extend(int(side) for side in self._sides[at - self._leaves])
        return found

    def _holds_two(self, node: int) -> bool:
        """Whether two people come apart below, once the scraps have come off on the way down."""
        while node >= self._leaves:
            sides = sorted((int(s) for s in self._sides[node - self._leaves]), key=lambda s: self._points[s])
            if self._points[sides[0]] >= GHOST_POINTS:
                return self._contrast(*sides) < ACROSS_TO_WITHIN
            node = sides[1]
        return False

    def _contrast(self, left: int, right: int) -> float:
        """Mean cosine across a fork over the mean cosine within its sides, a unit with itself left out."""
        across = float(self._sums[left] @ self._sums[right]) / (self._units[left] * self._units[right])
        squares = sum(
            float(self._sums[side] @ self._sums[side]) - self._units[side] for side in (left, right)
        )
        pairs = sum(self._units[side] * (self._units[side] - 1) for side in (left, right))
        return float(across / max(squares / max(pairs, 1), 1e-6))


def _means(vectors: Vectors, weights: NDArray[np.int64], groups: NDArray[np.int32], least: int) -> Vectors:
    """Weighted unit means of the groups of ``least`` points or more (or of the heaviest), heaviest first."""
    names = np.unique(groups[groups > 0])
    sizes = np.array([weights[groups == name].sum() for name in names])
    order = np.argsort(-sizes, kind="stable")
    chosen = order[: max(1, int((sizes >= least).sum()))]
    rows = [(vectors * weights[:, None])[groups == names[index]].sum(axis=0) for index in chosen]
    return unit(np.stack(rows))
