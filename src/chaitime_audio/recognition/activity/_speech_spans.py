"""Spans of speech in what the segmentation heard."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from ...domain.sound import Span, span
from ..context import OnSpeechFound
from ..diarization.steps.frames import STEP_MS, Voices, middle_ms, runs, voices_at_once

PAD_MS = 100
JOIN_MS = 300
SHORTEST_MS = 80


def tell_found(finding: OnSpeechFound, duration_ms: int, voices: Voices) -> None:
    """Tell what chunks up to here say; the last ones will be averaged with those still to come."""
    known_ms = (len(voices) - 1) * STEP_MS - PAD_MS - JOIN_MS
    spans = speech_spans(voices_at_once(voices), duration_ms)
    finding(tuple(item for item in spans if item.end_ms < known_ms), known_ms)


def speech_spans(count: NDArray[np.int8], duration_ms: int) -> tuple[Span, ...]:
    """Turn voices at once per frame (frames,) into ordered, disjoint spans inside the recording."""
    found: list[tuple[int, int]] = []
    for first, end in runs(np.where(count > 0, 0, -1)):
        start_ms, end_ms = round(middle_ms(first)), round(middle_ms(end))
        if end_ms - start_ms < SHORTEST_MS:
            continue
        start_ms, end_ms = max(0, start_ms - PAD_MS), min(duration_ms, end_ms + PAD_MS)
        if found and start_ms - found[-1][1] <= JOIN_MS - 2 * PAD_MS:
            found[-1] = (found[-1][0], end_ms)
        elif end_ms > start_ms:
            found.append((start_ms, end_ms))
    return tuple(span(start_ms, end_ms) for start_ms, end_ms in found)


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Put spans in order and make one of those that meet."""
    found: list[Span] = []
    for item in sorted(spans):
        if found and item.start_ms <= found[-1].end_ms:
            found[-1] = span(found[-1].start_ms, max(found[-1].end_ms, item.end_ms))
        else:
            found.append(item)
    return tuple(found)
