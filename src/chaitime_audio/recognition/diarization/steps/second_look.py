"""Look again at how many people there are: part more voices than there may be, then join them again.

A tree of short pieces of sound misses people where all voices are alike (a telephone) or brief. So
the sound is parted into two voices more than the tree says, and each is followed through the whole
recording, which shows far better what it is. Then the pair most likely to be one person is joined,
again and again, while there is such a pair. Two signs that do not depend on each other tell: how
alike the voices sound across, measured by how alike each is to itself; and whether the segmentation
network, which knows no embedding, hears the two as different where both speak within ten seconds.

The weights were fitted on kinds (wide and telephone band, three codecs, one to six people, pieces of
20 to 60 s), each recording judged by weights found on others: docs/speakers.md has the figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import exp

import numpy as np
from numpy.typing import NDArray

from .cluster import Grown, mean_vectors, unit
from .decode import on_frames
from .embed import HOP_MS, Points
from .frames import FRAME_MS, Frames, first_frame
from .settling import Course, settled, without_ghosts

Vectors = NDArray[np.float32]

MORE = 2
_WEIGHT, _ALIKE, _BRIEF_S = 14.0, 0.70, 0.35
_APART_WEIGHT, _APART, _LEAST_S, _CHUNKS = 10.0, 0.78, 0.5, 16
_CONVERSATION = 0.7
"""Log odds in favour of the last pair: a recording of a talk has two people more often than one."""
_TREE = 2.0
"""Log odds in favour of a pair where the tree, too, says that there are as many voices."""
_UNIT_POINTS = 30
_USUAL_LIKENESS = 0.7
_UNLIKE = 0.45


@dataclass(frozen=True, slots=True)
class Look:
    """The voices that are left, and how sure (0 to 1) the search was of its last step.

    ``unlike`` (0 to 1) is the share of pieces whose cosine with the voice they went to is under 0.45:
    there may be somebody else in them.
    """

    found: Course
    sureness: float
    unlike: float


def look_again(frames: Frames, points: Points, grown: Grown) -> Look:
    """Find out how many people there are and follow each through the recording."""
    first = without_ghosts(points, settled(points, grown.people()))
    found = without_ghosts(points, settled(points, grown.at_most(len(first.vectors) + MORE)))
    if len(found.vectors) < len(first.vectors):
        found = first
    parted, joined = 1.0, 1.0
    while len(found.vectors) > 1:
        odds, pair = _likeliest(frames, points, found)
        odds += _CONVERSATION * (len(found.vectors) == 2) + _TREE * (len(found.vectors) <= len(first.vectors))
        if odds > 0:
            parted = _share(odds)
            break
        joined = min(joined, _share(-odds))
        found = without_ghosts(points, _joined(points, found, pair))
    return Look(found, round(min(parted, joined), 2), _unlike(points, found))


def _unlike(points: Points, found: Course) -> float:
    if not len(found.vectors):
        return 0.0
    units = _units(points, found.path)
    return float((np.vecdot(units.vectors, found.vectors[units.voices]) < _UNLIKE).mean())


def _share(odds: float) -> float:
    return 1 / (1 + exp(-odds))


def _joined(points: Points, found: Course, pair: tuple[int, int]) -> Course:
    """Give the second voice of a pair to the first, and let the rest settle."""
    kept, gone = pair
    path = np.where(found.path == gone, kept, found.path)
    path = (path - (path > gone)).astype(np.int32)
    return settled(points, mean_vectors(points.vectors, path, len(found.vectors) - 1))


def _likeliest(frames: Frames, points: Points, found: Course) -> tuple[float, tuple[int, int]]:
    """The pair of voices most likely to be one person, with the log odds that it is two."""
    units = _units(points, found.path)
    seconds = _seconds(frames, points, found)
    pairs = combinations(range(len(found.vectors)), 2)
    return min((_odds(units, seconds, pair), pair) for pair in pairs)


@dataclass(frozen=True, slots=True)
class _Units:
    """Pieces of up to 3 s of one voice: unit vectors (units, 192), lengths in points, voices (units,)."""

    vectors: Vectors
    lengths: NDArray[np.float64]
    voices: NDArray[np.int32]


def _units(points: Points, path: NDArray[np.int32]) -> _Units:
    valid = np.flatnonzero(~np.isnan(points.vectors[:, 0]))
    changes = (np.diff(points.stretch[valid]) != 0) | (np.diff(path[valid]) != 0)
    groups = [
        group
        for run in np.split(valid, np.flatnonzero(changes) + 1)
        for group in np.array_split(run, max(1, round(len(run) / _UNIT_POINTS)))
        if len(group)
    ]
    means = np.array([points.vectors[group].mean(axis=0) for group in groups]).reshape(len(groups), -1)
    lengths = np.array([len(group) for group in groups], dtype=np.float64)
    return _Units(unit(means), lengths, np.array([path[group[0]] for group in groups], dtype=np.int32))


def _odds(units: _Units, seconds: NDArray[np.float64], pair: tuple[int, int]) -> float:
    """Log odds that two voices are two people, from both signs."""
    contrast, shorter_s = _contrast(units, pair)
    apart, chunks = _apart(seconds[:, :, list(pair)])
    sound = _WEIGHT * (_ALIKE - _BRIEF_S / max(shorter_s, 0.5) - contrast)
    return float(sound + _APART_WEIGHT * (apart - _APART) * min(chunks, _CHUNKS) / _CHUNKS)


def _contrast(units: _Units, pair: tuple[int, int]) -> tuple[float, float]:
    """Mean cosine across a pair over the mean cosine within both; also the shorter one's seconds.

    Units count by their length, none is compared with itself.
    """
    sums, lengths, squares, pairs = [], [], 0.0, 0.0
    for voice in pair:
        own = units.lengths[units.voices == voice]
        total = own @ units.vectors[units.voices == voice]
        squares += float(total @ total - own @ own)
        pairs += float(own.sum() ** 2 - own @ own)
        sums.append(total)
        lengths.append(float(own.sum()))
    across = float(sums[0] @ sums[1]) / max(lengths[0] * lengths[1], 1e-6)
    within = squares / pairs if pairs else _USUAL_LIKENESS
    return across / max(within, 0.05), min(lengths) * HOP_MS / 1000


def _apart(seconds: NDArray[np.float64]) -> tuple[float, int]:
    """How well the segmentation parts a pair (0 to 1), and in how many chunks both speak.

    ``seconds`` (chunks, local voices, 2): per chunk, the share of both voices' time that lies in two
    different local voices, at best; the mean over chunks in which each speaks for half a second.
    """
    both = seconds[seconds.sum(axis=1).min(axis=1) >= _LEAST_S]
    if not len(both):
        return 0.5, 0
    sums = both[:, :, None, 0] + both[:, None, :, 1]
    sums[:, np.arange(sums.shape[1]), np.arange(sums.shape[1])] = 0
    return float((sums.max(axis=(1, 2)) / both.sum(axis=(1, 2))).mean()), len(both)


def _seconds(frames: Frames, points: Points, found: Course) -> NDArray[np.float64]:
    """Seconds of each voice alone in each local voice of each chunk: (chunks, local voices, voices)."""
    main = on_frames(frames, points, found.path)
    chunks, length, locals_ = frames.voices.shape
    voices = len(found.vectors)
    counted = np.zeros((chunks, locals_, voices))
    for chunk in range(chunks):
        here = main[first_frame(chunk) :][:length]
        local = frames.voices[chunk, : len(here)]
        alone = (local.sum(axis=1) == 1) & (here >= 0)
        np.add.at(counted[chunk], (local[alone].argmax(axis=1), here[alone]), FRAME_MS / 1000)
    return counted
