"""Cuts speech into windows that Whisper can hear in one go.

Neighbouring spans share a window while it stays under the limit, so that each has context;
a span that is too long is cut where it is quietest. Borders lie in pauses where there are any.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...model.sound import Span, SpeechActivity, span
from ..sound import Sound

LONGEST_MS = 28_000
PAD_MS = 200
LONGEST_GAP_MS = 3_000
SEARCH_MS = 10_000
FRAME_MS = 20


def windows(sound: Sound, activity: SpeechActivity) -> tuple[Span, ...]:
    """Return windows in order, not overlapping, at most 28.4 s each, that hold all speech."""
    pieces = (piece for item in activity.spans for piece in _cut(sound, item))
    return _padded(tuple(_joined(pieces)), sound.duration_ms)


def _joined(pieces: Iterable[Span]) -> Iterator[Span]:
    """Join neighbours while the whole stays under the limit and no long silence comes in."""
    current: Span | None = None
    for piece in pieces:
        if current is None:
            current = piece
        elif (
            piece.end_ms - current.start_ms <= LONGEST_MS
            and piece.start_ms - current.end_ms <= LONGEST_GAP_MS
        ):
            current = Span(current.start_ms, piece.end_ms)
        else:
            yield current
            current = piece
    if current is not None:
        yield current


def _cut(sound: Sound, item: Span) -> Iterator[Span]:
    """Cut a span that is too long at the quietest place of the last ten seconds before the limit."""
    start = int(item.start_ms)
    while item.end_ms - start > LONGEST_MS:
        cut = quietest_ms(sound, start + LONGEST_MS - SEARCH_MS, start + LONGEST_MS)
        yield span(start, cut)
        start = cut
    yield span(start, item.end_ms)


def quietest_ms(sound: Sound, start_ms: int, end_ms: int) -> int:
    """Return the middle of the quietest 200 ms of a stretch."""
    import numpy as np

    samples = sound.read(start_ms, end_ms)
    width = 16 * FRAME_MS
    power = np.mean(samples[: len(samples) // width * width].reshape(-1, width) ** 2, axis=1)
    if len(power) < 10:
        return (start_ms + end_ms) // 2
    smooth = np.convolve(power, np.ones(10) / 10, mode="valid")
    return start_ms + (int(np.argmin(smooth)) + 5) * FRAME_MS


def _padded(found: tuple[Span, ...], end_ms: int) -> tuple[Span, ...]:
    """Give each window a little air, never into its neighbour."""
    padded = []
    for index, item in enumerate(found):
        before = found[index - 1].end_ms if index else 0
        after = found[index + 1].start_ms if index + 1 < len(found) else end_ms
        start = max(item.start_ms - PAD_MS, (before + item.start_ms) // 2 if index else 0, 0)
        end = min(item.end_ms + PAD_MS, (after + item.end_ms + 1) // 2 if index + 1 < len(found) else end_ms)
        padded.append(span(start, max(start, end)))
    return tuple(padded)
