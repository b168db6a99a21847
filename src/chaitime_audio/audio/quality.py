"""Quality of a recording and of its MP3, measured in one streaming pass over each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..domain.quality import LoudnessCurve, QualityReport, VoiceLoudness
from ..domain.sound import PublishedMs, SourceMs, Span, Timeline
from .mastering.chain.gains import voices
from .mastering.chain.meter import Levels, Meter, integrated, loudnesses, measured
from .mastering.chain.pcm import SAMPLE_RATE_HZ, blocks

FULL_SCALE = 0.985
CLIPPED_SAMPLES = 3
NEAR_MS = 50
"""Clipped runs this close to each other are told as one."""
LONG_SILENCE_MS = 3000
QUIETEST_PERCENT = 2
"""Of tenths of a second: even a lively talk has so many in which nobody says anything."""
SILENT_LU = -25.0
"""So far below programme loudness nobody speaks."""
SILENT_LUFS = -60.0
"""And nowhere below this, also where nobody speaks at all."""
COLUMNS = 946
"""One for each unit of the drawing's width."""
UNMOVED = Timeline()
_SIDES = ((1.0, 0.0), (0.0, 1.0))


def measure(
    paths: tuple[Path, ...],
    channels: int,
    master: Path,
    turns: tuple[tuple[str, Span], ...] = (),
    timeline: Timeline = UNMOVED,
) -> QualityReport:
    """Measure the recordings at ``paths`` (in order; ``channels`` is 1 or 2) and the MP3.

    ``turns`` says who speaks when, in source time; ``timeline`` where that lies in the MP3.
    Sound is streamed: memory is a few MB an hour. A sample counts as clipped when it and its
    neighbours, `CLIPPED_SAMPLES` of them, stand at 98.5 % of full scale or above; sound that
    was clipped and turned down afterwards is not found. Raises InputRefusedError for a file
    that cannot be decoded.
    """
    before, after, clips = Meter(SAMPLE_RATE_HZ), Meter(SAMPLE_RATE_HZ), _Clips()
    for block in blocks(paths, channels, ()):
        before.add(block)
        clips.add(block)
    frames = 0
    for block in blocks((master,), channels, ()):
        after.add(block)
        frames += len(block)
    before.close()
    after.close()
    source, made = before.levels(_SIDES[:channels]), after.levels(_SIDES[:channels])
    tenths = loudnesses(made.energies, 1)
    floor = loudnesses(source.energies, 1)
    heard = floor[floor > -69.9]
    return QualityReport(
        source=measured(source, before.peak),
        before=LoudnessCurve(_curve(source.energies)),
        after=LoudnessCurve(_curve(made.energies)),
        clipped=clips.spans(),
        noise_floor_lufs=round(float(np.percentile(heard, QUIETEST_PERCENT)), 1) if heard.size else -70.0,
        silences=tuple(_silences(tenths < max(integrated(made.energies) + SILENT_LU, SILENT_LUFS))),
        long_silence_ms=LONG_SILENCE_MS,
        duration_ms=frames * 1000 // SAMPLE_RATE_HZ,
        envelope=_envelope(made.peaks),
        voices=_voices((source, made), turns, timeline),
    )


def _envelope(peaks: NDArray[np.floating]) -> tuple[float, ...]:
    """The highest of the peaks per 10 ms in each of `COLUMNS` pieces; fewer for a very short sound."""
    if not len(peaks):
        return ()
    count = min(COLUMNS, len(peaks))
    starts = np.arange(count) * len(peaks) // count
    highest = np.minimum(np.maximum.reduceat(peaks, starts), 1.0)
    return tuple(round(float(peak), 3) for peak in highest)


def _voices(
    levels: tuple[Levels, Levels], turns: tuple[tuple[str, Span], ...], timeline: Timeline
) -> tuple[VoiceLoudness, ...]:
    """Loudness of each voice before and after, of those that are heard long enough in both."""
    at = timeline.published
    moved = tuple(
        (label, Span(SourceMs(at(where.start_ms)), SourceMs(at(where.end_ms))))
        for label, where in turns
        if timeline.keeps(where)
    )
    before, after = voices(levels[0].energies, turns), voices(levels[1].energies, moved)
    return tuple(
        VoiceLoudness(label, round(before[label], 1), round(after[label], 1))
        for label in before
        if label in after
    )


class _Clips:
    """Finds runs of samples at full scale, across blocks."""

    def __init__(self) -> None:
        self._found: list[tuple[int, int]] = []
        self._at = 0
        self._run = 0

    def add(self, block: NDArray[np.float32]) -> None:
        """Look at the next block, shape (frames, channels)."""
        hot = np.abs(block).max(axis=1) >= FULL_SCALE
        edges = np.diff(np.concatenate([[False], hot, [False]]).astype(np.int8))
        for first, last in zip(np.flatnonzero(edges > 0), np.flatnonzero(edges < 0), strict=True):
            begun = self._at + int(first) - (self._run if first == 0 else 0)
            if self._at + int(last) - begun >= CLIPPED_SAMPLES:
                self._note(begun, self._at + int(last))
        trailing = np.flatnonzero(~hot)
        self._run = len(hot) - 1 - int(trailing[-1]) if trailing.size else self._run + len(hot)
        self._at += len(block)

    def _note(self, first: int, last: int) -> None:
        near = NEAR_MS * SAMPLE_RATE_HZ // 1000
        if self._found and first - self._found[-1][1] < near:
            self._found[-1] = (self._found[-1][0], last)
        else:
            self._found.append((first, last))

    def spans(self) -> tuple[Span, ...]:
        """What was found, in source time; at least a millisecond each."""
        spans = []
        for first, last in self._found:
            start = first * 1000 // SAMPLE_RATE_HZ
            spans.append(Span(SourceMs(start), SourceMs(max(start + 1, last * 1000 // SAMPLE_RATE_HZ))))
        return tuple(spans)


def _curve(energies: NDArray[np.floating]) -> tuple[float, ...]:
    return tuple(round(float(value), 1) for value in loudnesses(energies, 30)[::10])


def _silences(quiet: NDArray[np.bool_]) -> Iterator[tuple[PublishedMs, PublishedMs]]:
    """Runs of quiet tenths of a second that are long."""
    edges = np.diff(np.concatenate([[False], quiet, [False]]).astype(np.int8))
    for first, last in zip(np.flatnonzero(edges > 0), np.flatnonzero(edges < 0), strict=True):
        if (last - first) * 100 >= LONG_SILENCE_MS:
            yield PublishedMs(int(first) * 100), PublishedMs(int(last) * 100)
