"""TF-IDF over short texts: which words carry a passage, and how alike two passages are.

Salton & Buckley, "Term-weighting approaches in automatic text retrieval" (1988): term frequency
damped by a logarithm, times the logarithm of how few passages have the term; cosine similarity.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..languages.reading import Reading, keys

STEM_LENGTH = 4
_KNOWN_WORDS = 50_000


def terms(text: str, data: Reading) -> list[str]:
    """The words with weight of a text, singular and plural as one."""
    return [stem(key) for key in keys(text) if key not in data.light and len(key) > 1]


@lru_cache(maxsize=_KNOWN_WORDS)
def stem(key: str) -> str:
    """A word without plural and genitive endings; crude, and the same for every mention."""
    key = key.removesuffix("'s")
    if len(key) > STEM_LENGTH and key.endswith("ies"):
        return key[:-3] + "y"
    if len(key) >= STEM_LENGTH and key.endswith("s") and not key.endswith("ss"):
        return key[:-1]
    return key


def rarity(passages: Sequence[Iterable[str]]) -> dict[str, float]:
    """Inverse passage frequency of every term."""
    seen = Counter(term for passage in passages for term in set(passage))
    return {term: math.log((1 + len(passages)) / (1 + count)) + 1.0 for term, count in seen.items()}


def likeness(first: Iterable[str], second: Iterable[str], rare: dict[str, float]) -> float:
    """Cosine of two passages' weighted terms, 0 to 1."""
    return vector(first, rare).likeness(vector(second, rare))


@dataclass(frozen=True, slots=True)
class Vector:
    """The weighted terms of a passage, and the sum of their squares."""

    weights: dict[str, float]
    square: float

    def likeness(self, other: Vector) -> float:
        """Cosine with another one, 0 to 1."""
        dot = sum(weight * other.weights.get(term, 0.0) for term, weight in self.weights.items())
        norm = math.sqrt(self.square * other.square)
        return dot / norm if norm else 0.0


def vector(passage: Iterable[str], rare: dict[str, float]) -> Vector:
    """Weigh the terms of a passage; for passages that are compared with many."""
    counts = Counter(passage).items()
    weights = {term: (1.0 + math.log(count)) * rare.get(term, 1.0) for term, count in counts}
    return Vector(weights, sum(weight * weight for weight in weights.values()))
