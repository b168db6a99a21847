"""Where the words of a talk change: lexical cohesion between what stands before and behind a place.

The block comparison of TextTiling (Hearst, "TextTiling: Segmenting Text into Multi-paragraph Subtopic
Passages", Computational Linguistics 23(1), 1997): the likeness of two neighbouring blocks is smoothed, and a
place is as deep as its likeness lies below the peaks on either side. Words are weighted by TF-IDF over the
talk, so that what everybody says all the time ties nothing together.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from ..notes.term_weights import Vector, rarity, vector

BLOCK_TERMS = 45
"""Words with weight in a block: about a minute of talk."""


def depths(units: Sequence[Sequence[str]]) -> tuple[float, ...]:
    """Return how deep the cut before each unit is, in standard deviations from the mean of the talk.

    ``units`` are the words with weight of sentences or turns, in order. The first has -inf: nothing is
    before it.
    """
    if len(units) < 3:
        return (float("-inf"), *(0.0 for _ in units[1:]))[: len(units)]
    rare = rarity(units)
    likeness = [
        _block(units, at, -1, rare).likeness(_block(units, at, 1, rare)) for at in range(1, len(units))
    ]
    smooth = [statistics.fmean(likeness[max(0, at - 1) : at + 2]) for at in range(len(likeness))]
    found = [_climb(smooth, at, -1) + _climb(smooth, at, 1) for at in range(len(smooth))]
    mean, spread = statistics.fmean(found), statistics.pstdev(found)
    return (float("-inf"), *((one - mean) / spread if spread else 0.0 for one in found))


def _block(units: Sequence[Sequence[str]], at: int, step: int, rare: dict[str, float]) -> Vector:
    """The words before (step -1) or from a unit on, until there are enough."""
    held: list[str] = []
    place = at - 1 if step < 0 else at
    while 0 <= place < len(units) and len(held) < BLOCK_TERMS:
        held += units[place]
        place += step
    return vector(held, rare)


def _climb(likeness: Sequence[float], at: int, step: int) -> float:
    """How far likeness rises from a place to the next peak on one side."""
    top, place = likeness[at], at + step
    while 0 <= place < len(likeness) and likeness[place] >= top:
        top, place = likeness[place], place + step
    return top - likeness[at]
