"""A bed: music under the beginning of the talk, softer while somebody speaks, ended by a long fade.

pydub ducks the bed, which is a short stretch of PCM; the talk itself is streamed past and added to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ....domain.sound import SourceMs, Span, Timeline
from .clips import LevelledClip, array_of, segment_of
from .cuts import FrameSpan, as_spans
from .meter import Levels, Meter
from .pcm import SAMPLE_RATE_HZ, Reader

UNDER_SPEECH_DB = -20.0
"""Against the loudness of the talk; WCAG 2 (success criterion 1.4.7) wants background at least 20 dB down."""
IN_PAUSES_DB = -10.0
"""Where nobody speaks: clearly there, and still softer than the word that follows."""
LONG_PAUSE_MS = 900
"""In shorter pauses it stays down: music that comes up between two words is a nuisance."""
DOWN_MS, UP_MS = 250, 500
"""It is down when the first word begins, and comes back slowly enough not to draw attention."""
IN_MS, OUT_MS = 400, 3000
"""How long it fades in where the talk begins, and out where it ends: it is to leave unnoticed."""
Key = tuple[int, float]
"""A time in ms of the bed and its level in dB there; straight lines lie between."""


def ducked(
    bed: LevelledClip, spans: Iterable[Span], cuts: tuple[FrameSpan, ...], talk_frames: int
) -> NDArray[np.float32]:
    """Return the bed as it lies under the talk, shape (frames, channels), not longer than the talk.

    ``spans`` says where anybody speaks, in source time; ``cuts`` are taken out of that.
    """
    frames = min(bed.frames, talk_frames)
    length_ms = frames * 1000 // SAMPLE_RATE_HZ
    whole = segment_of(bed.sound[:frames])
    pieces = [
        _ramp(whole[first[0] : last[0]], first[1], last[1]) for first, last in _keys(spans, cuts, length_ms)
    ]
    joined = pieces[0] if pieces else whole
    for piece in pieces[1:]:
        joined = joined.append(piece, crossfade=0)
    joined = joined.fade_in(min(IN_MS, length_ms // 2)).fade_out(min(OUT_MS, length_ms // 2))
    sound = array_of(joined, bed.sound.shape[1])[:frames]
    return np.pad(sound, ((0, frames - len(sound)), (0, 0)))


def laid_under(
    blocks: Iterator[NDArray[np.float32]], bed: NDArray[np.float32]
) -> Iterator[NDArray[np.float32]]:
    """Yield the talk with the bed added from its first frame on."""
    reader, at = Reader(blocks), 0
    for block in reader.pieces(len(bed)):
        yield block + bed[at : at + len(block)]
        at += len(block)
    yield from reader.rest()


def levels_of(bed: NDArray[np.float32]) -> Levels:
    """Measure a bed as it is."""
    meter = Meter(SAMPLE_RATE_HZ)
    meter.add(bed)
    meter.close()
    return meter.levels([(1.0, 0.0), (0.0, 1.0)][: bed.shape[1]])


def over(talk: Levels, bed: Levels) -> Levels:
    """Levels of talk and bed together: energies add up, and so may peaks."""
    energies, peaks = talk.energies.copy(), talk.peaks.copy()
    count = min(len(energies), len(bed.energies))
    energies[:count] += bed.energies[:count]
    peaks[:count] += bed.peaks[:count]
    return Levels(energies, peaks)


def _keys(spans: Iterable[Span], cuts: tuple[FrameSpan, ...], length_ms: int) -> Iterator[tuple[Key, Key]]:
    """Straight pieces of the level, one after the other, that cover the whole length."""
    keys: list[Key] = [(0, IN_PAUSES_DB)]
    for start, end in _stretches(spans, cuts):
        keys += [(start - DOWN_MS, IN_PAUSES_DB), (start, UNDER_SPEECH_DB)]
        keys += [(end, UNDER_SPEECH_DB), (end + UP_MS, IN_PAUSES_DB)]
    keys.append((max(length_ms, keys[-1][0]), keys[-1][1]))
    inside = [(min(max(at, 0), length_ms), level) for at, level in keys]
    yield from ((first, last) for first, last in pairwise(inside) if last[0] > first[0])


def _stretches(spans: Iterable[Span], cuts: tuple[FrameSpan, ...]) -> list[tuple[int, int]]:
    """Where somebody speaks, in ms of the talk without its cuts, joined over pauses that are not long."""
    timeline, joined = Timeline(0, as_spans(cuts)), list[tuple[int, int]]()
    for span in sorted(spans):
        if not timeline.keeps(span):
            continue
        start, end = (timeline.published(SourceMs(at)) for at in (span.start_ms, span.end_ms))
        if joined and start - joined[-1][1] < max(LONG_PAUSE_MS, DOWN_MS + UP_MS):
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _ramp(piece: Any, from_db: float, to_db: float) -> Any:
    """A piece of the bed at one level, or on its way from one to another."""
    if from_db == to_db or len(piece) < 2:
        return piece.apply_gain(to_db)
    return piece.fade(from_gain=from_db, to_gain=to_db, start=0, end=len(piece))
