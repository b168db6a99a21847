"""Word confidence: fitted on real conversations, and judged on each recording with that one left out.

A recognised word is right when it stands in the reference where the alignment of both normalised texts
puts it. The fit is a logistic regression on what `editorial.confidence` looks at; the constants there
are what it finds on all real recordings whose reference a person wrote. The dev recordings, whose voices
are made, take no part in the fit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from chaitime_audio.domain.speech import Word
from chaitime_audio.editorial import confidence

from .talk import MACHINE_WRITTEN, Spoken, known_words, normalised, real, synthetic

EDGES = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.0)
"""Between these lie the groups of the reliability picture."""
CALIBRATION_BINS = 10
PULL = 1.0
"""Inverse strength of the pull of the coefficients towards 0."""
ALL, DEV = "real, each left out", "dev, fitted on real"
Floats = NDArray[np.float64]
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Judged:
    """Probabilities beside what was right: mean squared error, calibration error, ranking."""

    brier: float
    ece: float
    auc: float | None
    bins: list[tuple[float, float, int]]
    """Mean probability, share right and number of words, group by group."""


@dataclass(frozen=True, slots=True)
class Row:
    """One recording or a pool of them; ``constants`` are intercept, own and beside of the fit."""

    name: str
    words: int
    wrong: int
    raw: Judged
    fitted: Judged
    constants: list[float] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Marked:
    """The scored words of one recording: log-odds of each and of those beside it, and whether it is right."""

    name: str
    kind: str
    odds: Floats
    raw: Floats
    right: Floats


def measure(audio: Path, episodes: Path | None = None) -> Iterator[Row]:
    """Yield a row per real recording, judged by the fit on the others, then pooled ones.

    ``episodes``: a folder of finished episodes, NAME/facts/transcript.json, whose words are taken
    instead of recognising the recordings again.
    """
    chosen = [*real(audio), *(item for item in synthetic(audio, None) if item.kind == "dev")]
    marked = [_marked(item, episodes) for item in chosen if not item.name.startswith(MACHINE_WRITTEN)]
    ours, dev = ([one for one in marked if one.kind == kind] for kind in ("real", "dev"))
    if not ours:
        return
    left_out = []
    for one in ours:
        constants = fit([other for other in ours if other is not one])
        left_out.append(_predicted(one, constants))
        yield _row(one.name, [one], left_out[-1:], constants)
    constants = fit(ours)
    yield _row(ALL, ours, left_out, constants)
    if dev:
        yield _row(DEV, dev, [_predicted(one, constants) for one in dev], constants)


def marks(words: Sequence[Word], said: str, language: str) -> tuple[bool | None, ...]:
    """Whether each word is right; None where normalising leaves nothing of it ("uh").

    Normalising joins and changes words ("twenty three" → "23"): a word is right when all is right that
    came of the stretch it went into.
    """
    tokens = [(token, at) for at, word in enumerate(words) for token in normalised(word.text, language)]
    given = normalised(" ".join(word.text for word in words), language)
    right = [False] * len(given)
    for block in Levenshtein.opcodes(normalised(said, language), given):
        if block.tag == "equal":
            right[block.dest_start : block.dest_end] = [True] * (block.dest_end - block.dest_start)
    found: list[bool | None] = [None] * len(words)
    for same, (start, end), (first, last) in _stretches([token for token, _ in tokens], given):
        for step in range(end - start if last > first else 0):
            at = tokens[start + step][1]
            good = right[first + step] if same else all(right[first:last])
            found[at] = good if found[at] is None else bool(found[at]) and good
    return tuple(found)


def _stretches(one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[bool, Range, Range]]:
    """Ranges of two texts that are the same, and between them whole ranges that differ."""
    for same, blocks in groupby(Levenshtein.opcodes(one, other), key=lambda block: block.tag == "equal"):
        kept = list(blocks)
        yield (
            same,
            (kept[0].src_start, kept[-1].src_end),
            (kept[0].dest_start, kept[-1].dest_end),
        )


def fit(marked: Sequence[Marked]) -> list[float]:
    """Return intercept, own and beside of a logistic regression on the words of several recordings."""
    from sklearn.linear_model import LogisticRegression

    odds, right = (np.concatenate([getattr(one, name) for one in marked]) for name in ("odds", "right"))
    made = LogisticRegression(C=PULL, max_iter=1000).fit(odds, right)
    return [float(made.intercept_[0]), *map(float, made.coef_[0])]


def judged(probability: Floats, right: Floats) -> Judged:
    """Judge probabilities by what was right; AUC is None where all words are right."""
    from sklearn.metrics import roc_auc_score

    groups = np.array_split(np.argsort(probability, kind="stable"), min(CALIBRATION_BINS, len(right)))
    ece = sum(abs(float(np.sum(right[one]) - np.sum(probability[one]))) for one in groups) / len(right)
    bins = []
    places = np.clip(np.digitize(probability, EDGES) - 1, 0, len(EDGES) - 2)
    for at in range(len(EDGES) - 1):
        own = places == at
        if own.any():
            bins.append((float(probability[own].mean()), float(right[own].mean()), int(own.sum())))
    auc = float(roc_auc_score(right, probability)) if 0 < right.sum() < len(right) else None
    return Judged(float(np.mean((probability - right) ** 2)), ece, auc, bins)


def _marked(item: Spoken, episodes: Path | None) -> Marked:
    words = known_words(item.path, episodes)
    odds = [confidence.log_odds(word.probability) for word in words]
    rows = [(own, confidence.beside(odds, at)) for at, own in enumerate(odds)]
    good = marks(words, item.said, item.language)
    places = [at for at, one in enumerate(good) if one is not None]
    return Marked(
        item.name,
        item.kind,
        np.array(rows, dtype=float)[places],
        np.array([words[at].probability for at in places], dtype=float),
        np.array([good[at] for at in places], dtype=float),
    )


def _predicted(one: Marked, constants: Sequence[float]) -> Floats:
    values: Floats = 1 / (1 + np.exp(-(constants[0] + one.odds @ np.array(constants[1:]))))
    return values


def _row(name: str, marked: list[Marked], fitted: list[Floats], constants: list[float]) -> Row:
    right, raw = (np.concatenate([getattr(one, part) for one in marked]) for part in ("right", "raw"))
    wrong = int(len(right) - right.sum())
    return Row(name, len(right), wrong, judged(raw, right), judged(np.concatenate(fitted), right), constants)
