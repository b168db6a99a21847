"""Edges of turns: how far the recogniser's times of words are off, and the places cut by loudness.

The dev recordings have exact times of turns. Each turn's first and last word, where it was recognised,
is measured as the transcript has it and as `audio.word_edges` would cut it, the word staying whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from rapidfuzz.distance import Levenshtein

from chaitime_audio.audio.word_edges import Read, envelope_db, quiet_place
from chaitime_audio.domain.speech import Word

from .recordings import Recording, read_pcm, recordings
from .talk import known_words, normalised

RATE_HZ = 16_000


@dataclass(frozen=True, slots=True)
class Edge:
    """Median, median distance and distance that nine of ten keep, in ms; negative is too early."""

    median: float
    distance: float
    nine_of_ten: float


@dataclass(frozen=True, slots=True)
class Row:
    """One recording: turns measured, their starts and ends as recognised and as cut.

    ``touching_db`` is the level, as recognised and as cut, between all words that follow one another.
    """

    name: str
    turns: int
    starts: tuple[Edge, Edge]
    ends: tuple[Edge, Edge]
    touching_db: tuple[float, float]


def measure(audio: Path, episodes: Path | None = None) -> Iterator[Row]:
    """Yield a row per dev recording; ``episodes`` as for word confidence."""
    for item in recordings(audio, "dev"):
        yield _row(item, known_words(item.path, episodes), _reader(item.path))


def _reader(path: Path) -> Read:
    pcm = read_pcm(path, RATE_HZ).astype(np.float32) / np.float32(32768)
    return lambda start_ms, end_ms: pcm[max(0, start_ms) * 16 : max(0, end_ms) * 16]


def _row(item: Recording, words: Sequence[Word], read: Read) -> Row:
    starts, ends = [], []
    for at, time_ms in _found(item, words, first=True):
        before = words[at - 1].span if at else None
        cut = quiet_place(before, words[at].span, read, keep="after")
        starts.append((words[at].span.start_ms - time_ms, cut - time_ms))
    for at, time_ms in _found(item, words, first=False):
        after = words[at + 1].span if at + 1 < len(words) else None
        cut = quiet_place(words[at].span, after, read, keep="before")
        ends.append((words[at].span.end_ms - time_ms, cut - time_ms))
    levels = []
    for one, other in pairwise(words):
        cut = quiet_place(one.span, other.span, read, keep="before")
        levels.append((_level(read, one.span.end_ms), _level(read, cut)))
    quiet = np.mean(levels, axis=0).tolist()
    return Row(item.name, len(ends), _edges(starts), _edges(ends), (quiet[0], quiet[1]))


def _found(item: Recording, words: Sequence[Word], *, first: bool) -> Iterator[tuple[int, float]]:
    """Index of the first or last word of each turn that was recognised, and the turn's time."""
    given = [(token, at) for at, word in enumerate(words) for token in normalised(word.text, "en")]
    said: list[str] = []
    marks: dict[int, float] = {}
    for turn in item.truth.turns:
        tokens = normalised(turn.text, "en")
        said += tokens
        if tokens:
            marks[len(said) - (len(tokens) if first else 1)] = 1000 * (turn.start_s if first else turn.end_s)
    blocks = Levenshtein.opcodes(said, [token for token, _ in given])
    place = {
        block.src_start + step: given[block.dest_start + step][1]
        for block in blocks
        if block.tag == "equal"
        for step in range(block.src_end - block.src_start)
    }
    yield from ((place[at], time_ms) for at, time_ms in marks.items() if at in place)


def _level(read: Read, at_ms: int) -> float:
    return float(envelope_db(read(max(0, at_ms - 15), at_ms + 15)).mean())


def _edges(pairs: Sequence[tuple[float, float]]) -> tuple[Edge, Edge]:
    early, late = (_edge([pair[which] for pair in pairs]) for which in (0, 1))
    return early, late


def _edge(errors: Sequence[float]) -> Edge:
    far = np.abs(errors)
    return Edge(float(np.median(errors)), float(np.median(far)), float(np.percentile(far, 90)))
